// The page: an editor, and beside it what the compiler says of its text.

const id = (name) => document.getElementById(name);
const text = id('text');
const SEVERITIES = ['error', 'warning', 'hint'];
const examples = JSON.parse(id('examples').textContent);
/** The files, what of them is compiled, and which is open. */
let state = structuredClone(Object.values(examples)[0]);
let prm = null;
/** What was said last, with the places of the open file. */
let said = { messages: [], colours: [] };
let lasted = 0;
let wait = 0;
let later = 0;

/** An element with attributes, and what stands in it. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value); else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;
const escaped = (part) => part.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** A text with stretches in it: `[start, end, class]`, in order, none in another. */
function layered(whole, stretches) {
  let html = '';
  let from = 0;
  for (const [start, end, kind] of stretches) {
    if (start < from) continue;
    html += `${escaped(whole.slice(from, start))}<span class="${kind}">${escaped(whole.slice(start, end))}</span>`;
    from = end;
  }
  // A last line that is empty has no height without it.
  return `${html}${escaped(whole.slice(from))}\n`;
}

function scrolled() {
  for (const layer of [id('colours'), id('marks')]) layer.style.transform = `translate(${-text.scrollLeft}px, ${-text.scrollTop}px)`;
}

/** Asks the compiler, and shows what it says. */
function check() {
  clearTimeout(wait);
  if (!prm) return;
  const from = performance.now();
  state.files[state.open] = text.value;
  const answer = prm.check({ ...state, path: compiled(), pedantic: id('hints').checked });
  said = answer.problem ? { ...said, messages: [], problem: answer.problem } : answer;
  const at = places(text.value);
  for (const message of said.messages) {
    message.start = at(message.line, message.column);
    message.end = at(message.end_line, message.end_column);
  }
  draw();
  tell();
  lasted = performance.now() - from;
  window.playground.lasted = lasted;
  clearTimeout(later);
  later = setTimeout(settled, 250);
}

/** What is compiled: the folder with the manifest that is on top, else what it was, else a file by itself. */
function compiled() {
  const has = (path) => Object.hasOwn(state.files, path);
  if (has('prm.toml')) return '';
  if (has(state.path) || has(`${state.path}/prm.toml`)) return state.path;
  return Object.keys(state.files).sort().find((path) => path.endsWith('.prm')) ?? state.open;
}

const ofOpen = () => said.messages.filter((message) => message.file === state.open);

function draw() {
  const whole = text.value;
  text.setAttribute('aria-invalid', String(ofOpen().some((one) => one.severity === 'error')));
  id('colours').innerHTML = layered(whole, said.colours.map(([start, length, kind]) => [start, start + length, kind]));
  const marks = ofOpen().map(({ start, end, severity }) => [Math.min(start, Math.max(0, whole.length - 1)), Math.max(end, start + 1), severity]);
  id('marks').innerHTML = layered(whole, marks.sort((one, other) => one[0] - other[0]));
  scrolled();
  here();
}

/** What is said of the line of the caret. */
function here() {
  const line = text.value.slice(0, text.selectionStart).split('\n').length;
  const messages = ofOpen().filter((message) => message.line <= line && line <= message.end_line);
  id('here').textContent = messages.length ? `Line ${line}: ${messages.map((one) => one.message).join('; ')}` : `Line ${line}`;
}

function tell() {
  const counts = SEVERITIES.map((severity) => [severity, said.messages.filter((one) => one.severity === severity)
    .reduce((sum, one) => sum + 1 + (one.more ?? 0), 0)]).filter(([, count]) => count);
  const others = [...(said.unreadable ?? []), ...(said.overlooked ?? []).map((path) => `${path} was not read`)];
  const alone = compiled();
  if (alone.endsWith('.prm') && state.open.endsWith('.prm') && state.open !== alone) others.push(`only ${alone} is compiled: several files are a package with a prm.toml`);
  const words = [said.problem, counts.map(([severity, count]) => plural(count, severity)).join(', '), ...others].filter(Boolean);
  const status = words.join('; ') || 'Nothing to say: the model is sound.';
  if (id('status').textContent !== status) id('status').textContent = status;
  // More are neither read nor quickly drawn.
  const shown = said.messages.slice(0, 200);
  const list = make('ol', {}, ...shown.map(item));
  const rest = said.messages.length - shown.length;
  id('messages').replaceChildren(list, ...(rest > 0 ? [make('p', {}, `and ${rest} more`)] : []));
}

