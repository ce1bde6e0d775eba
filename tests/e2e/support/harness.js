// Helpers for the tests' scripts. Runs in every page before the page's own scripts.

{
  const native = {
    requestAnimationFrame: window.requestAnimationFrame.bind(window),
    cancelAnimationFrame: window.cancelAnimationFrame.bind(window),
    setTimeout: window.setTimeout.bind(window),
    clearTimeout: window.clearTimeout.bind(window),
  };

  // The page's animation frame callbacks that have not run yet, and whether one of them is running.
  const pendingFrames = new Set();
  let isInFrame = false;
  window.requestAnimationFrame = (callback) => {
    const id = native.requestAnimationFrame((time) => {
      pendingFrames.delete(id);
      isInFrame = true;
      try {
        callback(time);
      } finally {
        isInFrame = false;
      }
    });
    pendingFrames.add(id);
    return id;
  };
  window.cancelAnimationFrame = (id) => {
    pendingFrames.delete(id);
    native.cancelAnimationFrame(id);
  };

  // The page's timers that end soon. Longer ones are the page's own delays, such as that before it saves.
  const SOON_MS = 50;
  const pendingTimers = new Set();
  window.setTimeout = (callback, time = 0, ...all) => {
    if (time > SOON_MS) return native.setTimeout(callback, time, ...all);
    const id = native.setTimeout(() => {
      pendingTimers.delete(id);
      callback(...all);
    }, time);
    pendingTimers.add(id);
    return id;
  };
  window.clearTimeout = (id) => {
    pendingTimers.delete(id);
    native.clearTimeout(id);
  };

  // Messages to workers that have not been answered. A worker sends one message when it is ready.
  let pendingReplies = 0;
  window.Worker = class extends Worker {
    #pending = 0;

    constructor(...all) {
      super(...all);
      this.#change(1);
      this.addEventListener('message', () => this.#change(-1));
    }

    postMessage(...all) {
      this.#change(1);
      super.postMessage(...all);
    }

    terminate() {
      this.#change(-this.#pending);
      super.terminate();
    }

    #change(difference) {
      this.#pending += difference;
      pendingReplies += difference;
    }
  };

  let isPointerDown = false;
  addEventListener('pointerdown', () => { isPointerDown = true }, { capture: true, passive: true });
  for (const type of ['pointerup', 'pointercancel'])
    addEventListener(type, () => { isPointerDown = false }, { capture: true, passive: true });

  const TIMEOUT_MS = 20_000;

  const nextFrame = () => new Promise(native.requestAnimationFrame);

  const delay = (milliseconds) => new Promise((done) => native.setTimeout(done, milliseconds));

  /** Waits, frame by frame, until a condition holds. */
  const until = async (condition) => {
    for (const end = performance.now() + TIMEOUT_MS; !condition(); await nextFrame()) {
      if (performance.now() > end) throw new Error(`timed out: ${condition}`);
    }
  };

  /**
   * Waits until the page is idle: in two consecutive frames nothing changed in the document, no animation
   * frame callback, short timer or reply of a worker was pending, and nothing was marked as busy. While a
   * pointer is down, figures may stay busy.
   */
  const untilIdle = async () => {
    let changes = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    const end = performance.now() + TIMEOUT_MS;
    for (let idleFrames = 0; idleFrames < 2; ) {
      changes = [];
      await nextFrame();
      // What the frame's callbacks changed is reported after them.
      await delay(0);
      const busy = isPointerDown ? null : document.querySelector('[aria-busy=true]');
      const pendingCount = pendingFrames.size + pendingTimers.size + pendingReplies;
      const isIdle = changes.length === 0 && pendingCount === 0 && !busy;
      idleFrames = isIdle ? idleFrames + 1 : 0;
      if (performance.now() > end) {
        const reasons = [`${pendingCount} pending frames, timers or replies`];
        if (busy) reasons.push(`busy: ${busy.outerHTML.slice(0, 80)}`);
        for (const { type, target } of changes.slice(0, 5))
          reasons.push(`${type} of ${target.outerHTML?.slice(0, 80)}`);
        throw new Error(`the page does not become idle: ${reasons.join('; ')}`);
      }
    }
    observer.disconnect();
  };

  /** Returns the element of a selector, or throws. */
  const find = (selector) => {
    const element = document.querySelector(selector);
    if (!element) throw new Error(`no element ${selector}`);
    return element;
  };

  const findAll = (selector) => [...document.querySelectorAll(selector)];

  const normalize = (text) => text.replace(/\s+/g, ' ').trim();

  /** Returns the visible text of an element with single spaces. */
  const text = (selector) => normalize(find(selector).innerText ?? '');

  /** Returns the visible button with a text or accessible name. */
  const button = (name) => {
    const found = findAll('button, summary').find(
      (element) => element.checkVisibility() && (element.ariaLabel ?? element.textContent.trim()) === name);
    if (!found) throw new Error(`no button ${name}`);
    return found;
  };

  /** Scrolls an element into view, waits until it stands still for two frames, and returns its centre. */
  const centerOf = async (element) => {
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    let center = [];
    for (let frame = 0, still = 0; still < 2; frame++) {
      if (frame > 60) throw new Error(`does not stand still: ${element.outerHTML}`);
      const box = element.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      still = x === center[0] && y === center[1] ? still + 1 : 0;
      center = [x, y];
      await nextFrame();
    }
    return center;
  };

  // No browser's protocol reports violations of the policy, but each reports console errors.
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample, sourceFile }) => {
    console.error(`policy violation: ${violatedDirective} by ${blockedURI || sample} in ${sourceFile}`);
  }, true);

  // The last inputs and what they met, printed when a test fails.
  const inputLog = [];
  const INPUT_EVENTS = [
    'pointerdown', 'mousedown', 'pointerup', 'pointercancel', 'click', 'keydown', 'change', 'focusin',
    'focusout', 'scroll',
  ];
  for (const type of INPUT_EVENTS) {
    addEventListener(type, ({ target, clientX, clientY, key }) => {
      const name = target.ariaLabel || target.id || target.className || '';
      const where = clientX === undefined ? key ?? '' : `at ${clientX}, ${clientY}`;
      const time = Math.round(performance.now());
      const element = `${target.nodeName} ${name.baseVal ?? name}`;
      inputLog.push(`${time} ms: ${type} on ${element} ${where}, scrolled ${scrollY}`);
      if (inputLog.length > 40) inputLog.shift();
    }, { capture: true, passive: true });
  }

  window.harness = {
    button, centerOf, delay, find, findAll, inputLog, nextFrame, normalize, text, until, untilIdle,
    isInFrame: () => isInFrame,
  };
}
