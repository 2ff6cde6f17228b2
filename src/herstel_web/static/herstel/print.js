// The button that prints a page; without scripts the menu of the browser does.
"use strict";
(() => {
  const button = document.querySelector("#print");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
})();
