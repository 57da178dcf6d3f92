// Looks at the playground in a browser: that its messages are those of the command line, how fast they come, that every part
// answers to keys, and that axe finds nothing.
//
//   node tests/page/playground.mjs target/playground/prm.html target/debug/prm [CASES]
//
// It wants what `check.mjs` wants, and says so where that is not to be had. CASES is how many cases are compared, 120 unless
// said.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const require = createRequire(pathToFileURL(`${process.cwd()}/`));
const passOver = (words) => { console.log(`passed over: ${words}`); process.exit(0); };
const [file, program, most = '120'] = process.argv.slice(2);
if (!existsSync(file)) passOver(`no ${file}; \`playground/build\` makes it`);
let playwright, axe;
try {
  playwright = require('playwright-core');
  axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
} catch {
  passOver('playwright-core and axe-core are not installed here');
}
const browserPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
if (!browserPath) passOver('no chromium; name one in CHROMIUM');

const cases = join(dirname(fileURLToPath(import.meta.url)), '..', 'cases');
const faults = [];
const hold = (holds, words) => { if (!holds) faults.push(words); };
const TEXTS = /(\.prm|prm\.toml|\.lock)$/;

/** A value as text in which the order of keys does not show. */
const sorted = (value) => JSON.stringify(value, (_, one) => (one && one.constructor === Object ? Object.fromEntries(Object.entries(one).sort()) : one));

/** A case as a package of the page; nothing where it holds what is no text. */
function packaged(path) {
  const isFolder = statSync(path).isDirectory();
  const names = isFolder ? readdirSync(path, { recursive: true }).filter((name) => statSync(join(path, name)).isFile()) : [path.split('/').at(-1)];
  const bytes = names.map((name) => [name, readFileSync(isFolder ? join(path, name) : path)]);
  const isText = ([name, content]) => TEXTS.test(name) && Buffer.from(content.toString()).equals(content) && !/\r|^\ufeff/.test(content.toString());
  if (!bytes.length || !bytes.every(isText)) return null;
  const files = Object.fromEntries(bytes.map(([name, content]) => [name, content.toString()]));
  return { files, path: isFolder ? '' : names[0], open: names.find((name) => name.endsWith('.prm')) ?? names[0] };
}

const all = readdirSync(cases).flatMap((area) => readdirSync(join(cases, area)).map((name) => join(cases, area, name)))
  .filter((path) => path.endsWith('.prm') || statSync(path).isDirectory());
const texts = all.map((path) => [path, packaged(path)]).filter(([, state]) => state);
const step = Math.max(1, texts.length / Number(most));
const compared = Array.from({ length: Math.min(texts.length, Number(most)) }, (_, number) => texts[Math.floor(number * step)]);

const browser = await playwright.chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
const address = pathToFileURL(resolve(file)).href;

async function opened(options = {}, hash = '') {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.on('console', (message) => faults.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => hold(/^(file|data|blob|about):/.test(request.url()), `asks for ${request.url()}`));
  await page.goto(address + hash);
  await page.waitForFunction(() => window.playground.first);
  return { context, page };
}

const status = (page) => page.locator('#status').textContent();
const shown = (page) => page.evaluate(() => window.playground.said().messages);

// The messages, hints among them.
{
  const { context, page } = await opened();
  await page.check('#hints');
  let messages = 0;
  for (const [path, state] of compared) {
    const folder = statSync(path).isDirectory();
    const run = spawnSync(resolve(program), ['check', '--pedantic', '--message-format', 'json', folder ? '.' : path.split('/').at(-1)], { cwd: folder ? path : dirname(path), encoding: 'utf8', maxBuffer: 1 << 28 });
    const said = run.stdout.split('\n').filter(Boolean).map(JSON.parse).filter((one) => one.code);
    await page.evaluate((one) => window.playground.load(one), state);
    const here = (await shown(page)).map(({ start, end, ...one }) => one);
    const name = path.slice(cases.length + 1);
    hold(run.status !== null && run.status < 2, `${name}: the command ends with ${run.status}: ${run.stderr.slice(0, 200)}`);
    hold(sorted(here) === sorted(said), `${name}: the page says\n${JSON.stringify(here, null, 1).slice(0, 800)}\nand the command\n${JSON.stringify(said, null, 1).slice(0, 800)}`);
    hold((await page.locator('#messages li').count()) === Math.min(200, said.length), `${name}: not every message is listed`);
    messages += said.length;
  }
  hold(compared.length >= Math.min(100, Number(most)), `only ${compared.length} cases`);
  console.log(`${compared.length} cases with ${messages} messages compared with the command line`);
  await context.close();
}

// How fast.
{
  const firsts = [];
  for (let run = 0; run < 3; run += 1) {
    const { context, page } = await opened();
    firsts.push(await page.evaluate(() => window.playground.first));
    await context.close();
  }
  const { context, page } = await opened();
  await page.selectOption('#example', 'The reference model of 26 processes');
  await page.focus('#text');
  const strokes = [];
  for (const key of 'a process of its own'.split('')) {
    await page.keyboard.type(key);
    // Typing waits where checking takes long: what is measured is the check, from the text to the page.
    await page.waitForTimeout(30);
    strokes.push(await page.evaluate(() => { window.playground.check(); return window.playground.lasted; }));
  }
  const median = (list) => [...list].sort((one, other) => one - other)[Math.floor(list.length / 2)];
  const size = gzipSync(readFileSync(file), { level: 9 }).length;
  console.log(`first message after ${median(firsts).toFixed(0)} ms (${firsts.map((one) => one.toFixed(0)).join(', ')}); `
    + `a keystroke at 26 processes ${median(strokes).toFixed(0)} ms, at most ${Math.max(...strokes).toFixed(0)} ms; ${(size / 2 ** 20).toFixed(2)} MiB compressed`);
  hold(median(firsts) < 1000, 'the first message takes more than a second');
  hold(median(strokes) < 50, 'a keystroke takes more than 50 ms');
  hold(size < 2 ** 21, 'the page is larger than 2 MiB');
  await context.close();
}

