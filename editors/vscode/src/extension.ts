// The extension: starts `prm lsp` for .prm files, and shows what `prm` reports of their package.

import { execFile } from "node:child_process";
import * as vscode from "vscode";
import { LanguageClient, type ServerOptions } from "vscode-languageclient/node";

import { coverageAsMarkdown } from "./coverage";

const SCHEME = "prm-report";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const reports = new Reports();
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, reports),
    vscode.commands.registerCommand("prm.showCoverage", () => show(reports, "coverage")),
    vscode.commands.registerCommand("prm.showDocument", () => show(reports, "document")),
    vscode.commands.registerCommand("prm.restart", restart),
    vscode.workspace.onDidSaveTextDocument(document => {
      if (document.languageId === "prm" || document.fileName.endsWith("prm.toml")) reports.renew();
    }),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration("prm.path")) void restart();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(): Promise<void> {
  const run: ServerOptions = { command: program(), args: ["lsp"] };
  client = new LanguageClient("prm", "Process reference models", run, {
    documentSelector: [{ scheme: "file", language: "prm" }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/{*.prm,prm.toml}") },
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

/** Says that the program is not to be had, and leads to the setting. */
async function complain(what: string): Promise<void> {
  const set = "Set the Path";
  const chosen = await vscode.window.showErrorMessage(
    `${what} Install \`prm\`, or set \`prm.path\` to where it is.`,
    set,
  );
  if (chosen === set) await vscode.commands.executeCommand("workbench.action.openSettings", "prm.path");
}

type Report = "coverage" | "document";

async function show(reports: Reports, report: Report): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "prm" || document.uri.scheme !== "file") {
    await vscode.window.showInformationMessage("Open a .prm file first: the report is about its package.");
    return;
  }
  // The program reads the disk.
  await vscode.workspace.saveAll(false);
  const path = await packageOf(document.uri);
  const name = path.path.split("/").pop() ?? "model";
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name} ${report}.md`, query: `${report} ${path.fsPath}` });
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

/** The reports that are open, as Markdown; renewed whenever a file of a model is saved. */
class Reports implements vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly uris = new Map<string, vscode.Uri>();
  readonly onDidChange = this.changed.event;

  open(uri: vscode.Uri): void {
    this.uris.set(uri.toString(), uri);
    this.changed.fire(uri);
  }

  renew(): void {
    for (const uri of this.uris.values()) this.changed.fire(uri);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const space = uri.query.indexOf(" ");
    const [report, path] = [uri.query.slice(0, space), uri.query.slice(space + 1)];
    const result = report === "coverage"
      ? await run(["coverage", path, "--format", "json", "--message-format", "short"])
      : await run(["build", path, "--format", "markdown", "--message-format", "short"]);
    if (result.output === "") return `# No ${report}\n\n\`\`\`text\n${result.messages}\n\`\`\`\n`;
    return report === "coverage" ? coverageAsMarkdown(result.output) : result.output;
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
