// The server in its worker: what came is given to the compiler, turn by turn, and what it says is sent on.

/** Files by their paths: texts, or bytes; nothing for those that are gone. */
export type Files = Record<string, string | number[] | null>;

/** What the compiler offers. */
interface Compiler {
  memory: WebAssembly.Memory;
  alloc(length: number): number;
  free(place: number, length: number): void;
  turn(place: number, length: number): bigint;
}

interface Answer {
  messages?: object[];
  next?: number | null;
  standard?: Record<string, string>;
  problem?: string;
}

let compiler: Compiler | undefined;
let files: Files = {};
let messages: object[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

self.onmessage = ({ data }: MessageEvent<{ module?: BufferSource; files?: Files }>) => {
  if (data.files !== undefined) Object.assign(files, data.files);
  else messages.push(data);
  if (data.module !== undefined) void begin(data.module);
  // What came at once is taken together: a request that is cancelled at once is not begun.
  rest(0);
};

async function begin(module: BufferSource): Promise<void> {
  const { instance } = await WebAssembly.instantiate(module);
  compiler = instance.exports as unknown as Compiler;
  rest(0);
}

/** Takes the next turn after so many milliseconds. */
function rest(time: number): void {
  clearTimeout(timer);
  if (compiler !== undefined) timer = setTimeout(turn, time, compiler);
}

function turn(compiler: Compiler): void {
  const request = { now: Math.floor(performance.now()), files, messages };
  [files, messages] = [{}, []];
  let answer: Answer;
  try {
    answer = ask(compiler, request);
  } catch (error) {
    // What stopped within is in no state to go on.
    const message = `The language server stopped, which is a fault of it (${String(error)}). “Restart Language Server” begins anew.`;
    postMessage({ jsonrpc: "2.0", method: "window/showMessage", params: { type: 1, message } });
    self.onmessage = null;
    return;
  }
  if (answer.standard !== undefined) postMessage({ jsonrpc: "2.0", method: "prm/standard", params: answer.standard });
  for (const message of answer.messages ?? []) postMessage({ jsonrpc: "2.0", ...message });
  if (answer.problem !== undefined) console.error(answer.problem);
  // Timers of browsers count no further than this.
  if (typeof answer.next === "number") rest(Math.min(answer.next + 1, 2 ** 31 - 1));
}

function ask(compiler: Compiler, request: object): Answer {
  const asked = new TextEncoder().encode(JSON.stringify(request));
  const place = compiler.alloc(asked.length);
  new Uint8Array(compiler.memory.buffer, place, asked.length).set(asked);
  const answer = BigInt.asUintN(64, compiler.turn(place, asked.length));
  const [from, length] = [Number(answer >> 32n), Number(answer & 0xffffffffn)];
  const said = new TextDecoder().decode(new Uint8Array(compiler.memory.buffer, from, length));
  compiler.free(from, length);
  return JSON.parse(said) as Answer;
}
