/* Today: shows the plan anew once it is worked out, and lets the browser keep what is needed without a connection. */
(() => {
  'use strict';
  const WAIT_MS = 2000;
  const MOST_TIMES = 8;
  const KEEP_AGAIN_MS = 10 * 60 * 1000;

  async function renew(times) {
    if (!document.querySelector('[data-pending]') || times === 0) return;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    const answer = await fetch(location.href, { credentials: 'same-origin' }).catch(() => null);
    if (answer && answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!page.querySelector('[data-pending]')) {
        const fresh = page.getElementById('main');
        fresh.querySelector('#waiting')?.replaceWith(document.getElementById('waiting'));
        document.getElementById('main').replaceChildren(...fresh.childNodes);
        return;
      }
    } else if (answer && answer.redirected) location.href = answer.url;
    renew(times - 1);
  }

  async function keep() {
    const last = Number(sessionStorage.getItem('herstel-kept') || 0);
    if (!('serviceWorker' in navigator) || Date.now() - last < KEEP_AGAIN_MS) return;
    const worker = (await navigator.serviceWorker.ready).active;
    const links = document.querySelectorAll('a[href^="/today/session/"], a[href="/check-in/"], .exercises a[href^="/exercises/"]');
    const pictures = [...document.querySelectorAll('.exercises img')].map((one) => one.getAttribute('src'));
    const moving = pictures.map((one) => one.replace('?still', ''));
    worker.postMessage({ keep: [...new Set(['/today/', ...[...links].map((one) => one.getAttribute('href'))])], files: [...pictures, ...moving] });
    sessionStorage.setItem('herstel-kept', String(Date.now()));
  }

  const kept = document.getElementById('other-day');
  if (kept && window.herstel) kept.hidden = kept.dataset.day === window.herstel.today();
  renew(MOST_TIMES);
  keep();
})();
