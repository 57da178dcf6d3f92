// Looks at pages in a browser: 8 combinations of light and dark, narrow and wide, with and without scripts. No message, no
// request, nothing that axe finds, nothing that makes the page scroll sideways; then the parts that answer to keys.
//
//   node tests/page/check.mjs FOLDER page.html…     FOLDER takes screenshots and a PDF of each page
//
// It wants `npm install playwright-core axe-core` somewhere above the current folder, and a chromium (or CHROMIUM).
// Where these are not to be had it says so, and is passed over.
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(`${process.cwd()}/`));
let playwright, axe;
try {
  playwright = require('playwright-core');
  axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
} catch {
  console.log('passed over: playwright-core and axe-core are not installed here');
  process.exit(0);
}
const browserPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
if (!browserPath) {
  console.log('passed over: no chromium; name one in CHROMIUM');
  process.exit(0);
}

const [folder, ...pages] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const faults = [];
const browser = await playwright.chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function opened(path, options, name) {
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const page = await context.newPage();
  const fault = (words) => faults.push(`${name}: ${words}`);
  page.on('console', (message) => fault(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => fault(`error: ${error.message}`));
  page.on('request', (request) => { if (!/^(file|data):/.test(request.url())) fault(`asks for ${request.url()}`); });
  await page.goto(pathToFileURL(resolve(path)).href);
  return { context, page, fault };
}

for (const path of pages) {
  const page_name = basename(path, '.html');
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1400]) {
      for (const javaScriptEnabled of [true, false]) {
        const name = `${page_name}-${colorScheme}-${width}-${javaScriptEnabled ? 'script' : 'plain'}`;
        const { context, page, fault } = await opened(path, { colorScheme, viewport: { width, height: 900 }, javaScriptEnabled }, name);
        // Between the two widths the contents come beside the text.
        for (const between of width === 360 ? [360, 700, 1110] : [1130, 1300, 1400]) {
          await page.setViewportSize({ width: between, height: 900 });
          const wide = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
          if (wide[0] > wide[1]) fault(`is ${wide[0]} wide in a window of ${wide[1]}`);
        }
        await page.setViewportSize({ width, height: 900 });
        if (javaScriptEnabled) {
          await page.evaluate(axe);
          const found = await page.evaluate((values) => axe.run({ runOnly: { type: 'tag', values } }), RULES);
          for (const one of found.violations) fault(`axe ${one.id}: ${one.nodes.length} × ${one.nodes[0].html.slice(0, 160)} (${one.nodes[0].failureSummary.slice(0, 200)})`);
        }
        await page.screenshot({ path: `${folder}/${name}.png` });
        await context.close();
      }
    }
  }
  const { context, page, fault } = await opened(path, { viewport: { width: 1400, height: 900 } }, page_name);
  const hold = async (what, does) => { if (!(await does())) fault(what); };
  await page.keyboard.press('Tab');
  await hold('the first stop is not the way to the text', () => page.evaluate(() => document.activeElement.className === 'skip'));
  // A word of the page, whatever its language.
  await page.fill('#search', (await page.locator('main p').first().innerText()).split(/\s+/)[0]);
  await hold('the search finds nothing', async () => (await page.locator('#finds a').count()) > 0);
  await page.locator('#finds a').first().press('Enter');
  await hold('what is found is not led to', () => page.evaluate(() => document.querySelector(':target') !== null));
  await page.fill('#search', '');
  for (const button of await page.locator('.matrix .fold button').all()) {
    const rows = () => button.evaluate((one) => [...one.closest('tbody').rows].filter((row) => !row.hidden).length);
    const before = await rows();
    await button.press('Enter');
    await hold('a clause does not fold', async () => (await rows()) === 1 && (await button.getAttribute('aria-expanded')) === 'false');
    await button.press('Enter');
    await hold('a clause does not unfold', async () => (await rows()) === before);
    break;
  }
  const sort = page.locator('.matrix thead button').first();
  if (await sort.count()) {
    await sort.press('Enter');
    await hold('a column does not sort', () => sort.evaluate((one) => {
      const column = one.closest('th').cellIndex;
      const marks = (body) => [...body.rows].slice(1).map((row) => Boolean(row.cells[column].textContent.trim()));
      return one.closest('th').getAttribute('aria-sort') === 'descending'
        && [...one.closest('table').tBodies].every((body) => !marks(body).join().includes('false,true'));
    }));
    await sort.press('Enter');
    const frame = page.locator('.matrix').first();
    const stays = await frame.evaluate((one) => {
      one.scrollTo(300, 300);
      const at = (node) => node.getBoundingClientRect();
      const head = one.querySelector('thead th:first-child');
      return Math.abs(at(head).top - at(one).top) < 4 && Math.abs(at(head).left - at(one).left) < 4;
    });
    if (!stays) fault('the head of the matrix scrolls away');
  }
  const gaps = page.locator('button[data-gaps]').first();
  if (await gaps.count()) {
    const shown = () => page.evaluate(() => [...document.querySelectorAll('.rows [data-status]')].filter((one) => one.offsetParent).map((one) => one.dataset.status));
    await gaps.press('Enter');
    await hold('more than gaps is shown', async () => (await shown()).every((status) => ['uncovered', 'partial'].includes(status)));
    await gaps.press('Enter');
    const first = page.locator('.rows summary').first();
    await first.press('Enter');
    await hold('no proof is shown', () => first.evaluate((one) => one.parentElement.open && one.parentElement.querySelector('li').offsetHeight > 0));
  }
  const drawing = page.locator('.drawing').first();
  if (await drawing.count()) {
    const width = () => drawing.evaluate((one) => one.querySelector('svg').getBoundingClientRect().width);
    const before = await width();
    await drawing.press('+');
    await hold('plus does not zoom', async () => (await width()) > before);
    await drawing.press('0');
    await hold('0 does not fit', async () => Math.abs((await width()) - before) < 1);
    await page.locator('#more-map button[data-zoom="0.8"]').click();
    await hold('the button does not zoom', async () => (await width()) < before);
  }
  const drawn = page.locator('details.drawn').nth(1);
  if (await drawn.count()) {
    await drawn.locator('summary').press('Enter');
    const width = () => drawn.evaluate((one) => one.querySelector('svg').getBoundingClientRect().width);
    const before = await width();
    await hold('a part of the trace does not open', async () => before > 100);
    await drawn.locator('.drawing').press('+');
    await hold('plus does not zoom a part of the trace', async () => (await width()) > before);
    const styles = await drawn.evaluate((one) => getComputedStyle(one.querySelector('rect.box')).stroke);
    if (styles === 'none') fault('a part of the trace has no styles');
  }
  const layer = page.locator('input[data-layer]').first();
  if (await layer.count()) {
    await layer.press('Space');
    const value = await layer.getAttribute('value');
    await hold('a layer does not go', () => page.evaluate((of) => [...document.querySelectorAll('tr[data-of]')]
      .every((row) => (row.offsetParent === null) === (row.dataset.of === of)), value));
  }
  await context.close();
  const printed = await opened(path, {}, page_name);
  await printed.page.pdf({ path: `${folder}/${page_name}.pdf`, preferCSSPageSize: true, tagged: true, outline: true });
  await printed.context.close();
}
await browser.close();
console.log(faults.length ? faults.join('\n') : `nothing to say of ${pages.length} pages`);
process.exit(faults.length ? 1 : 0);
