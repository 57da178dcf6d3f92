// On the desktop: the server is a program of its own, `prm lsp`.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { LanguageClient, type BaseLanguageClient, type LanguageClientOptions } from "vscode-languageclient/node";

import { begin, type Host } from "./extension";

export { deactivate } from "./extension";

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const own = context.asAbsolutePath(process.platform === "win32" ? "server/prm.exe" : "server/prm");
  await begin(context, new Desktop(existsSync(own) ? own : undefined));
}

class Desktop implements Host {
  readonly selector = [
    { scheme: "file", language: "prm" },
    { scheme: "untitled", language: "prm" },
    { scheme: "file", pattern: "**/prm.toml" },
  ];
  readonly settings = ["prm.path"];
  private hasComplained = false;

  /** With the program that came with the extension, where one did. */
  constructor(private readonly bundled: string | undefined) {}

  async start(options: LanguageClientOptions): Promise<BaseLanguageClient | undefined> {
    const program = this.program();
    // Of a program that is not there, one message is enough.
    if (!(await answers(program))) return void this.complain(`There is no program \`${program}\` that answers.`);
    const files = vscode.workspace.createFileSystemWatcher("**/{*.prm,prm.toml,*.lock}");
    const synchronize = { ...options.synchronize, fileEvents: files };
    const server = { command: program, args: ["lsp"] };
    const client = new LanguageClient("prm", "Process reference models", server, { ...options, synchronize });
    try {
      await client.start();
      return client;
    } catch {
      return void this.complain(`The language server \`${program} lsp\` could not be started.`);
    }
  }

  /** The program: what the settings name, else what came with the extension, else the one on the search path. */
  private program(): string {
    const set = vscode.workspace.getConfiguration("prm").get<string>("path");
    return set && set !== "prm" ? set : (this.bundled ?? "prm");
  }

  /** Says once that the program is not to be had, and leads to the setting. */
  private async complain(what: string): Promise<void> {
    if (this.hasComplained) return;
    this.hasComplained = true;
    const set = "Set the Path";
    const chosen = await vscode.window.showErrorMessage(
      `${what} Install \`prm\`, or set \`prm.path\` to where it is.`,
      set,
    );
    this.hasComplained = false;
    if (chosen === set) await vscode.commands.executeCommand("workbench.action.openSettings", "prm.path");
  }
}

/** Whether a program is there, and says what it is. */
function answers(program: string): Promise<boolean> {
  return new Promise(resolve => execFile(program, ["--version"], (_, output) => resolve(output !== "")));
}
