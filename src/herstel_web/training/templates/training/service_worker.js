/* Keeps the shell and the plan of today for use without a connection. Pages are kept only when the server marked them
   for their owner, and thrown away when somebody signs out or somebody else signs in. */
'use strict';
const SHELL = {{ shell|safe }}.concat(['{{ offline }}']);
const SHELL_CACHE = 'herstel-shell-{{ version }}';
const DAY_CACHE = 'herstel-day';
const OWNER = 'X-Herstel-Owner';
const OWNER_KEY = '/owner-of-this-cache';

addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL_CACHE).then((cache) => cache.addAll(SHELL)).then(() => skipWaiting()));
});

addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('herstel-shell-') && name !== SHELL_CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => clients.claim()));
});

addEventListener('fetch', (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === 'POST' && url.pathname === '{% url "account_logout" %}') event.waitUntil(caches.delete(DAY_CACHE));
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(page(request, url));
  else if (url.pathname.startsWith('/static/') || url.pathname.startsWith('/figures/')) event.respondWith(file(request));
});

/* The address of pages to keep before they are opened: the check-in and the sessions of today. */
addEventListener('message', (event) => {
  if (!event.data || !Array.isArray(event.data.keep)) return;
  const pages = event.data.keep.map((address) => fetch(address, { credentials: 'same-origin' })
    .then((answer) => (answer.redirected ? null : remember(address, answer))).catch(() => null));
  const files = (event.data.files || []).map((address) => file(new Request(address)).catch(() => null));
  event.waitUntil(Promise.all([...pages, ...files]));
});

async function page(request, url) {
  try {
    const answer = await fetch(request);
    if (url.pathname === '{% url "account_login" %}' && answer.ok) await caches.delete(DAY_CACHE);
    await remember(url.pathname, answer);
    return answer;
  } catch (error) {
    const day = await caches.open(DAY_CACHE);
    return (await day.match(url.pathname)) || (await caches.match('{{ offline }}')) || Response.error();
  }
}

async function remember(address, answer) {
  const owner = answer.headers.get(OWNER);
  if (!owner || !answer.ok) return;
  let cache = await caches.open(DAY_CACHE);
  const known = await cache.match(OWNER_KEY);
  if (known && (await known.text()) !== owner) {
    await caches.delete(DAY_CACHE);
    cache = await caches.open(DAY_CACHE);
  }
  await cache.put(OWNER_KEY, new Response(owner));
  await cache.put(address, answer.clone());
}

async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(SHELL_CACHE)).put(request, answer.clone());
  return answer;
}
