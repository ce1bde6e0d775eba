// When the app cannot start or has stopped: a plain card that says what happened and what to do. It needs nothing of the
// app, and what the learner built survives it.
//
// `waitingLineCrash(message)` is called by the app's panic hook; public/boot.js calls it with the name of another case.

const STATE = 'waiting-line.state';
const PREVIOUS = 'waiting-line.previous';
const BAD = 'waiting-line.state.bad';
const CRASHES = 'waiting-line.crashes';
const RESTART = 'waiting-line.restart';

// As many crashes as this within as long, all with the same state, and the next start is with the default scenario.
const TOO_MANY = 3;
const WITHIN_MS = 60_000;

const CASES = {
  panic: {
    title: 'The explorer stopped',
    text: 'It ran into a mistake of its own, not of yours. Your scenario is kept on this device.',
  },
  repeated: {
    title: 'The explorer stopped again',
    text: 'It stopped three times in a minute with the same scenario. The next start is with the default scenario; ' +
      'yours is set aside on this device, and the report below contains it.',
  },
  'no-webassembly': {
    title: 'This browser cannot run the explorer',
    text: 'It has no WebAssembly, or none that is new enough. A current Chrome, Edge, Firefox or Safari has. ' +
      'In a locked-down browser, WebAssembly may be switched off for this site.',
  },
  missing: {
    title: 'A part of the explorer is missing',
    text: 'The site seems to have been renewed while this page was loading. Reload to get the new one.',
  },
  altered: {
    title: 'A part of the explorer is not what it should be',
    text: 'What arrived differs from what was published, so it was not started. A proxy may have changed it, or the ' +
      'site was renewed a moment ago. Reload; if that does not help, try another network.',
  },
  offline: {
    title: 'You are offline',
    text: 'The explorer could not be loaded. It starts by itself when the connection is back.',
  },
  unreachable: {
    title: 'The explorer could not be loaded',
    text: 'The site did not answer. Check the connection, then reload.',
  },
  slow: {
    title: 'Loading takes long',
    text: 'The explorer is still on its way and starts by itself when it is here.',
  },
};

/** Does something with the storage of this device, which may be switched off or full. */
function storing(work) {
  try {
    return work(localStorage);
  } catch {
    return null;
  }
}

/** What the app would start with: the stored state and the one in the address. */
function presentState() {
  return `${storing((storage) => storage.getItem(STATE)) ?? ''} ${location.hash}`;
}

/** Counts this crash; true when the same state has now crashed too often in too short a time. */
function countCrash() {
  const now = Date.now();
  const state = presentState();
  const told = storing((storage) => JSON.parse(storage.getItem(CRASHES)));
  const before = told?.state === state && Array.isArray(told.times) ? told.times : [];
  const times = [...before.filter((time) => now - time < WITHIN_MS), now];
  storing((storage) => storage.setItem(CRASHES, JSON.stringify({ state, times })));
  return times.length >= TOO_MANY;
}

/** Takes the state out of the address, which the app reads before the stored one. */
function clearAddress() {
  history.replaceState(null, '', location.pathname + location.search);
}

/** Says what the next start begins with. It is done then: the stopped app may yet write its state as the page goes. */
function restartWith(what) {
  storing((storage) => storage.setItem(RESTART, what));
}

function restart() {
  storing((storage) => {
    const what = storage.getItem(RESTART);
    if (what === null) return;
    const previous = storage.getItem(PREVIOUS);
    if (what === 'default') storage.setItem(BAD, presentState().trim());
    if (what === 'previous' && previous !== null) storage.setItem(STATE, previous);
    else storage.removeItem(STATE);
    storage.removeItem(CRASHES);
    storage.removeItem(RESTART);
    clearAddress();
  });
}

/** All that helps to find the mistake. It leaves this device only by the learner's own hand. */
function report(name, message) {
  const build = document.querySelector('link[rel=modulepreload]')?.getAttribute('href') ?? 'unknown';
  return [
    `The Waiting Line: ${name}`,
    message,
    `Build: ${build}`,
    `Browser: ${navigator.userAgent}`,
    `Address: ${location.href}`,
    `State: ${storing((storage) => storage.getItem(STATE)) ?? 'none'}`,
  ].join('\n');
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function button(text, action) {
  const made = element('button', 'boot-button', text);
  made.type = 'button';
  made.addEventListener('click', action);
  return made;
}

function copyButton(text, card) {
  const said = element('span', 'boot-said');
  said.setAttribute('role', 'status');
  const copy = button('Copy report', async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = 'Copied. Nothing was sent.';
    } catch {
      const box = element('textarea', 'boot-report');
      box.readOnly = true;
      box.value = text;
      box.setAttribute('aria-label', 'Report');
      card.append(box);
      box.select();
      said.textContent = 'Select the text below and copy it.';
      copy.disabled = true;
    }
  });
  return [copy, said];
}

/** A modal dialog where the app has stopped: what lies below must not be touched any more. */
function show(name, message) {
  const { title, text } = CASES[name];
  const stopped = name === 'panic' || name === 'repeated';
  document.getElementById('boot-card')?.remove();
  const card = element(stopped ? 'dialog' : 'section', 'boot-card');
  card.id = 'boot-card';
  card.dataset.case = name;
  card.setAttribute('role', stopped ? 'alertdialog' : 'alert');
  card.setAttribute('aria-labelledby', 'boot-card-title');
  card.setAttribute('aria-describedby', 'boot-card-text');
  const heading = element('h2', 'boot-title', title);
  heading.id = 'boot-card-title';
  const paragraph = element('p', 'boot-text', text);
  paragraph.id = 'boot-card-text';
  const actions = element('p', 'boot-actions');
  if (name === 'panic') {
    actions.append(button('Reload and restore', () => location.reload()));
    actions.append(button('Reload without my last change', () => {
      restartWith('previous');
      location.reload();
    }));
  } else {
    actions.append(button('Reload', () => location.reload()));
  }
  if (name !== 'slow' && name !== 'offline') actions.append(...copyButton(report(name, message), card));
  card.append(heading, paragraph, actions);
  if (name === 'slow') {
    const progress = element('progress');
    progress.setAttribute('aria-label', 'Loading');
    paragraph.after(progress);
  }
  if (message && stopped) card.append(element('p', 'boot-detail', message));
  if (stopped) {
    document.body.append(card);
    // Escape closes a dialog, whatever the page says to it: there is nothing to go back to, so it opens again.
    card.addEventListener('close', () => card.showModal());
    card.showModal();
  } else {
    document.body.prepend(card);
  }
}

restart();
let ended = false;

/** Shows the card of a case, once: the first message says more than those that follow from it. */
window.waitingLineCrash = (message, name = 'panic') => {
  if (ended) return;
  ended = name !== 'slow';
  document.documentElement.dataset.app = name === 'slow' ? 'loading' : 'failed';
  if (name !== 'panic') {
    show(name, String(message));
  } else if (countCrash()) {
    restartWith('default');
    show('repeated', String(message));
  } else {
    show('panic', String(message));
  }
};

// A trap that came past the panic hook: a stack too deep, memory at its end.
function trapped(reason) {
  if (typeof WebAssembly === 'object' && reason instanceof WebAssembly.RuntimeError) window.waitingLineCrash(reason);
}
addEventListener('error', (event) => trapped(event.error));
addEventListener('unhandledrejection', (event) => trapped(event.reason));