/** A button that leads to a place. */
function lead(place) {
  const words = `${place.file}:${place.line}:${place.column}`;
  if (!Object.hasOwn(state.files, place.file)) return make('code', {}, words);
  return make('button', { type: 'button', class: 'place', onclick: () => go(place) }, words);
}

function item(message) {
  const { code, severity, label, help, related, edit } = message;
  const parts = [make('p', {}, make('span', { class: 'grave' }, `${severity} ${code}`), `: ${message.message} `, lead(message))];
  if (label) parts.push(make('p', {}, label));
  for (const one of related) parts.push(make('p', {}, lead(one), ` ${one.label ?? ''}`));
  if (help) parts.push(make('p', {}, `Help: ${help}`));
  if (edit && Object.hasOwn(state.files, edit.file)) {
    const what = edit.text ? `Write \`${edit.text.trim()}\`` : 'Take it out';
    parts.push(make('button', { type: 'button', onclick: () => mend(message) }, edit.certain ? what : `${what}, if that was meant`));
  }
  return make('li', { class: severity }, ...parts);
}

/** Makes the edit that a message carries, in a way that can be undone where the browser allows it. */
function mend({ edit }) {
  open(edit.file);
  const at = places(text.value);
  replace(at(edit.line, edit.column), at(edit.end_line, edit.end_column), edit.text);
}

function replace(start, end, by) {
  text.focus();
  text.setSelectionRange(start, end);
  if (!document.execCommand(by ? 'insertText' : 'delete', false, by)) {
    text.setRangeText(by, start, end, 'end');
    check();
  }
}

/** Leads to a place, and selects it. */
function go(place) {
  open(place.file);
  const at = places(text.value);
  const [start, end] = [at(place.line, place.column), at(place.end_line, place.end_column)];
  text.focus();
  text.setSelectionRange(start, end);
  // A selection alone does not scroll.
  const height = parseFloat(getComputedStyle(text).lineHeight);
  text.scrollTop = Math.max(0, (place.line - 1) * height - text.clientHeight / 3);
  scrolled();
  here();
}

/** Leads to the next message of the file, or to the one before. */
function step(back) {
  const messages = ofOpen().sort((one, other) => one.start - other.start);
  const beyond = back ? messages.filter((one) => one.start < text.selectionStart).at(-1) : messages.find((one) => one.start > text.selectionStart);
  const next = beyond ?? (back ? messages.at(-1) : messages[0]);
  if (next) go(next);
}

/** Opens a file. */
function open(file) {
  if (file === state.open) return;
  state.files[state.open] = text.value;
  state.open = file;
  text.value = state.files[file];
  shownFiles();
  check();
}

function shownFiles() {
  const names = Object.keys(state.files).sort();
  id('file').replaceChildren(...names.map((name) => make('option', { value: name }, name)));
  id('file').value = state.open;
  id('remove').disabled = names.length < 2;
}

/** Takes in a package in place of what was there. */
function load(package_) {
  state = structuredClone(package_);
  for (const [path, content] of Object.entries(state.files)) state.files[path] = content.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  text.value = state.files[state.open];
  text.setSelectionRange(0, 0);
  text.scrollTop = 0;
  shownFiles();
  check();
}

/** What may wait until nothing is typed: the address, and what is shown beside the messages. */
async function settled() {
  show();
  const hash = await linked(state).catch(() => '');
  if (hash) history.replaceState(null, '', hash);
}

/** The files of an output, or the problem that is in the way of it. */
function built(format, form) {
  return prm ? prm.build({ ...state, path: compiled(), format, form }) : { problem: 'the compiler is being loaded' };
}

