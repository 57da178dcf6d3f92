// Puts the page together: `node playground/page.mjs MODULE.wasm PAGE.html`. Everything stands in the one file, since a page
// that is opened from a disk may load nothing.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const [module, page] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const part = (name) => readFileSync(join(here, 'page', name), 'utf8');

/** A package of the repository: its sources and manifests. Lock files are longer than what they judge. */
function example(root, path = '') {
  const whole = join(here, '..', root);
  if (root.endsWith('.prm')) {
    const name = root.split('/').at(-1);
    return { files: { [name]: readFileSync(whole, 'utf8') }, path: name, open: name };
  }
  const names = readdirSync(whole, { recursive: true })
    .filter((name) => /(\.prm|prm\.toml)$/.test(name) && statSync(join(whole, name)).isFile())
    .map((name) => relative('.', name).split(sep).join('/'))
    .sort();
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(whole, name), 'utf8')]));
  const sources = names.filter((name) => name.startsWith(path) && name.endsWith('.prm'));
  return { files, path, open: sources.find((name) => name.endsWith('model.prm')) ?? sources[0] };
}

const examples = {
  'A first model': example('examples/first.prm'),
  'A model with holes': example('examples/holes.prm'),
  'Two worlds': example('examples/two-worlds.prm'),
  'A canteen': example('examples/pipeline'),
  'Rules of a house': example('examples/rules'),
  'Two processes on the reference model': example('examples/acme'),
  'An assessment model': example('examples/assessment'),
  'A group, a subsidiary, a unit': example('examples/meridian', 'unit'),
  'The reference model of 26 processes': example('stdlib/iso33052'),
};

const script = `'use strict';\n${part('core.js')}${part('app.js')}`;
const packed = gzipSync(readFileSync(module), { level: 9 });
const values = {
  HASH: createHash('sha256').update(script).digest('base64'),
  STYLE: part('page.css'),
  // No text may close the element that it stands in.
  EXAMPLES: JSON.stringify(examples).replace(/</g, '\\u003c'),
  WASM: packed.toString('base64'),
  SCRIPT: script,
};
const html = part('page.html').replace(/@([A-Z]+)@/g, (mark, name) => values[name] ?? mark);
writeFileSync(page, html);
const mib = (bytes) => `${(bytes / 2 ** 20).toFixed(2)} MiB`;
console.log(`${page}: ${mib(Buffer.byteLength(html))}, compressed ${mib(gzipSync(html, { level: 9 }).length)}; `
  + `the module ${mib(statSync(module).size)}, compressed ${mib(packed.length)}`);
