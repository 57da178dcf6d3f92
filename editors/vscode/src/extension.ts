// The extension: starts `prm lsp` for models, and shows what it and `prm` report of their package.

import { execFile } from "node:child_process";
import * as vscode from "vscode";
import { LanguageClient, type Location, type Position, type ServerOptions, type WorkspaceEdit } from "vscode-languageclient/node";

import { coverageAsMarkdown, type Coverage } from "./coverage";

const SCHEME = "prm-report";

let client: LanguageClient | undefined;

/** The model that was looked at last: reports are about its package, also while one of them has the focus. */
let last: vscode.TextDocument | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const reports = new Reports();
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, reports),
    vscode.commands.registerCommand("prm.showCoverage", () => show(reports, "coverage")),
    vscode.commands.registerCommand("prm.showDocument", () => show(reports, "document")),
    vscode.commands.registerCommand("prm.explain", explain),
    vscode.commands.registerCommand("prm.showReferences", showReferences),
    vscode.commands.registerCommand("prm.acceptLink", acceptLink),
    vscode.commands.registerCommand("prm.restart", restart),
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.languages.onDidChangeDiagnostics(() => reports.renew("coverage")),
    vscode.workspace.onDidSaveTextDocument(document => {
      if (document.languageId === "prm" || document.fileName.endsWith("prm.toml")) reports.renew("document");
    }),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration("prm.path")) void restart();
    }),
  );
  look(vscode.window.activeTextEditor);
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** Remembers the model that is looked at. */
function look(editor: vscode.TextEditor | undefined): void {
  if (editor?.document.languageId !== "prm") return;
  last = editor.document;
  void vscode.commands.executeCommand("setContext", "prm.hasModel", true);
}

async function start(): Promise<void> {
  const run: ServerOptions = { command: program(), args: ["lsp"] };
  const settings = vscode.workspace.getConfiguration("prm");
  client = new LanguageClient("prm", "Process reference models", run, {
    documentSelector: [{ scheme: "file", language: "prm" }, { scheme: "untitled", language: "prm" }],
    synchronize: {
      configurationSection: "prm",
      fileEvents: vscode.workspace.createFileSystemWatcher("**/{*.prm,prm.toml,*.lock}"),
    },
    initializationOptions: {
      showReferences: true,
      acceptLink: true,
      pedantic: settings.get<boolean>("pedantic", false),
      lenses: settings.get<boolean>("lenses", true),
      hints: settings.get<boolean>("hints", true),
    },
    middleware: {
      // The pages of the codes come with the program: they are there without a network.
      handleDiagnostics: (uri, diagnostics, next) => {
        for (const { code } of diagnostics) {
          if (typeof code === "object" && "target" in code) code.target = page(String(code.value));
        }
        next(uri, diagnostics);
      },
    },
  });
  try {
    await client.start();
  } catch {
    client = undefined;
    await complain(`The language server \`${program()} lsp\` could not be started.`);
  }
}

async function restart(): Promise<void> {
  await client?.stop().catch(() => undefined);
  await start();
}

/** The program, as the settings name it. */
function program(): string {
  return vscode.workspace.getConfiguration("prm").get<string>("path") || "prm";
}

let hasComplained = false;

/** Says once that the program is not to be had, and leads to the setting. */
async function complain(what: string): Promise<void> {
  if (hasComplained) return;
  hasComplained = true;
  const set = "Set the Path";
  const chosen = await vscode.window.showErrorMessage(
    `${what} Install \`prm\`, or set \`prm.path\` to where it is.`,
    set,
  );
  hasComplained = false;
  if (chosen === set) await vscode.commands.executeCommand("workbench.action.openSettings", "prm.path");
}

/** What a lens leads to. */
async function showReferences(uri: string, position: Position, locations: Location[]): Promise<void> {
  if (client === undefined) return;
  const { protocol2CodeConverter: from } = client;
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    from.asPosition(position),
    locations.map(location => from.asLocation(location)),
  );
}

/** Asks why a link still holds, and accepts it with that reason. */
async function acceptLink(uri: string, link: string): Promise<void> {
  if (client === undefined) return;
  const because = await vscode.window.showInputBox({
    title: `Accept ${link}`,
    prompt: "Why does the link hold? The reason is kept in prm.lock.",
    validateInput: reason => (/\p{L}/u.test(reason) ? undefined : "Say in a sentence why the link holds."),
  });
  if (because === undefined) return;
  try {
    const edit = await client.sendRequest<WorkspaceEdit>("prm/acceptLink", { textDocument: { uri }, link, because });
    await vscode.workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(edit));
  } catch (error) {
    await vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}

