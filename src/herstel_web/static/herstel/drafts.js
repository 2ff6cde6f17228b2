// Keeps what is being typed as a draft, a moment after the last key and when the page is left.
"use strict";
for (const form of document.querySelectorAll("form[data-draft]")) {
  const text = form.querySelector("textarea");
  const state = form.querySelector("[data-draft-state]");
  if (!form.dataset.draft || !text) continue;
  const wait = 1500;
  let kept = text.value;
  let timer = 0;
  let sent = false;

  const body = () => {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("kind", form.dataset.kind);
    data.append("text", text.value);
    return data;
  };
  const keep = async () => {
    const typed = text.value;
    if (sent || typed === kept) return;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: body() });
      if (answer.status !== 204) throw new Error("not kept");
      kept = typed;
      const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      if (state) state.textContent = `${form.dataset.kept} ${now}`;
    } catch {
      if (state) state.textContent = form.dataset.lost;
      timer = setTimeout(keep, 5 * wait);
    }
  };
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(timer);
  });
  addEventListener("pagehide", () => {
    if (!sent && text.value !== kept) navigator.sendBeacon(form.dataset.draft, body());
  });
}
