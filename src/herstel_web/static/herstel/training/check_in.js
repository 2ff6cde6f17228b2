/* The check-in: kept on the device first, then sent; without a connection it waits. A warning sign is answered at once. */
(() => {
  'use strict';
  const form = document.getElementById('check-in');
  if (!form) return;
  const act = document.getElementById('act-local');
  const field = (name) => form.elements.namedItem(name);

  // A page that is kept for use without a connection may be sent more than once, each time as something new.
  if (form.dataset.queue) field('key').value = crypto.randomUUID();

  // --- "none of these" and the others exclude each other ------------------------------------------------------------

  for (const name of ['sign', 'stop']) {
    const boxes = [...form.querySelectorAll(`input[name="${name}"]`)];
    for (const box of boxes) {
      box.addEventListener('change', () => {
        if (!box.checked) return;
        for (const other of boxes) if ((box.value === 'none') !== (other.value === 'none')) other.checked = false;
      });
    }
  }

  // --- a press on a chosen answer takes it back: unknown stays possible ----------------------------------------------

  for (const radio of form.querySelectorAll('input[type=radio]')) {
    let was = false;
    radio.parentElement.addEventListener('pointerdown', () => { was = radio.checked; });
    radio.addEventListener('keydown', () => { was = false; });
    radio.addEventListener('click', () => { if (was) { radio.checked = false; was = false; form.dispatchEvent(new Event('change')); } });
  }

  const some = form.querySelector('details.some');
  form.addEventListener('change', () => {
    const chosen = form.querySelector('input[name=done]:checked');
    if (chosen && chosen.value === 'some') some.open = true;
  });

  // --- a page that was kept on another day ---------------------------------------------------------------------------

  const today = window.herstel ? window.herstel.today() : form.dataset.day;
  if ('today' in form.dataset && form.dataset.day !== today) {
    document.getElementById('other-day').hidden = false;
    field('date').value = today;
    form.querySelector('input[name=done][value=as_planned]')?.closest('label').remove();
  }

  // --- a refused check-in comes back to be corrected -----------------------------------------------------------------

  const queued = new URLSearchParams(location.search).get('queued');
  if (queued && window.herstel) {
    window.herstel.all().then((items) => {
      const item = items.find((one) => one.key === queued);
      if (!item) return;
      for (const control of form.elements) {
        const values = item.form[control.name];
        if (!values || control.name === 'csrfmiddlewaretoken') continue;
        if (['radio', 'checkbox'].includes(control.type)) control.checked = values.includes(control.value);
        else if (control.name !== 'plan') [control.value] = values;
      }
      tell(item.problems);
    });
  }

  function tell(problems) {
    const box = document.getElementById('problems');
    const lines = problems.map((one) => { const line = document.createElement('li'); line.textContent = one; return line; });
    box.querySelector('ul').replaceChildren(...lines);
    box.hidden = problems.length === 0;
    if (problems.length) box.focus();
  }

  // --- warning signs -------------------------------------------------------------------------------------------------

  function signs() {
    const told = [...form.querySelectorAll('input[name=sign]:checked')].map((one) => one.value).filter((one) => one !== 'none');
    if (form.querySelector('[name=walking][value=cannot]:checked, [name="q.walking"][value=cannot]:checked')) told.push('walking.cannot');
    if (form.querySelector('input[name=stop]:checked:not([value=none])')) told.push('stop');
    return told;
  }

  /* Says what to do before anything was sent, from what the page itself knows. */
  function showAct(told, kept) {
    let emergency = false;
    for (const part of act.querySelectorAll('[data-sign]')) {
      part.hidden = !told.includes(part.dataset.sign);
      emergency = emergency || (!part.hidden && part.dataset.level === 'emergency');
    }
    act.querySelector('div[data-level]').hidden = !emergency;
    document.getElementById('act-local-kept').textContent = kept;
    form.hidden = true;
    act.hidden = false;
    act.focus();
    scrollTo(0, 0);
  }

  // --- sending -------------------------------------------------------------------------------------------------------

  function filledIn() {
    const fields = {};
    for (const [name, value] of new FormData(form)) if (name !== 'csrfmiddlewaretoken') (fields[name] ||= []).push(String(value));
    return fields;
  }

  async function submit(event) {
    if (!window.herstel || form.dataset.queue !== 'check_in') return;
    event.preventDefault();
    const button = form.querySelector('.send button');
    button.disabled = true;
    try {
      const item = await window.herstel.add('check_in', form.dataset.owner, filledIn(), '');
      const told = signs();
      if (told.length) showAct(told, form.dataset.kept);
      const { results, next } = await window.herstel.send();
      const result = results[item.key];
      if (result && result.state === 'refused') { form.hidden = false; tell(result.problems); }
      else if (result) location.href = next;
      else if (!(await window.herstel.all()).some((one) => one.key === item.key)) location.href = form.dataset.saved;
      else if (!told.length) waits();
    } catch (error) {
      form.removeEventListener('submit', submit);  // no database in this browser: the form goes the ordinary way
      form.submit();
    } finally {
      button.disabled = false;
    }
  }

  function waits() {
    const said = document.createElement('p');
    said.className = 'notice success';
    said.setAttribute('role', 'status');
    said.tabIndex = -1;
    const link = document.createElement('a');
    link.href = form.dataset.back;
    link.textContent = document.querySelector('.back a').textContent;
    said.append(form.dataset.kept, ' ', link);
    form.replaceWith(said);
    said.focus();
  }

  form.addEventListener('submit', submit);
})();