// The parts, by keys alone.
{
  const { context, page } = await opened();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  hold(await page.evaluate(() => document.activeElement.id === 'text'), 'the first stop does not lead to the editor');
  await page.evaluate(() => window.playground.load({ files: { 'a.prm': 'process A.1 "Ä 😀" {\n  purpos "x"\n}\n' }, path: 'a.prm', open: 'a.prm' }));
  hold(/error/.test(await status(page)), `nothing is said of a slip: ${await status(page)}`);
  await page.focus('#text');
  await page.keyboard.press('F8');
  hold(await page.evaluate(() => { const { value, selectionStart, selectionEnd } = document.getElementById('text'); return value.slice(selectionStart, selectionEnd).startsWith('purpos'); }), 'F8 does not lead to the message');
  hold((await page.locator('#marks .error').first().textContent()).startsWith('purpos'), 'the slip is not marked');
  hold((await page.locator('#colours .keyword').first().textContent()) === 'process', 'words of the language have no colour');
  hold((await page.locator('#colours').textContent()).trimEnd() === (await page.inputValue('#text')).trimEnd(), 'the coloured text is another');
  const fix = page.locator('#messages button', { hasText: 'Write `purpose`' }).first();
  hold((await fix.count()) === 1, 'no quick fix is offered');
  await fix.press('Enter');
  hold((await page.inputValue('#text')).includes('  purpose "x"'), 'the fix is not made');
  await page.keyboard.press('Control+z');
  hold((await page.inputValue('#text')).includes('purpos "x"'), 'the fix cannot be undone');
  await page.selectOption('#example', 'The reference model of 26 processes');
  hold(/sound/.test(await status(page)), `of the reference model is said: ${await status(page)}`);
  await page.locator('[role=tab]').first().focus();
  await page.keyboard.press('ArrowRight');
  hold((await page.locator('#coverage tbody tr').count()) === 269, 'the coverage is not shown');
  hold((await page.locator('#coverage td:nth-child(3)').first().textContent()) === 'covered', 'a status is not shown');
  hold((await page.locator('#coverage td:nth-child(2)').first().textContent()) !== '', 'requirements have no titles');
  await page.keyboard.press('ArrowRight');
  await page.frameLocator('#map iframe').locator('svg').first().waitFor();
  await page.keyboard.press('ArrowRight');
  await page.frameLocator('#document iframe').locator('h1').first().waitFor();
  for (const output of await page.locator('#output option').evaluateAll((options) => options.map((option) => option.value))) {
    await page.selectOption('#output', output);
    // The reference model holds no assessment to report on, and no crosswalk: that is said.
    const made = /^assessment|mapping$/.test(output) ? '#output-shown p' : '#output-shown iframe, #output-shown pre';
    hold((await page.locator(made).count()) > 0, `no output ${output}: ${await page.locator('#output-shown').textContent()}`);
  }
  const saved = page.waitForEvent('download');
  await page.locator('#zip').press('Enter');
  const archive = await (await saved).path();
  const list = spawnSync('python3', ['-c', 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print("\\n".join(z.namelist()))', archive], { encoding: 'utf8' });
  hold(list.error || list.stdout.split('\n').includes('prm.toml'), `the archive cannot be read: ${list.stderr}`);
  await page.fill('#text', 'term "key" "what opens a lock"\n');
  await page.waitForFunction(() => location.hash.startsWith('#1'));
  await page.waitForTimeout(600);
  const hash = await page.evaluate(() => location.hash);
  await context.close();
  const again = await opened({}, hash);
  hold((await again.page.inputValue('#text')) === 'term "key" "what opens a lock"\n', 'a link does not bring its package');
  await again.context.close();
  const broken = await opened({}, '#1nonsense');
  hold(/cannot be read/.test(await status(broken.page)), `of a broken link is said: ${await status(broken.page)}`);
  await broken.context.close();
}

// Everybody: axe, in the light and in the dark, narrow and wide, with each part shown.
for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 1400]) {
    const { context, page } = await opened({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    await page.selectOption('#example', 'A model with holes');
    await page.evaluate(axe);
    for (const tab of ['messages', 'coverage', 'map', 'document']) {
      await page.click(`#tab-${tab}`);
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
      hold(wide <= width, `${tab} is ${wide} wide in a window of ${width}`);
      const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
      const found = await page.evaluate((tags) => axe.run({ runOnly: { type: 'tag', values: tags }, iframes: false }), values);
      for (const one of found.violations) faults.push(`${tab}, ${colorScheme}, ${width}: axe ${one.id}: ${one.nodes.length} × ${one.nodes[0].html.slice(0, 160)} (${one.nodes[0].failureSummary.slice(0, 200)})`);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${tab}-${colorScheme}-${width}.png` });
    }
    await context.close();
  }
}
await browser.close();
console.log(faults.length ? faults.join('\n') : 'nothing to say of the playground');
process.exit(faults.length ? 1 : 0);
