// The extension: a language server for models and manifests, and what it tells of them beside the protocol. Where the server runs is
// the business of `desktop.ts` and `browser.ts`.

import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions, Location, Position, WorkspaceEdit } from "vscode-languageclient";

import { coverageAsMarkdown, type Coverage } from "./coverage";
import { Pictures, type Shown } from "./picture";
import { State } from "./state";
import { showUncovered } from "./uncovered";

const SCHEME = "prm-report";

/** Where the server runs. */
export interface Host {
  /** The files that it is asked about. */
  readonly selector: LanguageClientOptions["documentSelector"];
  /** The settings that choose it: where they change, it is started anew. */
  readonly settings: string[];
  /** A server that has been started; nothing where there is none, which is said then. */
  start(options: LanguageClientOptions): Promise<BaseLanguageClient | undefined>;
}

let client: BaseLanguageClient | undefined;
const running = (): BaseLanguageClient | undefined => client;

/** Begins with a server of some host. */
export async function begin(context: vscode.ExtensionContext, host: Host): Promise<void> {
  const state = new State(running);
  const reports = new Reports();
  const pictures = new Pictures(state, running);
  context.subscriptions.push(
    state,
    pictures,
    showUncovered(state, running),
    state.onDidChange(() => reports.renew()),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, reports),
    vscode.commands.registerCommand("prm.newModel", newModel),
    vscode.commands.registerCommand("prm.showCoverage", () => show(state, reports, "coverage")),
    vscode.commands.registerCommand("prm.showDocument", () => show(state, reports, "document")),
    vscode.commands.registerCommand("prm.showMap", () => pictures.show("map")),
    vscode.commands.registerCommand("prm.showTrace", () => pictures.show("trace")),
    vscode.commands.registerCommand("prm.explain", explain),
    vscode.commands.registerCommand("prm.showReferences", showReferences),
    vscode.commands.registerCommand("prm.acceptLink", acceptLink),
    vscode.commands.registerCommand("prm.restart", () => restart(host, state)),
    vscode.window.onDidChangeActiveTextEditor(editor => state.look(editor?.document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (["prm", "toml"].includes(document.uri.path.split(".").pop() ?? "") || document.languageId === "prm") state.renew();
    }),
    vscode.workspace.onDidSaveTextDocument(() => state.renew()),
    vscode.languages.onDidChangeDiagnostics(() => state.renew()),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (host.settings.some(setting => event.affectsConfiguration(setting))) void restart(host, state);
    }),
  );
  await start(host);
  state.look(vscode.window.activeTextEditor?.document);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(host: Host): Promise<void> {
  const settings = vscode.workspace.getConfiguration("prm");
  client = await host.start({
    documentSelector: host.selector,
    synchronize: { configurationSection: "prm" },
    initializationOptions: {
      showReferences: true,
      acceptLink: true,
      pedantic: settings.get<boolean>("pedantic", false),
      lenses: settings.get<boolean>("lenses", true),
      hints: settings.get<boolean>("hints", true),
    },
    middleware: {
      // The pages of the codes come with the server: they are there without a network.
      handleDiagnostics: (uri, diagnostics, next) => {
        for (const { code } of diagnostics) {
          if (typeof code === "object" && "target" in code) code.target = page(String(code.value));
        }
        next(uri, diagnostics);
      },
    },
  });
  await vscode.commands.executeCommand("setContext", "prm.isRunning", client !== undefined);
}

async function restart(host: Host, state: State): Promise<void> {
  await client?.stop().catch(() => undefined);
  client = undefined;
  await start(host);
  state.renew(0);
}

/** A model to begin with, which has not been saved yet. */
async function newModel(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "prm", content: "" });
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(new vscode.SnippetString(BEGINNING));
}

const BEGINNING = `use iso27001-2022

model \${1:keys} "\${2:Keys}" {
  domain "\${3:Where it is used}"
  covers iso27001-2022:\${4:A.7}
}

process \${5:K.1} "\${6:Key care}" {
  purpose "The purpose of the \${7:key care} process is to \${8:keep every key in known hands}."
  outcome 1 "\${9:Keys are listed with their holders.}"
    $0
}
`;

/** What a lens leads to. */
async function showReferences(uri: string, position: Position, locations: Location[]): Promise<void> {
  if (client === undefined) return;
  const { protocol2CodeConverter: from } = client;
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    from.asUri(uri),
    from.asPosition(position),
    locations.map(location => from.asLocation(location)),
  );
}

/** Asks why a claim still holds, and accepts it with that reason. */
async function acceptLink(uri: string, link: string): Promise<void> {
  if (client === undefined) return;
  const because = await vscode.window.showInputBox({
    title: `Accept ${link}`,
    prompt: "Why does it hold? The reason is kept in prm.lock.",
    validateInput: reason => (/\p{L}/u.test(reason) ? undefined : "Say in a sentence why it holds."),
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

async function show(state: State, reports: Reports, kind: "coverage" | "document"): Promise<void> {
  const { document } = state;
  if (document === undefined) {
    await vscode.window.showInformationMessage("Open a .prm file first: the report is about its package.");
    return;
  }
  const name = document.uri.path.split("/").pop() ?? "model";
  const uri = report(`${name} ${kind}`, kind, document.uri.toString());
  reports.open(uri);
  await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
}

/** The reports that are open, as Markdown. */
class Reports implements vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** The last text of each: it stays while the model cannot be shown. */
  private readonly pages = new Map<string, { uri: vscode.Uri; last: string }>();
  readonly onDidChange = this.changed.event;

  open(uri: vscode.Uri): void {
    this.pages.set(uri.toString(), { uri, last: "" });
    this.changed.fire(uri);
  }

  /** Makes the reports anew. */
  renew(): void {
    for (const { uri } of this.pages.values()) this.changed.fire(uri);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const space = uri.query.indexOf(" ");
    const [kind, subject] = [uri.query.slice(0, space) as Report, uri.query.slice(space + 1)];
    if (kind === "explain") {
      return ask<{ text: string }>("prm/explain", { word: subject }, ({ text }) => text).catch(error => `# No page\n\n${words(error)}\n`);
    }
    const params = { textDocument: { uri: client?.code2ProtocolConverter.asUri(vscode.Uri.parse(subject)) } };
    const entry = this.pages.get(uri.toString()) ?? { uri, last: "" };
    try {
      entry.last = kind === "coverage"
        ? await ask<Coverage>("prm/coverage", params, coverage => coverageAsMarkdown(coverage, address))
        : await ask<Shown>("prm/document", params, ({ text }) => text);
      return entry.last;
    } catch (error) {
      return `> **To be mended first:** ${words(error)}\n\n${entry.last}`;
    }
  }
}

/** What the server tells of a model, as text. */
async function ask<Told>(method: string, params: object, asText: (told: Told) => string): Promise<string> {
  const told = await client?.sendRequest<Told | null>(method, params);
  return told ? asText(told) : "# No model\n\nThe package of the file has no model.\n";
}

/** The address of a file of the server as the editor knows it. */
function address(uri: string): string {
  return client?.protocol2CodeConverter.asUri(uri).toString() ?? uri;
}

/** What went wrong, as Markdown. */
function words(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return why.replace(/[<>*_`[\]]/g, "\\$&");
}
