// The button that prints a page; without scripts the menu of the browser does.
"use strict";
document.querySelector("#print")?.addEventListener("click", () => window.print());
