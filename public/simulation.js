// The simulation: this file runs in a worker, and the page imports it to start that worker.
//
// After the build `cargo xtask hash-worker` writes hashes into the names of the program's files, and the integrity here.

import run from './simulation_worker.js';

const PROGRAM = { href: './simulation_worker_bg.wasm', integrity: '' };

// The longest time that a worker may take to start.
const START_TIMEOUT_MS = 20_000;

/** Starts the program, checked against its hash. Returns the function that responds to a request. */
async function start() {
  const url = new URL(PROGRAM.href, import.meta.url);
  const response = await fetch(url, PROGRAM.integrity ? { integrity: PROGRAM.integrity } : {});
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  await run({ module_or_path: response });
  return globalThis.waitingLineAnswer;
}

const isWorker = typeof WorkerGlobalScope === 'function' && globalThis instanceof WorkerGlobalScope;

if (isWorker) {
  const respond = await start();
  addEventListener('message', ({ data }) => {
    const bytes = respond(data);
    postMessage(bytes, [bytes.buffer]);
  });
  // The page sends nothing before this message.
  postMessage('ready');
}

/** Starts a worker; resolves when it is ready. */
function startWorker() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(import.meta.url, { type: 'module' });
    const timeout = setTimeout(() => fail(new Error('the worker does not respond')), START_TIMEOUT_MS);
    const fail = (error) => {
      clearTimeout(timeout);
      worker.terminate();
      reject(error);
    };
    worker.onerror = (event) => fail(event.error ?? new Error(event.message || 'the worker does not start'));
    worker.onmessage = () => {
      clearTimeout(timeout);
      resolve(worker);
    };
  });
}

/**
 * Connects to a simulation. `onResponse(bytes)` is called once for each request. `onState(state)` is called
 * with `worker`;
 * with `main-thread` if there is no worker or it failed (its run is lost), in which case requests should be
 * short; or with `failed`.
 */
export function connect(onResponse, onState) {
  let send = () => {};
  let close = () => {};
  let isOpen = true;
  const report = (state) => isOpen && onState(state);

  async function runOnMainThread() {
    try {
      const respond = await start();
      if (!isOpen) return;
      // In a task of its own, so that the page can handle input in between.
      send = (request) => setTimeout(() => {
        try {
          if (isOpen) onResponse(respond(request));
        } catch {
          send = () => {};
          report('failed');
        }
      });
      report('main-thread');
    } catch {
      report('failed');
    }
  }

  async function runInWorker() {
    const worker = await startWorker();
    if (!isOpen) return worker.terminate();
    const onFailure = () => {
      worker.terminate();
      send = () => {};
      if (isOpen) runOnMainThread();
    };
    worker.onmessage = ({ data }) => onResponse(data);
    worker.onerror = (event) => {
      event.preventDefault();
      onFailure();
    };
    worker.onmessageerror = onFailure;
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
