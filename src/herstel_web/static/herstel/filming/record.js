/* Filming with the camera of this device: level, count down, what to do said aloud, a look before it is sent. What was
   filmed stays until it is received. Without this script, or without a camera, a video is chosen in the form. */
(() => {
  'use strict';
  const camera = document.getElementById('camera');
  const form = document.getElementById('upload');
  if (!camera || !form || !('MediaRecorder' in window)) return;
  const words = camera.dataset;
  const at = (id) => document.getElementById(id);
  const [live, open, begin, stop, trouble, said, count] =
    ['live', 'open', 'begin', 'stop', 'trouble', 'said', 'count'].map(at);
  const [review, again, sent, sendSaid, sendTrouble, send, redo] =
    ['review', 'again', 'sent', 'send-said', 'send-trouble', 'send', 'redo'].map(at);
  const cues = [...camera.querySelectorAll('[data-cue]')].map((one) => ({ at: Number(one.dataset.at), text: one.textContent }));
  const KINDS = ['video/mp4;codecs=avc1.42E01E', 'video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];
  const BITS_PER_S = 8e6;
  let stream = null;
  let recorder = null;
  let film = null;
  let timers = [];
  let awake = null;
  let tried = false;
  camera.hidden = false;

  const show = (element, text) => { element.textContent = text; element.hidden = !text; };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function say(text) {
    said.textContent = text;
    if (!at('aloud').checked || !('speechSynthesis' in window)) return;
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = document.documentElement.lang === 'en' ? 'en-GB' : 'nl-NL';
    speechSynthesis.cancel();
    speechSynthesis.speak(spoken);
  }

  // --- the camera ------------------------------------------------------------------------------------------------------

  function why(error) {
    if (!window.isSecureContext || !navigator.mediaDevices) return words.insecure;
    if (error.name === 'NotAllowedError' || error.name === 'SecurityError') return words.refused;
    if (error.name === 'NotFoundError' || error.name === 'OverconstrainedError') return words.none;
    if (error.name === 'NotReadableError' || error.name === 'AbortError') return words.inUse;
    return words.broken;
  }

  async function switchOn() {
    show(trouble, '');
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: 'environment' }, frameRate: { ideal: 60 }, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
    } catch (error) {
      show(trouble, why(error));
      return;
    }
    live.srcObject = stream;
    await live.play().catch(() => {});
    const [track] = stream.getVideoTracks();
    const fps = Math.round(track.getSettings().frameRate || 0);
    at('speed').textContent = fps ? fill(words.speed, { fps }) : '';
    if (fps && fps < Number(words.leastFps)) show(trouble, fill(words.slow, { fps }));
    track.addEventListener('ended', () => { switchOff(); show(trouble, words.broken); });
    open.hidden = true;
    begin.hidden = false;
    begin.focus();
  }

  function switchOff() {
    stream?.getTracks().forEach((one) => one.stop());
    stream = null;
    live.srcObject = null;
    open.hidden = false;
    begin.hidden = stop.hidden = true;
  }

  // --- filming ---------------------------------------------------------------------------------------------------------

  const later = (seconds, what) => timers.push(setTimeout(what, seconds * 1000));
  const forget = () => { timers.forEach(clearTimeout); timers = []; };

  async function countDown() {
    begin.hidden = true;
    stop.hidden = false;
    camera.classList.add('is-filming');
    stop.focus();
    awake = (await navigator.wakeLock?.request('screen').catch(() => null)) || null;
    const seconds = Number(words.countdown);
    say(fill(words.begins, { seconds }));
    for (let n = 0; n < seconds; n += 1) later(n, () => { count.textContent = seconds - n; if (seconds - n <= 3) say(String(seconds - n)); });
    later(seconds, record);
  }

  function record() {
    count.textContent = '';
    const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
    const pieces = [];
    recorder = new MediaRecorder(stream, { ...(kind && { mimeType: kind }), videoBitsPerSecond: BITS_PER_S });
    const made = recorder.mimeType || kind || 'video/webm';
    recorder.addEventListener('dataavailable', (event) => { if (event.data.size) pieces.push(event.data); });
    recorder.addEventListener('stop', () => filmed(new Blob(pieces, { type: made.split(';')[0] })));
    recorder.start(1000);
    camera.classList.add('is-recording');
    say(words.recording);
    cues.forEach((one, n) => later(one.at, () => { say(one.text); if (n === cues.length - 1) later(0.5, end); }));
  }

  function end() {
    forget();
    awake?.release();
    awake = null;
    count.textContent = '';
    camera.classList.remove('is-filming', 'is-recording');
    stop.hidden = true;
    begin.hidden = !stream;
    if (recorder?.state === 'recording') recorder.stop();
    else said.textContent = '';
  }

  function filmed(blob) {
    recorder = null;
    film = blob;
    switchOff();
    camera.hidden = true;
    form.hidden = true;
    review.hidden = false;
    if (again.src) URL.revokeObjectURL(again.src);
    again.src = URL.createObjectURL(blob);
    const large = blob.size > Number(words.mostBytes);
    show(sendTrouble, large ? words.tooLarge : '');
    send.disabled = large;
    at('review-title').focus();
  }

  // --- sending ---------------------------------------------------------------------------------------------------------

  /* Who signed in again in another tab has another token; the page itself knows which. */
  async function renewToken() {
    const page = await fetch(location.href).catch(() => null);
    const text = page?.ok ? await page.text() : '';
    const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('#upload [name=csrfmiddlewaretoken]');
    if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
  }

  async function deliver() {
    if (tried) await renewToken();
    tried = true;
    const body = new FormData(form);
    body.delete('filmed');
    body.set('video', film, film.type === 'video/mp4' ? 'film.mp4' : 'film.webm');
    const request = new XMLHttpRequest();
    const failed = (text) => {
      show(sendTrouble, text);
      sendSaid.textContent = '';
      sent.hidden = true;
      send.disabled = redo.disabled = false;
    };
    show(sendTrouble, '');
    sent.hidden = false;
    send.disabled = redo.disabled = true;
    request.upload.addEventListener('progress', (event) => {
      sent.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
      sendSaid.textContent = fill(words.sending, { percent: Math.round(sent.value) });
    });
    request.upload.addEventListener('load', () => { sendSaid.textContent = words.received; });
    request.addEventListener('error', () => failed(words.offline));
    request.addEventListener('load', () => {
      const answer = (request.getResponseHeader('Content-Type') || '').startsWith('application/json') ? JSON.parse(request.responseText) : null;
      if (answer?.to) { film = null; location.assign(answer.to); }
      else if (answer?.problems) failed(answer.problems.join(' '));
      else failed(request.status === 200 ? words.signedOut : words.failed);
    });
    request.open('POST', form.action);
    request.setRequestHeader('Accept', 'application/json');
    request.send(body);
  }

  addEventListener('beforeunload', (event) => { if (film || recorder) event.preventDefault(); });
  open.addEventListener('click', switchOn);
  begin.addEventListener('click', countDown);
  stop.addEventListener('click', end);
  addEventListener('keydown', (event) => { if (event.key === 'Escape' && !stop.hidden) end(); });
  send.addEventListener('click', deliver);
  redo.addEventListener('click', () => {
    film = null;
    review.hidden = true;
    camera.hidden = form.hidden = false;
    said.textContent = '';
    switchOn();
  });

  // --- the level -------------------------------------------------------------------------------------------------------

  const line = at('level-line');
  const told = at('level-said');
  const LEVEL_DEG = 2;
  let shown = null;
  function level(event) {
    if (event.beta === null || event.gamma === null) return;
    const [b, g] = [event.beta, event.gamma].map((one) => (one * Math.PI) / 180);
    const roll = (Math.atan2(Math.cos(b) * Math.sin(g), Math.sin(b)) * 180) / Math.PI + (screen.orientation?.angle || 0);
    const off = Math.round(((roll + 45) % 90 + 90) % 90 - 45);
    if (off === shown) return;
    shown = off;
    line.setAttribute('transform', `rotate(${off} 30 12)`);
    line.classList.toggle('is-level', Math.abs(off) <= LEVEL_DEG);
    told.textContent = Math.abs(off) <= LEVEL_DEG ? words.level : fill(words.tilted, { degrees: Math.abs(off) });
  }
  const ask = at('level-ask');
  if (typeof DeviceOrientationEvent !== 'undefined' && DeviceOrientationEvent.requestPermission) {
    ask.hidden = false;
    ask.addEventListener('click', async () => {
      ask.hidden = true;
      if ((await DeviceOrientationEvent.requestPermission().catch(() => 'denied')) === 'granted') addEventListener('deviceorientation', level);
    });
  } else addEventListener('deviceorientation', level);
})();
