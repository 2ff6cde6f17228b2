/* What was filled in without a connection waits here, in the browser's own database, until the server has it.
   Each thing has a key of its own, so that sending it twice is the same as sending it once. */
(() => {
  'use strict';
  const box = document.getElementById('waiting');
  if (!box || !('indexedDB' in window)) return;
  const words = box.dataset;
  const MOST_CHARACTERS = 11000;  // the server takes 16 kB at a time
  const TIMEOUT_MS = 10000;
  const POLL_MS = 30000;
  let signedOut = false;

  // --- the database -------------------------------------------------------------------------------------------------

  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open('herstel', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('waiting', { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  async function store(mode, work) {
    const database = await opened;
    return new Promise((resolve, reject) => {
      const change = database.transaction('waiting', mode, { durability: 'strict' });
      const asked = work(change.objectStore('waiting'));
      change.oncomplete = () => resolve(asked && asked.result);
      change.onerror = change.onabort = () => reject(change.error);
    });
  }

  const all = async () => (await store('readonly', (items) => items.getAll())).sort((a, b) => a.at - b.at || a.order - b.order);
  const drop = (key) => store('readwrite', (items) => items.delete(key));
  const put = (item) => store('readwrite', (items) => items.put(item));
  let order = 0;

  /* Keeps a form until the server has it. */
  async function add(kind, owner, form, label) {
    order += 1;
    const item = { key: form.key[0], kind, owner, form, label, at: Date.now(), order, state: 'waiting', problems: [] };
    await put(item);
    await show();
    return item;
  }

  // --- sending ------------------------------------------------------------------------------------------------------

  async function ask(options) {
    if (!navigator.onLine) return null;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), TIMEOUT_MS);
    try {
      const answer = await fetch(words.sync, { redirect: 'manual', credentials: 'same-origin', signal: limit.signal, ...options });
      signedOut = answer.type === 'opaqueredirect' || answer.status === 403;
      return answer.ok ? await answer.json() : null;
    } catch (error) {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /* Sends all that waits; two tabs take turns. Gives what the server said of each, and where to go next. */
  async function send() {
    const turn = () => (navigator.locks ? navigator.locks.request('herstel-waiting', sendNow) : sendNow());
    const outcome = await turn().catch(() => ({ results: {}, next: '' }));
    await show();
    return outcome;
  }

  async function sendNow() {
    const outcome = { results: {}, next: '' };
    const waiting = (await all()).filter((item) => item.state === 'waiting');
    if (!waiting.length) return outcome;
    const who = await ask({});
    if (!who) return outcome;
    const mine = waiting.filter((item) => item.owner === who.owner);
    while (mine.length) {
      const items = [mine.shift()];
      const size = () => JSON.stringify(items.concat(mine.slice(0, 1))).length;
      while (mine.length && items.length < 20 && size() < MOST_CHARACTERS) items.push(mine.shift());
      const body = JSON.stringify({ items: items.map(({ key, kind, form }) => ({ key, kind, form })) });
      const said = await ask({ method: 'POST', body, headers: { 'Content-Type': 'application/json', 'X-CSRFToken': who.token } });
      if (!said || !said.results) break;
      outcome.next = said.next;
      for (const result of said.results) {
        outcome.results[result.key] = result;
        await settle(items.find((item) => item.key === result.key), result);
      }
    }
    return outcome;
  }

  async function settle(item, result) {
    if (!item) return;
    if (result.state === 'refused') await put({ ...item, state: 'refused', problems: result.problems });
    else await drop(item.key);
  }

  // --- what is seen -------------------------------------------------------------------------------------------------

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

  async function show() {
    const items = await all();
    const refused = items.filter((item) => item.state === 'refused');
    const count = items.length - refused.length;
    const why = signedOut ? words.signIn : navigator.onLine ? '' : words.noConnection;
    const said = count === 0 ? '' : `${count === 1 ? words.one : filled(words.many, { n: count })} ${why}`.trim();
    const text = box.querySelector('[data-waiting-text]');
    if (text.textContent !== said) text.textContent = said;
    box.querySelector('[data-send]').parentElement.hidden = count === 0;
    const list = box.querySelector('[data-refused]');
    list.hidden = refused.length === 0;
    list.replaceChildren(...refused.map(line));
    box.hidden = items.length === 0;
    const leaving = document.querySelector('[data-sign-out]');
    if (leaving) warn(leaving, items.length > 0);
    document.dispatchEvent(new CustomEvent('herstel-waiting', { detail: { items } }));
  }

  function line(item) {
    const row = document.createElement('li');
    const name = item.kind === 'check_in' ? filled(words.checkIn, { day: item.form.date[0] }) : item.label;
    row.textContent = `${words.refusedOne} ${name}. ${item.problems.join(' ')} `;
    if (item.kind === 'check_in') {
      const link = document.createElement('a');
      link.href = `${words.day.replace('0000-00-00', item.form.date[0])}?queued=${item.key}`;
      link.textContent = words.correct;
      row.append(link, ' ');
    } else row.append(button(words.again, async () => { await put({ ...item, state: 'waiting' }); await send(); }), ' ');
    const away = button(words.discard, async () => {
      if (away.textContent === words.sure) { await drop(item.key); await show(); } else away.textContent = words.sure;
    });
    row.append(away);
    return row;
  }

  function button(text, act) {
    const one = document.createElement('button');
    one.type = 'button';
    one.className = 'quiet';
    one.textContent = text;
    one.addEventListener('click', act);
    return one;
  }

  /* Who signs out is told that something on this device was not sent yet. */
  function warn(leaving, needed) {
    let said = document.getElementById('leaving');
    if (needed && !said) {
      said = document.createElement('p');
      said.id = 'leaving';
      said.className = 'notice warning';
      said.setAttribute('role', 'status');
      said.textContent = words.leaving;
      leaving.before(said);
    } else if (!needed && said) said.remove();
  }

  /* The day of now where the practice is, as the server counts it. */
  const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: words.zone }).format(new Date());

  // --- always -------------------------------------------------------------------------------------------------------

  window.herstel = { add, all, drop, send, filled, today };
  box.querySelector('[data-send]').addEventListener('click', () => { if (signedOut) location.href = words.login; else send(); });
  addEventListener('online', send);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) send(); });
  setInterval(() => { if (!document.hidden && !box.hidden && !signedOut) send(); }, POLL_MS);
  show().then(send);
  if ('serviceWorker' in navigator) navigator.serviceWorker.register(words.worker).catch(() => null);
})();
