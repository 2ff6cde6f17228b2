/* The player: one exercise at a time, a clock that counts you in and out, sets ticked off. Without this script the page
   shows all exercises, each set with its form. */
(() => {
  'use strict';
  const player = document.getElementById('player');
  if (!player || !window.herstel) return;
  const words = player.dataset;
  const { filled } = window.herstel;
  const parts = [...player.querySelectorAll('.play')];
  const ending = document.getElementById('ending');
  const READY_S = 5;
  const COUNTED_ALOUD_S = 3;
  let handsFree = false;
  let shown = 0;

  // --- sound, voice, and a screen that stays on ------------------------------------------------------------------------

  let sound = null;
  function beep(times = 1, tone = 880) {
    const Sound = window.AudioContext || window.webkitAudioContext;
    if (!Sound) return;
    sound ||= new Sound();
    sound.resume();
    for (let n = 0; n < times; n += 1) {
      const start = sound.currentTime + n * 0.25;
      const tune = sound.createOscillator();
      const loud = sound.createGain();
      tune.frequency.value = tone;
      loud.gain.setValueAtTime(0.25, start);
      loud.gain.exponentialRampToValueAtTime(0.001, start + 0.2);
      tune.connect(loud).connect(sound.destination);
      tune.start(start);
      tune.stop(start + 0.22);
    }
  }

  function say(text) {
    if (!handsFree || !('speechSynthesis' in window)) return;
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = words.language === 'en' ? 'en-GB' : 'nl-NL';
    speechSynthesis.cancel();
    speechSynthesis.speak(spoken);
  }

  let awake = null;
  const stayAwake = async () => { awake = (await navigator.wakeLock?.request('screen').catch(() => null)) || null; };
  const mayDim = () => { awake?.release(); awake = null; };

  // --- the clock -------------------------------------------------------------------------------------------------------

  /* Phases of seconds, one after the other. Time is measured, not counted, so a busy phone does not slow it down. */
  class Clock {
    constructor(phases, tell, over) { Object.assign(this, { phases, tell, over, at: -1, left: 0, timer: null }); }
    start() { this.next(); }
    next() {
      this.at += 1;
      const phase = this.phases[this.at];
      if (!phase) { this.stop(); this.over(); return; }
      this.left = phase.seconds;
      phase.begin?.();
      this.resume();
    }
    resume() {
      const ends = performance.now() + this.left * 1000;
      let last = Math.ceil(this.left);
      this.tell(this.phases[this.at], last);
      clearInterval(this.timer);
      this.timer = setInterval(() => {
        this.left = (ends - performance.now()) / 1000;
        const seconds = Math.max(0, Math.ceil(this.left));
        if (seconds !== last) {
          last = seconds;
          this.tell(this.phases[this.at], seconds);
          if (seconds > 0 && seconds <= COUNTED_ALOUD_S) beep(1, 660);
        }
        if (this.left <= 0) { clearInterval(this.timer); this.next(); }
      }, 100);
    }
    get running() { return this.timer !== null; }
    pause() { clearInterval(this.timer); this.timer = null; }
    skip() { clearInterval(this.timer); this.next(); }
    stop() { clearInterval(this.timer); this.timer = null; mayDim(); }
  }
  let clock = null;

  /* What one set takes: get ready, each side in turn, the end. */
  function phasesOf(part) {
    const seconds = Number(part.dataset.setS);
    const sides = part.dataset.sides ? part.dataset.sides.split(',') : [''];
    const phases = [{ name: words.ready, seconds: READY_S, begin: () => say(words.ready) }];
    sides.forEach((side, n) => {
      const named = side ? filled(words.side, { side }) : '';
      if (n) phases.push({ name: words.switch, seconds: READY_S, begin: () => { beep(2); say(`${words.switch}. ${named}`); } });
      phases.push({ name: named || words.work, seconds, begin: () => { beep(1); say(named || words.work); } });
    });
    return phases;
  }

  // --- one exercise ----------------------------------------------------------------------------------------------------

  const rows = (part) => [...part.querySelectorAll('.sets > li')];
  const current = (part) => rows(part).find((row) => !row.classList.contains('is-done'));

  function element(tag, more = {}, ...inside) {
    const one = Object.assign(document.createElement(tag), more);
    one.append(...inside);
    return one;
  }

  function prepare(part) {
    const face = part.querySelector('[data-clock]');
    const name = element('p', { className: 'clock-name' });
    name.setAttribute('aria-live', 'polite');
    const time = element('p', { className: 'clock-time' });
    time.setAttribute('role', 'timer');
    const bar = element('progress', { className: 'meter', max: 1, value: 0 });
    bar.setAttribute('aria-hidden', 'true');
    const start = element('button', { type: 'button', className: 'button large', textContent: words.start });
    const pause = element('button', { type: 'button', className: 'button second', textContent: words.pause, hidden: true });
    const skip = element('button', { type: 'button', className: 'quiet', textContent: words.skip, hidden: true });
    face.append(name, time, bar, element('p', { className: 'row' }, start, pause, skip));
    face.hidden = Number(part.dataset.setS) === 0;
    part.face = { name, time, bar, start, pause, skip };
    start.addEventListener('click', () => begin(part));
    pause.addEventListener('click', () => {
      if (clock.running) { clock.pause(); pause.textContent = words.resume; name.textContent = words.paused; } else { clock.resume(); pause.textContent = words.pause; }
    });
    skip.addEventListener('click', () => clock.skip());
    for (const select of part.querySelectorAll('select[name=pain]')) tens(select);
    for (const key of part.querySelectorAll('form.tick [name=key]')) key.value = crypto.randomUUID();
    for (const form of part.querySelectorAll('form')) form.addEventListener('submit', (event) => { event.preventDefault(); send(part, form); });
  }

  /* The pain as eleven big buttons; the list stays what is sent. */
  function tens(select) {
    const row = element('div', { className: 'tens' });
    row.setAttribute('role', 'group');
    row.setAttribute('aria-label', words.pain);
    for (let n = 0; n <= 10; n += 1) {
      const one = element('button', { type: 'button', className: 'ten', textContent: n });
      one.setAttribute('aria-pressed', 'false');
      one.addEventListener('click', () => { select.value = select.value === String(n) ? '' : String(n); mark(); });
      row.append(one);
    }
    const mark = () => [...row.children].forEach((one, n) => one.setAttribute('aria-pressed', String(select.value === String(n))));
    select.addEventListener('change', mark);
    select.after(row);
    select.hidden = true;
    select.closest('.field').querySelector('label').textContent = words.pain;
  }

  const told = (seconds) => (seconds >= 60 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` : String(seconds));

  function begin(part) {
    const row = current(part);
    if (!row || part.classList.contains('is-stopped')) return;
    const { name, time, bar, start, pause, skip } = part.face;
    start.hidden = true;
    pause.hidden = skip.hidden = false;
    pause.textContent = words.pause;
    player.classList.add('is-running');
    beep(1);
    stayAwake();
    const tell = (phase, seconds) => {
      name.textContent = phase.name;
      time.textContent = told(seconds);
      bar.value = 1 - seconds / Math.max(1, phase.seconds);
    };
    clock?.stop();
    clock = new Clock(phasesOf(part), tell, () => over(part, row));
    clock.start();
  }

  function over(part, row) {
    beep(3);
    say(words.over);
    rest(part);
    part.face.name.textContent = words.over;
    if (handsFree) send(part, row.querySelector('form.tick'));
    else row.querySelector('form.tick button.button').focus();
  }

  function rest(part) {
    const { start, pause, skip, time, bar } = part.face;
    player.classList.remove('is-running');
    start.hidden = false;
    pause.hidden = skip.hidden = true;
    time.textContent = told(Number(part.dataset.setS));  // what there is to come
    bar.value = 0;
  }

  /* The rest between two sets; hands-free the next set follows by itself. */
  function takeRest(part) {
    const seconds = Number(part.dataset.restS);
    if (!seconds || !current(part) || Number(part.dataset.setS) === 0) return;
    const { name, time, bar, start, pause, skip } = part.face;
    start.hidden = !handsFree ? start.hidden : true;
    pause.hidden = skip.hidden = false;
    pause.textContent = words.pause;
    const tell = (phase, left) => { name.textContent = phase.name; time.textContent = told(left); bar.value = 1 - left / seconds; };
    const after = () => { rest(part); name.textContent = ''; beep(2); if (handsFree) begin(part); };
    clock?.stop();
    clock = new Clock([{ name: words.rest, seconds, begin: () => say(`${words.rest}. ${seconds}`) }], tell, after);
    clock.start();
  }

  // --- ticking off -----------------------------------------------------------------------------------------------------

  function fieldsOf(form) {
    const fields = {};
    for (const [name, value] of new FormData(form)) if (name !== 'csrfmiddlewaretoken') fields[name] = [String(value)];
    return fields;
  }

  async function send(part, form) {
    const row = form.closest('li');
    const undo = form.dataset.kind === 'undo';
    const fields = fieldsOf(form);
    if (undo) { fields.key = [crypto.randomUUID()]; fields.undo = ['1']; }
    const label = filled(words.setLabel, { set: row.dataset.set, exercise: part.querySelector('h2').textContent });
    await window.herstel.add(form.dataset.kind, words.owner, fields, label);
    settle(part, row, fields, undo);
    window.herstel.send();
    if (undo) return;
    const pain = fields.pain[0];
    if (pain !== '' && Number(pain) > Number(part.dataset.limit)) stopped(part, pain);
    else if (current(part)) takeRest(part);
    else if (handsFree) forward();
    update(part);
  }

  /* A set that was ticked off, or taken back; a set that is ticked off again is a new one, with a key of its own. */
  function settle(part, row, fields, undo) {
    row.classList.toggle('is-done', !undo);
    const pain = fields.pain?.[0];
    row.querySelector('[data-told]').textContent = undo || !pain ? '' : `${words.pain}: ${pain}`;
    if (!undo) return;
    row.querySelector('form.tick [name=key]').value = crypto.randomUUID();
    part.classList.remove('is-stopped');
    part.querySelector('[data-stopped]').hidden = true;
    update(part);
  }

  function stopped(part, pain) {
    clock?.stop();
    rest(part);
    part.classList.add('is-stopped');
    const box = part.querySelector('[data-stopped]');
    box.querySelector('[data-stopped-text]').textContent = filled(words.above, { pain, limit: part.dataset.limit });
    box.hidden = false;
    say(box.textContent);
  }

  // --- one exercise at a time --------------------------------------------------------------------------------------------

  const back = element('button', { type: 'button', className: 'button second', textContent: words.previous });
  const on = element('button', { type: 'button', className: 'button', textContent: words.next });
  const steps = element('div', { className: 'player-steps' }, back, on);
  const box = element('input', { type: 'checkbox' });
  const choice = element('label', { className: 'chip hands-free' }, box, ` ${words.handsFree}`);

  function update(part) {
    const now = current(part);
    for (const row of rows(part)) row.classList.toggle('is-now', row === now && !part.classList.contains('is-stopped'));
    part.querySelector('[data-clock]').hidden = !now || part.classList.contains('is-stopped') || Number(part.dataset.setS) === 0;
  }

  function show(number, focus = true) {
    clock?.stop();
    clock = null;
    shown = Math.min(Math.max(number, 0), parts.length);
    parts.forEach((part, n) => { part.hidden = n !== shown; rest(part); update(part); });
    ending.hidden = shown !== parts.length;
    back.disabled = shown === 0;
    on.hidden = shown === parts.length;
    on.textContent = shown === parts.length - 1 ? words.finish : words.next;
    const heading = (parts[shown] || ending).querySelector('h2');
    heading.tabIndex = -1;
    if (focus) { heading.focus(); scrollTo(0, 0); }
    if (shown === parts.length) keepPage();
  }

  function forward() {
    show(shown + 1);
    const part = parts[shown];
    if (!part) { say(words.over); return; }
    if (!handsFree) return;
    const cues = [part.querySelector('h2').textContent, part.querySelector('.dose').textContent];
    say(cues.join('. '));
    if (current(part) && Number(part.dataset.setS) > 0) setTimeout(() => { if (parts[shown] === part) begin(part); }, 4000);
  }

  /* The page that the browser keeps shows what was ticked off. */
  async function keepPage() {
    const worker = (await navigator.serviceWorker?.getRegistration())?.active;
    worker?.postMessage({ keep: [location.pathname] });
  }

  /* What was ticked off without a connection, on a page that was opened again. */
  async function takeWaiting() {
    for (const item of await window.herstel.all()) {
      const part = parts.find((one) => one.dataset.exercise === item.form.exercise?.[0]);
      const row = part && item.form.date[0] === words.day && part.querySelector(`.sets > li[data-set="${item.form.set[0]}"]`);
      if (row && item.state === 'waiting') settle(part, row, item.form, item.kind === 'undo');
    }
  }

  /* Nothing is trained by a page that was kept on another day. */
  function isOfAnotherDay() {
    const other = words.day !== window.herstel.today();
    document.getElementById('other-day').hidden = !other;
    return other;
  }

  async function open() {
    if (isOfAnotherDay()) { player.hidden = true; return; }
    parts.forEach((part, n) => { prepare(part); part.querySelector('[data-count]').textContent = filled(words.of, { n: n + 1, of: parts.length }); });
    player.classList.add('is-playing');
    player.prepend(choice);
    player.querySelector('.stab').before(steps);
    const asked = parts.findIndex((part) => location.hash === `#${part.id}`);
    const begun = () => {
      const first = parts.findIndex((part) => current(part) && !part.classList.contains('is-stopped'));
      return asked >= 0 ? asked : first >= 0 ? first : parts.length;
    };
    show(begun(), false);  // one exercise at a time from the start, before the browser's database has answered
    await takeWaiting();
    if (!clock) show(begun(), false);
  }

  back.addEventListener('click', () => show(shown - 1));
  on.addEventListener('click', forward);
  box.addEventListener('change', () => { handsFree = box.checked; if (handsFree) { stayAwake(); say(parts[shown]?.querySelector('h2').textContent || ''); } else { mayDim(); window.speechSynthesis?.cancel(); } });
  addEventListener('pagehide', keepPage);
  document.addEventListener('visibilitychange', () => { if (!document.hidden && clock?.running) stayAwake(); });
  open();
})();
