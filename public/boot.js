// Starts the app: fetches the WebAssembly, checks it against the hash that the page was built with, and runs it.
// public/crash.js shows a card if that fails.

// Show that loading takes long after this time.
const SLOW_MS = 15_000;

// The simulation is fetched when it is first needed. It is the only script that a worker may be started with.
const SIMULATION = new URL(document.querySelector('meta[name=simulation]').content, document.baseURI).href;

// Leptos sets static parts of the page through `innerHTML`. Markup that could run a script is refused.
const EXECUTABLE = /<\s*(?:script|iframe|object|embed|base|link|meta)\b|\son\w+\s*=|javascript:/i;
window.trustedTypes?.createPolicy('default', {
  createHTML(html) {
    if (EXECUTABLE.test(html)) throw new TypeError(`refused markup that could run a script: ${html.slice(0, 80)}`);
    return html;
  },
  createScriptURL(url) {
    if (url !== SIMULATION) throw new TypeError(`refused a script from another address: ${url}`);
    return url;
  },
});

/** A failure to load, with the name of its card in public/crash.js. */
class LoadError extends Error {
  constructor(card, cause) {
    super(String(cause));
    this.card = card;
  }
}

/** Finds out why a file did not arrive: a fetch with an integrity hash does not tell one reason from another. */
async function explain(url, cause) {
  if (!navigator.onLine) return new LoadError('offline', cause);
  try {
    const response = await fetch(url, { method: 'HEAD', cache: 'no-store' });
    return new LoadError(response.ok ? 'altered' : 'missing', `${cause} (${response.status} ${url})`);
  } catch {
    return new LoadError('unreachable', cause);
  }
}

/** Fetches a file and checks its hash; again without the cache if the browser kept an outdated copy. */
async function download({ href, integrity }) {
  try {
    return await fetch(href, { integrity });
  } catch {
    return fetch(href, { integrity, cache: 'reload' }).catch(async (error) => {
      throw await explain(href, error);
    });
  }
}

async function load(url) {
  return import(url).catch(async (error) => {
    throw await explain(url, error);
  });
}

/** Whether the site was published again since this page was loaded, so that its files have other names. */
async function isOutdated() {
  try {
    const page = await (await fetch(document.baseURI, { cache: 'no-store' })).text();
    return !page.includes(document.querySelector('meta[name=simulation]').content);
  } catch {
    return false;
  }
}

// The app calls this to get the simulation. `null` means that there is a newer version of the site.
window.waitingLineSimulation = async () => {
  try {
    return await import(SIMULATION);
  } catch (error) {
    if (await isOutdated()) return null;
    throw error;
  }
};

async function start() {
  if (typeof WebAssembly !== 'object' || typeof BigInt !== 'function') {
    throw new LoadError('no-webassembly', 'no WebAssembly in this browser');
  }
  const bindings = document.querySelector('link[rel=modulepreload]');
  const program = document.querySelector('link[rel=preload][as=fetch]');
  const [{ default: run }, response] = await Promise.all([load(bindings.href), download(program)]);
  try {
    await run({ module_or_path: response });
  } catch (error) {
    const isTooOld = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
    throw new LoadError(isTooOld ? 'no-webassembly' : 'panic', error);
  }
}

const page = document.documentElement;
page.dataset.app = 'loading';
const slow = setTimeout(() => window.waitingLineCrash('still loading', 'slow'), SLOW_MS);
try {
  await start();
  document.querySelector('#boot-card[data-case=slow]')?.remove();
  // The app may have stopped while it started.
  if (page.dataset.app === 'loading') page.dataset.app = 'ready';
} catch (error) {
  window.waitingLineCrash(error.message, error.card ?? 'unreachable');
  if (error.card === 'offline') addEventListener('online', () => location.reload());
} finally {
  clearTimeout(slow);
}
