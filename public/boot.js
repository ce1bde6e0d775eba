// Starts the app: fetches the WebAssembly and checks it against the hash that the page was built with, runs it, and fetches
// the rest of it when somebody is there. public/crash.js says what happened when that fails.

// How long loading may take before the page says that it does.
const SLOW_MS = 15_000;

// The simulation, fetched when somebody wants to watch one: the only script that a worker is started with.
const SIMULATION = new URL(document.querySelector('meta[name=simulation]').content, document.baseURI).href;
window.waitingLineSimulation = () => import(SIMULATION);

// Nothing here sets markup as a string, and the policy lets nobody do so; a worker starts from the one script.
window.trustedTypes?.createPolicy('default', {
  createScriptURL(url) {
    if (url !== SIMULATION) throw new TypeError(`a script from elsewhere was refused: ${url}`);
    return url;
  },
});

/** A failure with the name of the card that tells of it. */
class Failure extends Error {
  constructor(name, cause) {
    super(String(cause));
    this.card = name;
  }
}

/** Why a file that was asked for did not come: a fetch that checks a hash does not tell one reason from another. */
async function reason(url, cause) {
  if (!navigator.onLine) return new Failure('offline', cause);
  try {
    const response = await fetch(url, { method: 'HEAD', cache: 'no-store' });
    return new Failure(response.ok ? 'altered' : 'missing', `${cause} (${response.status} ${url})`);
  } catch {
    return new Failure('unreachable', cause);
  }
}

/** Fetches the WebAssembly, checked. A copy that the browser kept from before may be a stale one: once more without it. */
async function download({ href, integrity }) {
  try {
    return await fetch(href, { integrity });
  } catch {
    try {
      return await fetch(href, { integrity, cache: 'reload' });
    } catch (error) {
      throw await reason(href, error);
    }
  }
}

async function load(url) {
  try {
    return await import(url);
  } catch (error) {
    throw await reason(url, error);
  }
}

// What the first picture and the main job do without: the rest of the program, which shares the memory of what opens the page.
const [REST, REST_INTEGRITY, REST_STYLE] = document.querySelector('meta[name=rest]').content.split(' ');
let compiled;
let isBound = false;
const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: REST_STYLE });
let tellHere;
const isHere = Promise.all([
  new Promise((tell) => {
    tellHere = tell;
  }),
  // A sheet that does not come is no reason to show nothing.
  new Promise((tell) => {
    sheet.onload = sheet.onerror = tell;
  }),
]);

/** Has the styles of the rest fetched. */
function dress() {
  if (!sheet.isConnected) document.head.append(sheet);
}

/** Fetches and compiles the rest. */
async function fetchRest() {
  dress();
  const response = await download({ href: REST, integrity: REST_INTEGRITY });
  compiled = await WebAssembly.compile(await response.arrayBuffer());
}

/** Waits until somebody is there: who only looks at the first picture needs nothing else. */
function sign() {
  const signs = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'wheel', 'scroll', 'focusin'];
  return new Promise((resolve) => {
    const seen = () => {
      for (const name of signs) removeEventListener(name, seen, true);
      resolve();
    };
    for (const name of signs) addEventListener(name, seen, { capture: true, passive: true });
  });
}

/** Fetches the rest until it comes: nobody waits for it as yet. */
async function fetchRestAtLast() {
  dress();
  for (let wait = 1000; !compiled; wait = Math.min(2 * wait, 60_000)) {
    try {
      await fetchRest();
    } catch {
      await new Promise((again) => {
        addEventListener('online', again, { once: true });
        setTimeout(again, wait);
      });
    }
  }
}

/** The same at once, while the page waits: something of the rest was wanted before it was here. */
function fetchRestNow() {
  page.dataset.waited = 'rest';
  const request = new XMLHttpRequest();
  request.open('GET', REST, false);
  request.overrideMimeType('text/plain; charset=x-user-defined');
  try {
    request.send();
    if (request.status !== 200) throw new Error(`${request.status} ${REST}`);
  } catch (error) {
    window.waitingLineCrash(error.message, navigator.onLine ? 'unreachable' : 'offline');
    throw error;
  }
  compiled = new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0) & 255));
}

// The program calls this before the first step into the rest, with what the rest needs of it.
window.waitingLineBring = (opening) => {
  if (isBound) return;
  if (!compiled) fetchRestNow();
  new WebAssembly.Instance(compiled, { opening });
  isBound = true;
  tellHere();
};
// The app asks this to be told when the rest is here.
window.waitingLineRest = (whenHere) => isHere.then(whenHere);

/** Whether there is a state to be read before the first picture, by an address or by this device. */
function hasState() {
  try {
    return location.hash.length > 1 || localStorage.getItem('waiting-line.state') !== null;
  } catch {
    return false;
  }
}

async function start() {
  if (typeof WebAssembly !== 'object' || typeof BigInt !== 'function') {
    throw new Failure('no-webassembly', 'no WebAssembly in this browser');
  }
  const glue = document.querySelector('link[rel=modulepreload]');
  const binary = document.querySelector('link[rel=preload][as=fetch]');
  const [{ default: run }, response] =
    await Promise.all([load(glue.href), download(binary), hasState() && fetchRest()]);
  try {
    await run({ module_or_path: response });
  } catch (error) {
    const old = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
    throw new Failure(old ? 'no-webassembly' : 'panic', error);
  }
}

const page = document.documentElement;
page.dataset.app = 'loading';
isHere.then(() => {
  page.dataset.rest = 'here';
});
const slow = setTimeout(() => window.waitingLineCrash('still loading', 'slow'), SLOW_MS);
try {
  await start();
  document.querySelector('#boot-card[data-case=slow]')?.remove();
  // The app may have stopped while it started.
  if (page.dataset.app === 'loading') page.dataset.app = 'ready';
  sign().then(fetchRestAtLast).then(tellHere);
} catch (error) {
  window.waitingLineCrash(error.message, error.card ?? 'unreachable');
  if (error.card === 'offline') addEventListener('online', () => location.reload());
} finally {
  clearTimeout(slow);
}
