// What the model that was looked at last covers, asked again whenever it may have changed: for the tree, the status bar
// and whoever else shows it.

import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

import type { Coverage } from "./coverage";

/** How long it is waited for the next keystroke, in milliseconds. */
const PAUSE = 300;

export class State implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: vscode.CancellationTokenSource | undefined;

  /** Fires when the coverage has been asked anew, whether it is another or not: what is drawn of the model may be. */
  readonly onDidChange = this.changed.event;
  /** The model that was looked at last, also while something else has the focus. */
  document: vscode.TextDocument | undefined;
  /** Its coverage; nothing where there is no model. */
  coverage: Coverage | undefined;

  constructor(private readonly client: () => BaseLanguageClient | undefined) {}

  /** Remembers the model that is looked at. */
  look(document: vscode.TextDocument | undefined): void {
    if (document?.languageId !== "prm" || document === this.document) return;
    this.document = document;
    void vscode.commands.executeCommand("setContext", "prm.hasModel", true);
    this.renew(0);
  }

  /** Asks anew, after a pause in which nothing happens. */
  renew(pause = PAUSE): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), pause);
  }

  private async ask(): Promise<void> {
    this.asking?.cancel();
    const asking = (this.asking = new vscode.CancellationTokenSource());
    const client = this.client();
    if (client === undefined || this.document === undefined) return;
    const params = { textDocument: { uri: client.code2ProtocolConverter.asUri(this.document.uri) } };
    try {
      const coverage = await client.sendRequest<Coverage | null>("prm/coverage", params, asking.token);
      if (asking.token.isCancellationRequested) return;
      this.coverage = coverage ?? undefined;
      this.changed.fire();
    } catch {
      // The text has changed meanwhile, or the server is gone: it is asked again when there is something new.
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asking?.cancel();
    this.changed.dispose();
  }
}
