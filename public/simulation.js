// The simulation beside the page: this file runs in a worker, and the page imports it to get hold of one.
//
// `xtask` writes the names of the program's two files into it, and a hash of everything into its own.

import run from './simulation-glue.js';

const BINARY = { href: './simulation.wasm', integrity: '' };

// How long a worker may take until it answers.
const PATIENCE_MS = 20_000;

/** Starts the program, checked against its hash; gives the function that answers a request. */
async function start() {
  const url = new URL(BINARY.href, import.meta.url);
  const response = await fetch(url, BINARY.integrity ? { integrity: BINARY.integrity } : {});
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  await run({ module_or_path: response });
  return globalThis.waitingLineAnswer;
}

const isWorker = typeof WorkerGlobalScope === 'function' && globalThis instanceof WorkerGlobalScope;

if (isWorker) {
  const answer = await start();
  addEventListener('message', ({ data }) => {
    const bytes = answer(data);
    postMessage(bytes, [bytes.buffer]);
  });
  // Nothing may be sent before this.
  postMessage('ready');
}

/** A worker that is ready, or the reason why there is none. */
function hire() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(import.meta.url, { type: 'module' });
    const late = setTimeout(() => fail(new Error('the worker does not answer')), PATIENCE_MS);
    const fail = (error) => {
      clearTimeout(late);
      worker.terminate();
      reject(error);
    };
    worker.onerror = (event) => fail(event.error ?? new Error(event.message || 'the worker does not start'));
    worker.onmessage = () => {
      clearTimeout(late);
      resolve(worker);
    };
  });
}

/**
 * A simulation to ask: `onAnswer(bytes)` is called for each request sent, `onState(state)` with `worker`, with `page`
 * where the simulation runs in the page itself (also after a worker broke, whose run is lost), and with `broken` where
 * it runs nowhere. The page must ask for little at a time, then.
 */
export function connect(onAnswer, onState) {
  let send = () => {};
  let close = () => {};
  let isOpen = true;
  const say = (state) => isOpen && onState(state);

  async function inPage() {
    try {
      const answer = await start();
      if (!isOpen) return;
      // Never at once: what else the page has to do comes first.
      send = (request) => setTimeout(() => {
        try {
          if (isOpen) onAnswer(answer(request));
        } catch {
          send = () => {};
          say('broken');
        }
      });
      say('page');
    } catch {
      say('broken');
    }
  }

  async function inWorker() {
    const worker = await hire();
    if (!isOpen) return worker.terminate();
    const lose = () => {
      worker.terminate();
      send = () => {};
      if (isOpen) inPage();
    };
    worker.onmessage = ({ data }) => onAnswer(data);
    worker.onerror = (event) => {
      event.preventDefault();
      lose();
    };
    worker.onmessageerror = lose;
    send = (request) => worker.postMessage(request, [request.buffer]);
    close = () => worker.terminate();
    say('worker');
  }

  inWorker().catch(inPage);
  return {
    send: (request) => send(request),
    close: () => {
      isOpen = false;
      close();
    },
  };
}
