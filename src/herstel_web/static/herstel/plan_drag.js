// Dragging an exercise to another day. It presses the same buttons as the arrows: the server decides what is possible.
"use strict";
(() => {
  const week = document.querySelector("#week[data-drag]");
  if (!week) return;
  const days = [...week.querySelectorAll(".day")];
  let card = null;

  const mayGo = (day) => card !== null && card.dataset.open.split(" ").includes(day.dataset.weekday);

  const stop = () => {
    week.classList.remove("dragging");
    days.forEach((day) => day.classList.remove("may", "over"));
    if (card) card.classList.remove("dragged");
    card = null;
  };

  week.querySelectorAll(".card[data-exercise]").forEach((one) => {
    one.draggable = true;
    one.addEventListener("dragstart", (event) => {
      card = one;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", one.dataset.exercise);
      one.classList.add("dragged");
      week.classList.add("dragging");
      days.forEach((day) => day.classList.toggle("may", mayGo(day)));
    });
    one.addEventListener("dragend", stop);
  });

  days.forEach((day) => {
    day.addEventListener("dragover", (event) => {
      if (!mayGo(day)) return;
      event.preventDefault();
      day.classList.add("over");
    });
    day.addEventListener("dragleave", (event) => {
      if (!day.contains(event.relatedTarget)) day.classList.remove("over");
    });
    day.addEventListener("drop", (event) => {
      if (!mayGo(day)) return;
      event.preventDefault();
      const move = document.createElement("input");
      move.type = "hidden";
      move.name = "move";
      move.value = `${card.dataset.exercise} ${card.dataset.from} ${day.dataset.weekday}`;
      week.append(move);
      stop();
      week.submit();
    });
  });
})();
