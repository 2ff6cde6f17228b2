// Keys on the work list: j and k to the next and previous person, / to the search field, ? opens the help.
"use strict";
const links = [...document.querySelectorAll(".row-link")];
const typing = (element) => element.matches("input, select, textarea, [contenteditable]");

const step = (by) => {
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[next].focus();
  links[next].scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const onRow = links.includes(document.activeElement);
  if (event.key === "j" || (onRow && event.key === "ArrowDown")) step(1);
  else if (event.key === "k" || (onRow && event.key === "ArrowUp")) step(-1);
  else if (event.key === "/") document.getElementById("seek").focus();
  else if (event.key === "?") {
    const help = document.querySelector("details.fold");
    help.open = true;
    help.querySelector("summary").focus();
  } else return;
  event.preventDefault();
});
