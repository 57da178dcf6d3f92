// The pictures of a model beside its text, drawn anew as one writes.

import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

import type { State } from "./state";

/** What a model becomes: its title, and the text of it. */
export interface Shown {
  title: string;
  text: string;
}

const VIEWS = { map: "process map", trace: "traceability" } as const;
type View = keyof typeof VIEWS;

export class Pictures implements vscode.Disposable {
  private readonly panels = new Map<View, { panel: vscode.WebviewPanel; drawn: string }>();
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly state: State,
    private readonly client: () => BaseLanguageClient | undefined,
  ) {
    this.listening = state.onDidChange(() => void this.renew());
  }

  async show(view: View): Promise<void> {
    const known = this.panels.get(view);
    if (known !== undefined) return known.panel.reveal();
    const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel("prm.picture", VIEWS[view], beside, { enableScripts: false });
    this.panels.set(view, { panel, drawn: "" });
    panel.onDidDispose(() => this.panels.delete(view));
    await this.draw(view);
  }

  private async renew(): Promise<void> {
    for (const view of this.panels.keys()) await this.draw(view);
  }

  private async draw(view: View): Promise<void> {
    const entry = this.panels.get(view);
    if (entry === undefined || this.state.document === undefined) return;
    const client = this.client();
    const params = { textDocument: { uri: client?.code2ProtocolConverter.asUri(this.state.document.uri) }, view };
    let notice = "";
    try {
      const shown = await client?.sendRequest<Shown | null>("prm/graph", params);
      entry.drawn = shown?.text ?? "";
      entry.panel.title = shown ? `${shown.title}: ${VIEWS[view]}` : VIEWS[view];
      if (!shown) notice = "There is no model to be drawn.";
    } catch (error) {
      // The last picture stays, with what has to be mended before it can be drawn anew.
      notice = `To be mended first: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (this.panels.has(view)) entry.panel.webview.html = page(entry.drawn, notice);
  }

  dispose(): void {
    this.listening.dispose();
    for (const { panel } of this.panels.values()) panel.dispose();
  }
}

/** A page with a picture; no scripts, nothing from elsewhere. */
function page(svg: string, notice: string): string {
  const told = notice === "" ? "" : `<p>${escape(notice)}</p>`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
  body { padding: 0 }
  p { color: var(--vscode-foreground); background: var(--vscode-inputValidation-warningBackground); margin: 0; padding: 0.5em 1em }
  main { background: #fff; overflow: auto; padding: 1em }
  svg { max-width: 100%; height: auto }
</style></head><body>${told}${svg === "" ? "" : `<main>${svg}</main>`}</body></html>`;
}

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