/** Explains the code of the diagnostic at the cursor, or one that is asked for. */
async function explain(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const line = editor?.selection.active.line;
  const here = editor === undefined ? [] : vscode.languages.getDiagnostics(editor.document.uri);
  const found = here.filter(one => one.source === "prm" && one.range.start.line <= line! && line! <= one.range.end.line);
  const codes = found.map(({ code }) => String(typeof code === "object" ? code.value : code));
  const code = codes.length === 1
    ? codes[0]
    : codes.length > 1
      ? await vscode.window.showQuickPick([...new Set(codes)], { title: "Which code?" })
      : await vscode.window.showInputBox({ title: "Explain a code", placeHolder: "P301" });
  if (code !== undefined && code !== "") await vscode.commands.executeCommand("markdown.showPreviewToSide", page(code));
}

type Report = "coverage" | "document" | "explain";

/** The page of a code. */
function page(code: string): vscode.Uri {
  return report(code, "explain", code);
}

function report(name: string, kind: Report, subject: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md`, query: `${kind} ${subject}` });
}

async function show(reports: Reports, kind: "coverage" | "document"): Promise<void> {
  const document = last;
  if (document === undefined) {
    await vscode.window.showInformationMessage("Open a .prm file first: the report is about its package.");
    return;
  }
  let subject = document.uri.toString();
  if (kind === "document") {
    // The program reads the disk: what is shown is what has been saved.
    if (document.isUntitled) {
      await vscode.window.showInformationMessage("Save the model first: the document is made of what is on the disk.");
      return;
    }
    subject = (await packageOf(document.uri)).fsPath;
  }
  const name = document.uri.path.split("/").pop() ?? "model";
  const uri = report(`${name} ${kind}`, kind, subject);
  reports.open(uri);
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
}

/** The nearest folder above a file that has a manifest, within the workspace; without one, the file itself. */
async function packageOf(file: vscode.Uri): Promise<vscode.Uri> {
  const workspace = vscode.workspace.getWorkspaceFolder(file)?.uri.path ?? "";
  for (let folder = vscode.Uri.joinPath(file, ".."); ; folder = vscode.Uri.joinPath(folder, "..")) {
    const manifest = vscode.Uri.joinPath(folder, "prm.toml");
    if (await vscode.workspace.fs.stat(manifest).then(() => true, () => false)) return folder;
    if (folder.path === "/" || folder.path.length <= workspace.length) return file;
  }
}

/** The reports that are open, as Markdown. */
class Reports implements vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly uris = new Map<string, vscode.Uri>();
  readonly onDidChange = this.changed.event;

  open(uri: vscode.Uri): void {
    this.uris.set(uri.toString(), uri);
    this.changed.fire(uri);
  }

  /** Makes the reports of a kind anew. */
  renew(kind: Report): void {
    for (const uri of this.uris.values()) if (uri.query.startsWith(`${kind} `)) this.changed.fire(uri);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const space = uri.query.indexOf(" ");
    const [kind, subject] = [uri.query.slice(0, space) as Report, uri.query.slice(space + 1)];
    if (kind === "coverage") {
      const params = { textDocument: { uri: subject } };
      const coverage = await client?.sendRequest<Coverage | null>("prm/coverage", params).catch(() => null);
      return coverage ? coverageAsMarkdown(coverage) : "# No coverage\n\nThe package has no model, or is not compiled yet.\n";
    }
    const what = kind === "explain" ? ["explain", subject] : ["build", subject, "--format", "markdown", "--message-format", "short"];
    const result = await run(what);
    return result.output === "" ? `# No ${kind}\n\n\`\`\`text\n${result.messages}\n\`\`\`\n` : result.output;
  }
}

/** Runs the program. Exit code 1 means that the model has errors; what it prints is shown all the same. */
function run(args: string[]): Promise<{ output: string; messages: string }> {
  return new Promise(resolve => {
    execFile(program(), args, { maxBuffer: 1 << 28 }, (error, output, messages) => {
      if (error?.code === "ENOENT") void complain(`There is no program \`${program()}\`.`);
      resolve({ output, messages: messages || (error?.message ?? "") });
    });
  });
}
