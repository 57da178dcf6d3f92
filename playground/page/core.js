// The compiler, and what is packed and unpacked: nothing here knows the page.

/** The bytes of base64, with the letters of links too. */
function unbase64(text) {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

/** Bytes as base64 for links. */
function base64(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** Bytes that went through a stream; more than `most` are refused. */
async function through(stream, bytes, most) {
  const parts = [];
  let length = 0;
  for (const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    length += value.length;
    if (length > most) throw new Error('it is too large');
    parts.push(value);
  }
}

/** What a link says of a package, and back. */
async function linked(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  return `#1${base64(await through(new CompressionStream('deflate-raw'), bytes, Infinity))}`;
}

async function unlinked(hash) {
  const bytes = await through(new DecompressionStream('deflate-raw'), unbase64(hash.slice(2)), 8 << 20);
  const { files, path, open } = JSON.parse(new TextDecoder().decode(bytes));
  const texts = Object.entries(files).every(([name, text]) => name && typeof text === 'string');
  if (!texts || typeof path !== 'string' || !Object.hasOwn(files, open)) throw new Error('it holds no package');
  return { files: { ...files }, path, open };
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The sum over bytes by which archives are checked. */
function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) sum = (sum >>> 8) ^ CRC[(sum ^ byte) & 0xff];
  return ~sum >>> 0;
}

/** A zip archive of texts, as they are: packing them would not make them much smaller. */
function zip(files) {
  const encoder = new TextEncoder();
  const parts = [];
  const directory = [];
  let at = 0;
  const header = (signature, fields) => {
    const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, size]) => sum + size, 4)));
    view.setUint32(0, signature, true);
    let place = 4;
    for (const [value, size] of fields) {
      if (size === 2) view.setUint16(place, value, true); else view.setUint32(place, value, true);
      place += size;
    }
    return new Uint8Array(view.buffer);
  };
  for (const [path, text] of Object.entries(files)) {
    const name = encoder.encode(path);
    const bytes = encoder.encode(text);
    // Names are UTF-8; the date is the first that there is, so that the same files give the same archive.
    const common = [[20, 2], [0x800, 2], [0, 2], [0, 2], [0x21, 2], [crc32(bytes), 4], [bytes.length, 4], [bytes.length, 4], [name.length, 2], [0, 2]];
    const local = header(0x04034b50, common);
    directory.push(header(0x02014b50, [[20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]]), name);
    parts.push(local, name, bytes);
    at += local.length + name.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = directory.length / 2;
  const end = header(0x06054b50, [[0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [at, 4], [0, 2]]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}

/** The compiler: its functions take and give what JSON can say. */
async function compiler(packed) {
  const bytes = await through(new DecompressionStream('gzip'), unbase64(packed), 64 << 20);
  const module = await WebAssembly.compile(bytes);
  const start = () => new WebAssembly.Instance(module).exports;
  let exports = start();
  const ask = (what, request) => {
    const asked = new TextEncoder().encode(JSON.stringify(request));
    try {
      const place = exports.alloc(asked.length);
      new Uint8Array(exports.memory.buffer, place, asked.length).set(asked);
      const answer = BigInt.asUintN(64, exports[what](place, asked.length));
      const [from, length] = [Number(answer >> 32n), Number(answer & 0xffffffffn)];
      const said = new TextDecoder().decode(new Uint8Array(exports.memory.buffer, from, length));
      exports.free(from, length);
      return JSON.parse(said);
    } catch (error) {
      // What stopped within is in no state to go on.
      exports = start();
      return { problem: `the compiler stopped, which is a fault of it: ${error.message}` };
    }
  };
  return Object.fromEntries(['check', 'build', 'format', 'about'].map((what) => [what, (request) => ask(what, request)]));
}

/** Turns lines and columns, from 1 and in characters, into places of a script's text. */
function places(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (line, column) => {
    let at = starts[Math.min(line, starts.length) - 1];
    for (let left = column - 1; left > 0 && at < text.length; left -= 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
    return at;
  };
}
