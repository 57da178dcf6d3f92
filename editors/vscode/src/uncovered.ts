// The tree of what is not covered, with titles and near misses, and the figure in the status bar.

import * as vscode from "vscode";
import type { BaseLanguageClient, Location } from "vscode-languageclient";

import type { Catalog, Requirement } from "./coverage";
import type { State } from "./state";

type Node =
  | { kind: "catalog"; catalog: Catalog }
  | { kind: "requirement"; requirement: Requirement }
  | { kind: "near"; text: string; location: Location | null };

const isLacking = ({ status }: Requirement): boolean => status === "uncovered" || status === "partial";

export function showUncovered(state: State, client: () => BaseLanguageClient | undefined): vscode.Disposable {
  const provider = new Uncovered(state, client);
  const view = vscode.window.createTreeView("prm.uncovered", { treeDataProvider: provider, showCollapseAll: true });
  const bar = vscode.window.createStatusBarItem("prm.coverage", vscode.StatusBarAlignment.Right, 90);
  bar.name = "Coverage of the model";
  bar.command = "prm.uncovered.focus";
  const renew = (): void => {
    const catalogs = state.coverage?.catalogs ?? [];
    const all = catalogs.flatMap(({ requirements }) => requirements);
    const lacking = all.filter(isLacking).length;
    view.description = state.coverage?.title;
    view.message = message(state, lacking);
    if (all.length > 0) {
      const covered = all.filter(({ status }) => status === "covered").length;
      bar.text = `$(${lacking > 0 ? "checklist" : "pass"}) ${covered} of ${all.length} covered`;
      bar.tooltip = catalogs.map(({ title, summary }) => `${title}: ${summary}`).join("\n");
      bar.show();
    } else {
      bar.hide();
    }
    provider.renew();
  };
  return vscode.Disposable.from(view, bar, state.onDidChange(renew));
}

/** What stands in the place of rows. */
function message({ coverage }: State, lacking: number): string | undefined {
  if (coverage === undefined) return "No model is open.";
  if (coverage.catalogs.length === 0) return "The model covers no catalog: write `covers` in its block.";
  return lacking === 0 ? "Everything that the model covers is covered, or excluded with a reason." : undefined;
}

class Uncovered implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly state: State,
    private readonly client: () => BaseLanguageClient | undefined,
  ) {}

  renew(): void {
    this.changed.fire();
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      const catalogs = this.state.coverage?.catalogs ?? [];
      return catalogs.filter(({ requirements }) => requirements.some(isLacking)).map(catalog => ({ kind: "catalog", catalog }));
    }
    if (node.kind === "catalog") {
      const order = (status: string): Node[] => {
        const some = node.catalog.requirements.filter(requirement => requirement.status === status);
        return some.map(requirement => ({ kind: "requirement", requirement }));
      };
      return [...order("uncovered"), ...order("partial")];
    }
    if (node.kind === "requirement") return node.requirement.near.map(near => ({ kind: "near", ...near }));
    return [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
    if (node.kind === "catalog") {
      const { id, title, clauses, summary } = node.catalog;
      const item = new vscode.TreeItem(title, Expanded);
      item.id = [id, ...clauses].join(" ");
      item.description = summary;
      item.tooltip = clauses.length > 0 ? `${title}, ${clauses.join(", ")}: ${summary}` : `${title}: ${summary}`;
      item.iconPath = new vscode.ThemeIcon("book");
      return item;
    }
    if (node.kind === "requirement") {
      const { id, title, status, location, near } = node.requirement;
      const item = new vscode.TreeItem(`${id} ${title}`, near.length > 0 ? Collapsed : None);
      item.description = status === "partial" ? "partial" : undefined;
      item.tooltip = [`${id} ${title}: ${status}`, ...near.map(({ text }) => text)].join("\n");
      const [icon, colour] = status === "partial" ? ["circle-large-filled", "list.warningForeground"] : ["circle-large-outline", "list.errorForeground"];
      item.iconPath = new vscode.ThemeIcon(icon!, new vscode.ThemeColor(colour!));
      item.command = this.open(location);
      return item;
    }
    const item = new vscode.TreeItem(node.text, None);
    item.iconPath = new vscode.ThemeIcon("arrow-small-right");
    item.tooltip = "What is nearest to meeting it";
    item.command = this.open(node.location);
    return item;
  }

  private open(location: Location | null): vscode.Command | undefined {
    const from = this.client()?.protocol2CodeConverter;
    if (location === null || from === undefined) return undefined;
    const options: vscode.TextDocumentShowOptions = { selection: from.asRange(location.range) };
    return { command: "vscode.open", title: "Open", arguments: [from.asUri(location.uri), options] };
  }
}