/** A frame without scripts, apart from this page. */
function framed(title, html) {
  const page = new DOMParser().parseFromString(html, 'text/html');
  page.querySelectorAll('script').forEach((script) => script.remove());
  return make('iframe', { sandbox: '', title, srcdoc: `<!DOCTYPE html>${page.documentElement.outerHTML}` });
}

/** What was put where last: what is the same keeps its place, and is not drawn again. */
const drawn = {};

function put(where, what, elements) {
  if (drawn[where] === what) return;
  drawn[where] = what;
  id(where).replaceChildren(...elements());
}

const panels = {
  messages() {},
  coverage() {
    const { problem, files } = built('json');
    put('coverage', problem ?? files[0].text, () => (problem ? [make('p', {}, problem)] : covered(JSON.parse(files[0].text))));
  },
  map() {
    const { problem, files } = built('map');
    const page = (svg) => `<html lang="en"><title>Map</title><meta name="color-scheme" content="light dark"><body>${svg}`;
    put('map', problem ?? files[0].text, () => [problem ? make('p', {}, problem) : framed('The map of the processes', page(files[0].text))]);
  },
  document() {
    const { problem, files } = output();
    const isPage = /\bhtml$/.test(id('output').value);
    put('output-shown', `${isPage} ${problem ?? JSON.stringify(files)}`, () => {
      if (problem) return [make('p', {}, problem)];
      return isPage ? [framed('The document', files[0].text)] : listing(files);
    });
  },
};

const output = () => built(...id('output').value.split(' '));
const nameOf = (path, format) => path || `model.${{ markdown: 'md' }[format] ?? format}`;

function listing(files) {
  return files.flatMap(({ path, text: content }) => [
    ...(files.length > 1 ? [make('h3', {}, nameOf(path))] : []),
    make('pre', { tabindex: 0, role: 'region', 'aria-label': path || 'The output' }, content),
  ]);
}

/** Tables of what is covered. */
function covered(model) {
  if (!model.coverage.length) return [make('p', {}, 'The model covers no catalog: say “covers CATALOG” in its block.')];
  return model.coverage.map(({ catalog, summary, requirements }) => {
    const titles = new Map();
    const enter = (list) => list.forEach((one) => { titles.set(one.id, one.title); enter(one.children ?? one.requirements ?? []); });
    enter(model.catalogs.find((one) => one.id === catalog)?.requirements ?? []);
    const counts = ['covered', 'partial', 'excluded', 'uncovered'].map((status) => `${summary[status]} ${status}`).join(', ');
    const row = ({ id: name, status, witnesses }) => make('tr', {},
      make('th', { scope: 'row' }, name), make('td', {}, titles.get(name) ?? ''), make('td', { class: status }, status),
      make('td', {}, [...new Set(witnesses.flat().flatMap((step) => step.rests_on))].join(', ')));
    const heads = ['Requirement', 'Title', 'Status', 'By'].map((head) => make('th', { scope: 'col' }, head));
    return make('table', {}, make('caption', {}, `${catalog}: ${counts} of ${summary.total}`),
      make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...requirements.map(row)));
  });
}

const tabs = [...document.querySelectorAll('[role=tab]')];
const chosen = () => tabs.find((tab) => tab.getAttribute('aria-selected') === 'true');

function show() {
  if (prm) panels[chosen().getAttribute('aria-controls')]();
}

function choose(tab) {
  for (const one of tabs) {
    one.setAttribute('aria-selected', String(one === tab));
    one.tabIndex = one === tab ? 0 : -1;
    id(one.getAttribute('aria-controls')).hidden = one !== tab;
  }
  show();
}

