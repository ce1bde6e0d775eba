// Shows a card when the app cannot start or has stopped. Needs nothing of the app; the saved state survives.
// The panic hook calls `waitingLineCrash(message)`; public/boot.js calls it with the name of another card.

const STATE = 'waiting-line.state';
const PREVIOUS = 'waiting-line.previous';
const BAD = 'waiting-line.state.bad';
const CRASHES = 'waiting-line.crashes';
const RESTART = 'waiting-line.restart';

// After this many crashes with the same state within the time, the next start is with the default scenario.
const MAX_CRASHES = 3;
const CRASH_WINDOW_MS = 60_000;

const CARDS = {
  panic: ['The explorer stopped',
    'It ran into a mistake of its own, not of yours. Your scenario is kept on this device.'],
  repeated: ['The explorer stopped again',
    'It stopped three times in a minute with the same scenario. The next start is with the default scenario; '
    + 'yours is set aside on this device, and the report below contains it.'],
  'no-webassembly': ['This browser cannot run the explorer',
    'It has no WebAssembly, or none that is new enough. A current Chrome, Edge, Firefox or Safari has. '
    + 'In a locked-down browser, WebAssembly may be switched off for this site.'],
  missing: ['A part of the explorer is missing',
    'The site seems to have been renewed while this page was loading. Reload to get the new one.'],
  altered: ['A part of the explorer is not what it should be',
    'What arrived differs from what was published, so it was not started. A proxy may have changed it, or '
    + 'the site was renewed a moment ago. Reload; if that does not help, try another network.'],
  offline: ['You are offline',
    'The explorer could not be loaded. It starts by itself when the connection is back.'],
  unreachable: ['The explorer could not be loaded',
    'The site did not answer. Check the connection, then reload.'],
  slow: ['Loading takes long', 'The explorer is still on its way and starts by itself when it is here.'],
};

/** Uses the storage of this device; returns null where it is switched off or full. */
function withStorage(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

const read = (key) => withStorage((storage) => storage.getItem(key));
const write = (key, value) => withStorage((storage) => storage.setItem(key, value));

/** The state that the app starts with: the stored one and the one in the address. */
const startState = () => `${read(STATE) ?? ''} ${location.hash}`;

/** Counts this crash and returns true when the same state has crashed too often. */
function countCrash() {
  const state = startState();
  const last = withStorage((storage) => JSON.parse(storage.getItem(CRASHES)));
  const earlier = last?.state === state && Array.isArray(last.times) ? last.times : [];
  const times = [...earlier.filter((time) => Date.now() - time < CRASH_WINDOW_MS), Date.now()];
  write(CRASHES, JSON.stringify({ state, times }));
  return times.length >= MAX_CRASHES;
}

/** Restores the state chosen before the reload. Not earlier: a stopped app may still write its own. */
function restart() {
  const choice = read(RESTART);
  if (choice === null) return;
  const previous = read(PREVIOUS);
  if (choice === 'default') write(BAD, startState().trim());
  if (choice === 'previous' && previous !== null) write(STATE, previous);
  else withStorage((storage) => storage.removeItem(STATE));
  withStorage((storage) => [CRASHES, RESTART].forEach((key) => storage.removeItem(key)));
  history.replaceState(null, '', location.pathname + location.search);
}

function element(name, className, text = '', attributes = {}) {
  const created = Object.assign(document.createElement(name), { className, textContent: text });
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, value);
  return created;
}

function button(text, onClick) {
  const created = element('button', 'boot-button', text, { type: 'button' });
  created.addEventListener('click', onClick);
  return created;
}

/** Details for a bug report. They leave this device only when the user sends them. */
function report(name, message) {
  const build = document.querySelector('link[rel=modulepreload]')?.getAttribute('href') ?? 'unknown';
  return `The Waiting Line: ${name}\n${message}\nBuild: ${build}\nBrowser: ${navigator.userAgent}\n`
    + `Address: ${location.href}\nState: ${read(STATE) ?? 'none'}`;
}

function copyButton(text, card) {
  const status = element('span', 'boot-said', '', { role: 'status' });
  const copy = button('Copy report', async () => {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = 'Copied. Nothing was sent.';
    } catch {
      const box = element('textarea', 'boot-report', text, { readonly: '', 'aria-label': 'Report' });
      card.append(box);
      box.select();
      status.textContent = 'Select the text below and copy it.';
      copy.disabled = true;
    }
  });
  return [copy, status];
}

function showCard(name, message) {
  const [title, text] = CARDS[name];
  const hasStopped = name === 'panic' || name === 'repeated';
  document.getElementById('boot-card')?.remove();
  const card = element(hasStopped ? 'dialog' : 'section', 'boot-card', '', {
    id: 'boot-card',
    'data-case': name,
    role: hasStopped ? 'alertdialog' : 'alert',
    'aria-labelledby': 'boot-card-title',
    'aria-describedby': 'boot-card-text',
  });
  const actions = element('p', 'boot-actions');
  actions.append(button(name === 'panic' ? 'Reload and restore' : 'Reload', () => location.reload()));
  if (name === 'panic') {
    actions.append(button('Reload without my last change', () => {
      write(RESTART, 'previous');
      location.reload();
    }));
  }
  if (name !== 'slow' && name !== 'offline') actions.append(...copyButton(report(name, message), card));
  card.append(
    element('h2', 'boot-title', title, { id: 'boot-card-title' }),
    element('p', 'boot-text', text, { id: 'boot-card-text' }),
    ...(name === 'slow' ? [element('progress', '', '', { 'aria-label': 'Loading' })] : []),
    actions,
    ...(hasStopped && message ? [element('p', 'boot-detail', message)] : []),
  );
  if (hasStopped) {
    // A modal dialog, since the app under it no longer works. Escape closes a dialog, so it opens again.
    document.body.append(card);
    card.addEventListener('close', () => card.showModal());
    card.showModal();
  } else {
    document.body.prepend(card);
  }
}

restart();
let hasEnded = false;

/** Shows a card. Later messages follow from the first and are ignored. */
window.waitingLineCrash = (message, name = 'panic') => {
  if (hasEnded) return;
  hasEnded = name !== 'slow';
  document.documentElement.dataset.app = hasEnded ? 'failed' : 'loading';
  const isRepeated = name === 'panic' && countCrash();
  if (isRepeated) write(RESTART, 'default');
  showCard(isRepeated ? 'repeated' : name, String(message));
};

// Traps that do not reach the panic hook: stack overflow, out of memory.
function reportTrap(error) {
  const isTrap = typeof WebAssembly === 'object' && error instanceof WebAssembly.RuntimeError;
  if (isTrap) window.waitingLineCrash(error);
}
addEventListener('error', (event) => reportTrap(event.error));
addEventListener('unhandledrejection', (event) => reportTrap(event.reason));
