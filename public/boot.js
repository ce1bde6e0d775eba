// Starts the app: lets Leptos build its templates under the policy, fetches the WebAssembly and checks it against the hash
// that the page was built with, runs it. public/crash.js says what happened when that fails.

// How long loading may take before the page says that it does.
const SLOW_MS = 15_000;

// The simulation, fetched when somebody wants to watch one: the only script that a worker is started with.
const SIMULATION = new URL(document.querySelector('meta[name=simulation]').content, document.baseURI).href;
window.waitingLineSimulation = () => import(SIMULATION);

// Leptos hands whole static subtrees to `innerHTML`, nothing else does. What could run in them is refused.
const RUNS = /<\s*(?:script|iframe|object|embed|base|link|meta)\b|\son\w+\s*=|javascript:/i;
window.trustedTypes?.createPolicy('default', {
  createHTML(html) {
    if (RUNS.test(html)) throw new TypeError(`markup that could run was refused: ${html.slice(0, 80)}`);
    return html;
  },
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

async function start() {
  if (typeof WebAssembly !== 'object' || typeof BigInt !== 'function') {
    throw new Failure('no-webassembly', 'no WebAssembly in this browser');
  }
  const glue = document.querySelector('link[rel=modulepreload]');
  const binary = document.querySelector('link[rel=preload][as=fetch]');
  const [{ default: run }, response] = await Promise.all([load(glue.href), download(binary)]);
  try {
    await run({ module_or_path: response });
  } catch (error) {
    const old = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
    throw new Failure(old ? 'no-webassembly' : 'panic', error);
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