/** Gives a file to whoever asked for it. */
function download(name, blob) {
  const address = URL.createObjectURL(blob);
  make('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** Asks for the name of a file. */
function ask(name, then) {
  id('ask').hidden = false;
  id('name').value = name;
  id('name').focus();
  id('name').select();
  id('ask').onsubmit = (event) => {
    event.preventDefault();
    const given = id('name').value.trim();
    if (!given || (given !== name && Object.hasOwn(state.files, given))) {
      id('status').textContent = given ? `There is a file ${given} already.` : 'A file needs a name.';
      return;
    }
    id('ask').hidden = true;
    then(given);
    text.focus();
  };
}

function listen() {
  text.addEventListener('input', () => {
    // What takes long waits until nothing is typed; the text itself is seen at once.
    clearTimeout(wait);
    if (lasted < 60) return check();
    id('colours').textContent = `${text.value}\n`;
    wait = setTimeout(check, Math.min(1500, 3 * lasted));
  });
  text.addEventListener('scroll', scrolled);
  new ResizeObserver(scrolled).observe(text);
  document.addEventListener('selectionchange', here);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'F8') return;
    event.preventDefault();
    step(event.shiftKey);
  });
  document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); text.focus(); });
  id('example').addEventListener('change', () => load(examples[id('example').value]));
  id('file').addEventListener('change', () => open(id('file').value));
  id('hints').addEventListener('change', check);
  id('output').addEventListener('change', show);
  id('new').addEventListener('click', () => ask('', (name) => { state.files[name] = ''; open(name); }));
  id('rename').addEventListener('click', () => ask(state.open, (name) => {
    const old = state.open;
    const content = text.value;
    delete state.files[old];
    state.files[name] = content;
    state.open = name;
    shownFiles();
    check();
  }));
  id('remove').addEventListener('click', () => {
    const old = state.open;
    open(Object.keys(state.files).find((name) => name !== old));
    delete state.files[old];
    shownFiles();
    check();
  });
  id('leave').addEventListener('click', () => { id('ask').hidden = true; text.focus(); });
  id('format').addEventListener('click', () => {
    const laid = prm?.format({ text: text.value });
    if (laid?.problem) id('status').textContent = laid.problem;
    else if (laid && laid.text !== text.value) replace(0, text.value.length, laid.text);
  });
  id('zip').addEventListener('click', () => { state.files[state.open] = text.value; download('package.zip', zip(state.files)); });
  id('save').addEventListener('click', () => {
    const { problem, files } = output();
    const [format, form] = id('output').value.split(' ');
    if (problem) show();
    else if (files.length > 1) download(`${format}.zip`, zip(Object.fromEntries(files.map(({ path, text: content }) => [nameOf(path, form ?? format), content]))));
    else download(nameOf('', form ?? format), new Blob([files[0].text]));
  });
  id('link').addEventListener('click', async () => {
    state.files[state.open] = text.value;
    const hash = await linked(state).catch(() => '');
    if (!hash) { id('status').textContent = 'This browser makes no links.'; return; }
    history.replaceState(null, '', hash);
    const copied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
    id('status').textContent = copied ? 'The link is copied: it holds the whole package.' : 'The link stands in the address: it holds the whole package.';
  });
  tabs.forEach((tab, number) => {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', (event) => {
      const to = { ArrowRight: number + 1, ArrowLeft: number - 1, Home: 0, End: -1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = tabs.at(to % tabs.length);
      choose(next);
      next.focus();
    });
  });
  window.addEventListener('hashchange', fromLink);
}

/** Takes in the package of the address, where it holds one. */
async function fromLink() {
  if (!location.hash.startsWith('#1')) return;
  try {
    load(await unlinked(location.hash));
  } catch (error) {
    check();
    id('status').textContent = `The link cannot be read: ${error.message}.`;
  }
}

async function begin() {
  id('example').replaceChildren(...Object.keys(examples).map((name) => make('option', { value: name }, name)));
  listen();
  load(state);
  try {
    prm = await compiler(id('wasm').textContent.trim());
  } catch (error) {
    id('status').textContent = `The compiler cannot be loaded in this browser: ${error.message}.`;
    return;
  }
  const { outputs = [] } = prm.about({});
  const option = ({ format, form, about }) => make('option', { value: form ? `${format} ${form}` : format }, `${form ? `${format} as ${form}` : format}: ${about}`);
  id('output').replaceChildren(...outputs.map(option));
  id('output').value = 'html';
  if (location.hash.startsWith('#1')) await fromLink();
  else check();
  window.playground.first = performance.now();
}

/** What looks at the page may ask. */
window.playground = { load, check, said: () => said, ask: () => prm };
begin();
