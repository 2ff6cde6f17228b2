/* Draws the points of the body and the measured angle over the video, frame by frame, with the place in the curve below.
   Without the video, or where it cannot be played, the points alone are drawn. Without this script the video plays. */
(async () => {
  'use strict';
  const player = document.getElementById('player');
  if (!player) return;
  const words = player.dataset;
  const at = (id) => document.getElementById(id);
  const [film, canvas, scrub, time, said, play, plot, cursor] =
    ['film', 'overlay', 'scrub', 'time', 'player-said', 'play', 'plot', 'cursor'].map(at);
  const marked = [...document.querySelectorAll('[data-mark]')];
  marked.forEach((one) => { one.hidden = false; });
  at('scrub-row').hidden = false;
  play.hidden = Boolean(film);
  const answer = await fetch(words.points, { headers: { Accept: 'application/json' } }).catch(() => null);
  if (!answer?.ok) { if (!film) said.textContent = words.lost; return; }
  const { times, width, height, points, lines, curve, marks, first: main } = await answer.json();
  if (!times.length) return;
  const draw = canvas.getContext('2d');
  const colour = (name) => getComputedStyle(player).getPropertyValue(name).trim();
  const last = times.length - 1;
  const decimal = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  let frame = 0;
  let alone = !film;
  let clock = null;
  let chosen = main;

  canvas.width = width;
  canvas.height = height;
  canvas.hidden = false;
  scrub.max = last;

  // --- drawing ---------------------------------------------------------------------------------------------------------

  const place = (name) => points[name]?.[frame] || null;
  const thick = Math.max(2, width / 260);

  function stroke(places, style, wide) {
    if (places.some((one) => !one)) return;
    draw.strokeStyle = style;
    draw.lineWidth = wide;
    draw.beginPath();
    places.forEach(([x, y], n) => (n ? draw.lineTo(x, y) : draw.moveTo(x, y)));
    draw.stroke();
  }

  function label(text, [x, y]) {
    const size = Math.max(18, width / 26);
    draw.font = `600 ${size}px system-ui, sans-serif`;
    const wide = draw.measureText(text).width;
    const left = Math.min(Math.max(4, x + size * 0.6), width - wide - 8);
    const top = Math.min(Math.max(size + 4, y - size * 0.4), height - 8);
    draw.fillStyle = '#101b1a';
    draw.fillRect(left - 6, top - size, wide + 12, size * 1.35);
    draw.fillStyle = '#ffffff';
    draw.fillText(text, left, top);
  }

  // As wide as from the ear to the nose; over a video nobody needs it.
  function head() {
    const [nose, ear] = [place('nose'), place('left_ear') || place('right_ear')];
    if (!nose || !ear) return;
    draw.strokeStyle = '#8ad0c5';
    draw.lineWidth = thick;
    draw.beginPath();
    draw.arc(...ear, Math.hypot(nose[0] - ear[0], nose[1] - ear[1]), 0, 2 * Math.PI);
    draw.stroke();
  }

  function drawn() {
    draw.clearRect(0, 0, width, height);
    if (alone) { draw.fillStyle = '#101b1a'; draw.fillRect(0, 0, width, height); }
    draw.lineCap = draw.lineJoin = 'round';
    if (alone) head();
    for (const [a, b] of lines) {
      const pair = [place(a), place(b)];
      stroke(pair, 'rgba(16, 27, 26, .75)', thick * 2);
      stroke(pair, '#8ad0c5', thick);
    }
    const mark = marks[chosen];
    if (!mark) return;
    const corner = mark.points.map(place);
    // Three points are one angle; four are two lines that are not joined.
    for (const piece of corner.length === 4 ? [corner.slice(0, 2), corner.slice(2)] : [corner]) {
      stroke(piece, '#101b1a', thick * 3.4);
      stroke(piece, '#ffb37f', thick * 2);
    }
    if (mark.against && corner[0]) {
      const [x, y] = corner[0];
      const far = width / 7;
      draw.setLineDash([thick * 3, thick * 3]);
      stroke(mark.against === 'horizontal' ? [[x - far, y], [x + far, y]] : [[x, y + far / 4], [x, y - far]], '#ffb37f', thick);
      draw.setLineDash([]);
    }
    // The curve belongs to one number; of the others the value is known at its own frame only.
    const known = mark.live && curve && curve[frame] !== null ? `${Math.round(curve[frame])}°` : null;
    const where = corner[Math.min(1, corner.length - 1)];
    const told = frame === mark.frame ? mark.label : known;
    if (where && told) label(told, where);
  }

  function show(next) {
    frame = Math.min(last, Math.max(0, next));
    scrub.value = frame;
    const told = words.at.replace('{seconds}', decimal.format(times[frame]));
    time.textContent = told;
    scrub.setAttribute('aria-valuetext', curve && curve[frame] !== null ? `${told}, ${Math.round(curve[frame])}°` : told);
    if (cursor) {
      const { left, right } = plot.dataset;
      const x = Number(left) + ((right - left) * frame) / (last || 1);
      cursor.setAttribute('x1', x);
      cursor.setAttribute('x2', x);
    }
    drawn();
  }

  // --- moving through it -----------------------------------------------------------------------------------------------

  function nearest(seconds) {
    let [low, high] = [0, last];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle] < seconds - 1e-4) low = middle + 1;
      else high = middle;
    }
    return low > 0 && seconds - times[low - 1] < times[low] - seconds ? low - 1 : low;
  }

  function pause() {
    if (clock) cancelAnimationFrame(clock);
    clock = null;
    if (!alone) film.pause();
  }

  function begin() {
    if (frame === last) show(0);
    const from = performance.now() - times[frame] * 1000;
    const step = (now) => {
      show(nearest((now - from) / 1000));
      clock = frame < last ? requestAnimationFrame(step) : null;
    };
    clock = requestAnimationFrame(step);
  }

  function seek(next) {
    pause();
    show(next);
    if (!alone) film.currentTime = times[frame] + 1e-3;
  }

  scrub.addEventListener('input', () => seek(Number(scrub.value)));
  play.addEventListener('click', () => (clock ? pause() : begin()));
  plot?.addEventListener('click', (event) => {
    const box = plot.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * plot.viewBox.baseVal.width;
    const { left, right } = plot.dataset;
    seek(Math.round(((x - left) / (right - left)) * last));
  });

  for (const one of marked) {
    one.addEventListener('click', () => {
      chosen = Number(one.dataset.mark);
      player.scrollIntoView({ block: 'nearest' });
      seek(marks[chosen].frame);
    });
  }

  function withoutVideo(text) {
    alone = true;
    film?.remove();
    canvas.classList.add('is-alone');
    play.hidden = false;
    said.textContent = text;
    show(frame);
  }

  const showing = () => { if (!film.seeking) show(nearest(film.currentTime)); };
  const follow = () => { showing(); if (!film.paused && !film.ended) requestAnimationFrame(follow); };
  if (alone) withoutVideo(words.videoGone);
  else {
    film.addEventListener('error', () => withoutVideo(words.unplayable));
    film.addEventListener('play', follow);
    film.addEventListener('seeked', showing);
    if (film.error) withoutVideo(words.unplayable);
  }
  // Begin at the moment that was measured.
  const first = marks.length ? marks[main].frame : 0;
  if (alone) show(first);
  else if (film.readyState >= 1) seek(first);
  else { film.addEventListener('loadedmetadata', () => seek(first), { once: true }); show(first); }
})();
