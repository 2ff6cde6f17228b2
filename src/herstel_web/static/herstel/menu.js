// A menu that is wider than the screen begins at the page that is shown, not at its first entry.
"use strict";
for (const here of document.querySelectorAll(":is(.rail, .tabs-row) [aria-current]")) {
  const menu = here.closest(".rail, .tabs-row");
  const [place, whole] = [here.getBoundingClientRect(), menu.getBoundingClientRect()];
  menu.scrollLeft += place.left - whole.left - (whole.width - place.width) / 2;
}
