// Loads the program and starts the app. public/crash.js shows a card when that fails.

const SLOW_MS = 15_000;
const root = document.documentElement;
const simulation = document.querySelector('meta[name=simulation]').content;
const simulationUrl = new URL(simulation, document.baseURI).href;

// Leptos hands static markup to `innerHTML`; nothing in it may run. A worker may start from one script only.
const executable = /<\s*(?:script|iframe|object|embed|base|link|meta)\b|\son\w+\s*=|javascript:/i;
window.trustedTypes?.createPolicy('default', {
  createHTML(html) {
    if (executable.test(html)) throw new TypeError(`refused markup that could run: ${html.slice(0, 80)}`);
    return html;
  },
  createScriptURL(url) {
    if (url !== simulationUrl) throw new TypeError(`refused a script from elsewhere: ${url}`);
    return url;
  },
});

/** Returns true where the site has been published again since this page was loaded. */
window.waitingLineIsOutdated = async () => {
  try {
    const response = await fetch(document.baseURI, { cache: 'no-store' });
    return response.ok && !(await response.text()).includes(simulation);
  } catch {
    return false;
  }
};

/** Imports public/simulation.js; resolves to null if a newer version of the site has replaced it. */
window.waitingLineSimulation = () => import(simulationUrl).catch(async (error) => {
  if (await window.waitingLineIsOutdated()) return null;
  throw error;
});

class LoadError extends Error {
  constructor(card, cause) {
    super(String(cause));
    this.card = card;
  }
}

/** Finds out why a file could not be loaded: a failed integrity check does not say so itself. */
async function loadError(url, cause) {
  if (!navigator.onLine) return new LoadError('offline', cause);
  try {
    const { ok, status } = await fetch(url, { method: 'HEAD', cache: 'no-store' });
    return new LoadError(ok ? 'altered' : 'missing', `${cause} (${status} ${url})`);
  } catch {
    return new LoadError('unreachable', cause);
  }
}

/** Fetches a file and checks its hash; if that fails, once more past the browser's cache. */
async function fetchChecked({ href, integrity }) {
  try {
    return await fetch(href, { integrity }).catch(() => fetch(href, { integrity, cache: 'reload' }));
  } catch (error) {
    throw await loadError(href, error);
  }
}

async function start() {
  if (typeof WebAssembly !== 'object' || typeof BigInt !== 'function') {
    throw new LoadError('no-webassembly', 'no WebAssembly in this browser');
  }
  // Trunk writes these two links.
  const glue = document.querySelector('link[rel=modulepreload]').href;
  const wasm = document.querySelector('link[rel=preload][as=fetch]');
  const [{ default: init }, response] = await Promise.all([
    import(glue).catch(async (error) => { throw await loadError(glue, error); }),
    fetchChecked(wasm),
  ]);
  try {
    await init({ module_or_path: response });
  } catch (error) {
    const isOld = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
    throw new LoadError(isOld ? 'no-webassembly' : 'panic', error);
  }
}

root.dataset.app = 'loading';
const slow = setTimeout(() => window.waitingLineCrash('still loading', 'slow'), SLOW_MS);
try {
  await start();
  document.querySelector('#boot-card[data-case=slow]')?.remove();
  // A panic while the app started has set `failed`.
  if (root.dataset.app === 'loading') root.dataset.app = 'ready';
} catch (error) {
  window.waitingLineCrash(error.message, error.card ?? 'unreachable');
  if (error.card === 'offline') addEventListener('online', () => location.reload());
} finally {
  clearTimeout(slow);
}
