// The simulation: this file runs in a worker, and the page imports it to connect to one.
//
// The post-build hook of Trunk.toml replaces the names of the two files by hashed ones and fills in the hash.

import init from './simulation_worker.js';

const WASM = { href: './simulation_worker_bg.wasm', integrity: '' };
const START_TIMEOUT_MS = 20_000;

/** Starts the program, checked against its hash, and returns the function that answers a request. */
async function start() {
  const url = new URL(WASM.href, import.meta.url);
  const response = await fetch(url, WASM.integrity ? { integrity: WASM.integrity } : {});
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  await init({ module_or_path: response });
  return globalThis.waitingLineRespond;
}

if (typeof WorkerGlobalScope === 'function' && globalThis instanceof WorkerGlobalScope) {
  const respond = await start();
  addEventListener('message', ({ data }) => {
    const bytes = respond(data);
    postMessage(bytes, [bytes.buffer]);
  });
  // The page sends nothing before this.
  postMessage('ready');
}

/** Starts a worker and waits until it is ready. */
function startWorker() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(import.meta.url, { type: 'module' });
    const fail = (message) => {
      clearTimeout(timeout);
      worker.terminate();
      reject(new Error(message));
    };
    const timeout = setTimeout(() => fail('the worker does not answer'), START_TIMEOUT_MS);
    worker.onerror = ({ message }) => fail(message || 'the worker does not start');
    worker.onmessage = () => {
      clearTimeout(timeout);
      resolve(worker);
    };
  });
}

/**
 * Connects to a new simulation and returns `{ send, close }`. `onResponse(bytes)` is called once for each
 * request sent, `onState(state)` when the simulation has started or is lost:
 *
 * - `worker`: it runs in a worker
 * - `main-thread`: it runs in the page itself, because a worker does not start or has broken (the run is lost
 *   then); requests must be small
 * - `outdated`: its files are gone, because the site has a newer version
 * - `failed`: it does not run
 */
export function connect(onResponse, onState) {
  let send = () => {};
  let close = () => {};
  let isOpen = true;
  const report = (state) => isOpen && onState(state);

  async function fail() {
    send = () => {};
    report(await window.waitingLineIsOutdated() ? 'outdated' : 'failed');
  }

  async function runOnMainThread() {
    try {
      const respond = await start();
      // A task for each response, so that the page stays responsive between two of them.
      send = (request) => setTimeout(() => {
        try {
          if (isOpen) onResponse(respond(request));
        } catch {
          fail();
        }
      });
      report('main-thread');
    } catch {
      fail();
    }
  }

  async function runInWorker() {
    const worker = await startWorker();
    if (!isOpen) return worker.terminate();
    const giveUp = () => {
      worker.terminate();
      send = () => {};
      if (isOpen) runOnMainThread();
    };
    worker.onmessage = ({ data }) => onResponse(data);
    worker.onerror = (event) => {
      event.preventDefault();
      giveUp();
    };
    worker.onmessageerror = giveUp;
    send = (request) => worker.postMessage(request, [request.buffer]);
    close = () => worker.terminate();
    report('worker');
  }

  runInWorker().catch(runOnMainThread);
  return {
    send: (request) => send(request),
    close: () => {
      isOpen = false;
      close();
    },
  };
}
