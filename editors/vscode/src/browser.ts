// In a browser: the server is the compiler as WebAssembly, in a worker (`server.ts`). It reads no files; it is given them.

import * as vscode from "vscode";
import { LanguageClient, type BaseLanguageClient, type LanguageClientOptions } from "vscode-languageclient/browser";

import { begin, type Host } from "./extension";
import type { Files } from "./server";

export { deactivate } from "./extension";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const addresses = new Addresses();
  const standard = new Standard();
  context.subscriptions.push(vscode.workspace.registerTextDocumentContentProvider(STANDARD, standard));
  await begin(context, new Browser(context, addresses, standard));
}

/** What a package is made of: sources, its manifest and lock file, and the pictures in texts. */
const FILES = "**/*.{prm,toml,lock,svg,png,jpg,jpeg}";
const IS_FILE = /(\.prm|^prm\.toml|^prm\.lock|\.svg|\.png|\.jpe?g)$/;
/** What tools put into folders, and what is hidden, is passed over. */
const IS_PASSED_OVER = /^(\.|node_modules$|target$)/;
/** More folders are not looked at, and no larger files read. */
const MOST_FOLDERS = 5_000;
const MOST_BYTES = 4 << 20;

/** The scheme of the files of the standard library, which come with the server, and their folder there. */
const STANDARD = "prm-standard";
const STANDARD_FOLDER = "/prm-standard";

class Browser implements Host {
  readonly selector = [{ language: "prm" }, { pattern: "**/prm.toml" }];
  readonly settings: string[] = [];
  private worker: Worker | undefined;
  private listening: vscode.Disposable[] = [];

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly addresses: Addresses,
    private readonly standard: Standard,
  ) {
    context.subscriptions.push({ dispose: () => this.end() });
  }

  async start(options: LanguageClientOptions): Promise<BaseLanguageClient | undefined> {
    this.end();
    let module: Uint8Array;
    let script: Uint8Array;
    try {
      [module, script] = await Promise.all([this.part("server/server.wasm"), this.part("dist/server.js")]);
    } catch {
      await vscode.window.showErrorMessage("This package of the extension has no language server for browsers.");
      return undefined;
    }
    // A script by its text: where the extension comes from another place than the page, its address cannot be a worker's.
    const address = URL.createObjectURL(new Blob([script as BlobPart], { type: "text/javascript" }));
    const worker = (this.worker = new Worker(address));
    this.listening.push({ dispose: () => URL.revokeObjectURL(address) });
    worker.postMessage({ module, files: await this.all() });
    const client = new LanguageClient("prm", "Process reference models", {
      ...options,
      uriConverters: { code2Protocol: uri => this.addresses.given(uri), protocol2Code: uri => this.addresses.meant(uri) },
    }, worker);
    this.listening.push(client.onNotification("prm/standard", (files: Record<string, string>) => this.standard.know(files)));
    await client.start();
    this.watch(client);
    return client;
  }

  private end(): void {
    this.worker?.terminate();
    this.listening.splice(0).forEach(one => one.dispose());
  }

  private part(path: string): Thenable<Uint8Array> {
    return vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.context.extensionUri, path));
  }

  /** All files of the folders that are open. */
  private async all(): Promise<Files> {
    return this.read(await below((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)));
  }

  /** The files as they are now. */
  private async read(uris: vscode.Uri[]): Promise<Files> {
    const files: Files = {};
    await Promise.all(uris.map(async uri => {
      files[this.addresses.path(uri)] = await vscode.workspace.fs.readFile(uri).then(content, () => null);
    }));
    return files;
  }

  /** Gives the server what changes, and says so. */
  private watch(client: LanguageClient): void {
    const tell = async (uris: vscode.Uri[]): Promise<void> => {
      this.worker?.postMessage({ files: await this.read(uris) });
      const changes = uris.map(uri => ({ uri: this.addresses.given(uri), type: 2 }));
      await client.sendNotification("workspace/didChangeWatchedFiles", { changes });
    };
    const watcher = vscode.workspace.createFileSystemWatcher(FILES);
    const told = (uri: vscode.Uri): void => {
      if (IS_FILE.test(uri.path.split("/").pop() ?? "")) void tell([uri]);
    };
    this.listening.push(watcher, watcher.onDidCreate(told), watcher.onDidChange(told), watcher.onDidDelete(told));
    this.listening.push(vscode.workspace.onDidChangeWorkspaceFolders(async ({ added }) => {
      if (added.length > 0) await tell(await below(added.map(({ uri }) => uri)));
    }));
  }
}

/** The files of packages in some folders and below them. Not every kind of file system can be searched; each can be listed. */
async function below(folders: vscode.Uri[]): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const todo = [...folders];
  for (let looked = 0; looked < MOST_FOLDERS; looked += 1) {
    const folder = todo.shift();
    if (folder === undefined) break;
    const entries = await vscode.workspace.fs.readDirectory(folder).then(all => all, () => []);
    for (const [name, kind] of entries) {
      const uri = vscode.Uri.joinPath(folder, name);
      if (kind === vscode.FileType.Directory && !IS_PASSED_OVER.test(name)) todo.push(uri);
      if (kind === vscode.FileType.File && IS_FILE.test(name)) found.push(uri);
    }
  }
  return found;
}

/** A text as a text, anything else as its bytes; nothing of what is too large. */
function content(bytes: Uint8Array): Files[string] {
  if (bytes.length > MOST_BYTES) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return [...bytes];
  }
}

/** Addresses of the editor, of whatever kind, as the server knows them: as files, below a folder for each kind. */
class Addresses {
  private readonly kinds: { scheme: string; authority: string }[] = [];

  /** The path of a file. */
  path(uri: vscode.Uri): string {
    if (uri.scheme === STANDARD) return STANDARD_FOLDER + uri.path;
    const { scheme, authority } = uri;
    let kind = this.kinds.findIndex(known => known.scheme === scheme && known.authority === authority);
    if (kind < 0) kind = this.kinds.push({ scheme, authority }) - 1;
    return `/${kind}${uri.path}`;
  }

  /** What the server is given. */
  given(uri: vscode.Uri): string {
    return uri.scheme === "untitled" ? uri.toString() : vscode.Uri.from({ scheme: "file", path: this.path(uri) }).toString();
  }

  /** What the server means. */
  meant(address: string): vscode.Uri {
    const uri = vscode.Uri.parse(address);
    if (uri.scheme !== "file") return uri;
    if (uri.path.startsWith(`${STANDARD_FOLDER}/`)) {
      return vscode.Uri.from({ scheme: STANDARD, path: uri.path.slice(STANDARD_FOLDER.length) });
    }
    const [, kind, path] = /^\/(\d+)(\/.*)?$/.exec(uri.path) ?? [];
    const known = this.kinds[Number(kind)];
    return known === undefined ? uri : vscode.Uri.from({ ...known, path: path ?? "/" });
  }
}

/** The files of the standard library, to be looked at. */
class Standard implements vscode.TextDocumentContentProvider {
  private files: Record<string, string> = {};

  know(files: Record<string, string>): void {
    this.files = files;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.files[STANDARD_FOLDER + uri.path] ?? "";
  }
}
