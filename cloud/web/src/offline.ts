// Keeps the page's own files, so that it opens where the server cannot be reached. Answers of the API are never kept:
// an old level that looks like a new one is worse than none.

/** What a service worker needs of its surroundings, as the compiler's list of a page's things leaves it out. */
interface Worker {
  readonly location: Location;
  addEventListener(
    type: 'install' | 'activate',
    listener: (event: { waitUntil(done: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    type: 'fetch',
    listener: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const worker = self as unknown as Worker;
const place = 'wellhead-page';
const page = '/';
/** Files of a few releases. */
const maxKept = 60;
/** Half a minute of a hanging link is no answer either. */
const patienceMs = 8_000;

worker.addEventListener('install', (event) => {
  const keepAll = async () => {
    await caches.delete(place);
    const kept = await caches.open(place);
    await kept.addAll([page, '/app.css', '/icon.svg']);
    await keepScript('/app.js', kept);
    await worker.skipWaiting();
  };
  event.waitUntil(keepAll());
});

/** A script and all parts that it names, at once or for later: views that were never opened must open too. */
async function keepScript(name: string, kept: Cache): Promise<void> {
  if ((await kept.match(name)) !== undefined) return;
  await kept.add(name);
  const text = await (await kept.match(name))!.text();
  for (const [part] of text.matchAll(/part-\w+\.js/g)) await keepScript(`/${part}`, kept);
}

worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  const isPage = request.mode === 'navigate' && pathname === page;
  const isPart = /^\/[\w-]+\.(js|css|svg)$/.test(pathname);
  if (request.method !== 'GET' || origin !== worker.location.origin || !(isPage || isPart)) return;
  event.respondWith(newestOrKept(request, isPage ? page : pathname));
});

/** The server's file where it answers in time, and kept then; otherwise the one kept before. */
async function newestOrKept(request: Request, name: string): Promise<Response> {
  const kept = await caches.open(place);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
    if (answer.ok) await keep(kept, name, answer.clone());
    return answer;
  } catch (error) {
    const before = await kept.match(name);
    if (before === undefined) throw error;
    return before;
  }
}

async function keep(kept: Cache, name: string, answer: Response): Promise<void> {
  await kept.put(name, answer);
  const names = await kept.keys();
  // Each release brings parts with new names; those of the oldest go first.
  for (const old of names.slice(0, Math.max(0, names.length - maxKept))) await kept.delete(old);
}
