// The coverage of a model as Markdown, from what the server answers to `prm/coverage`: what is missing comes first, each
// requirement with its title, a link to its place, and what is nearest to meeting it.

import type { Location } from "vscode-languageclient";

export interface Coverage {
  id: string;
  title: string;
  catalogs: Catalog[];
}

export interface Catalog {
  id: string;
  title: string;
  clauses: string[];
  summary: string;
  requirements: Requirement[];
}

export interface Requirement {
  id: string;
  title: string;
  status: Status;
  location: Location;
  near: { text: string; location: Location | null }[];
}

const ORDER = ["uncovered", "partial", "excluded", "covered"] as const;
type Status = (typeof ORDER)[number];

/** The address of a file as the editor knows it. */
type Address = (uri: string) => string;

export function coverageAsMarkdown({ title, catalogs }: Coverage, address: Address): string {
  const parts = catalogs.length > 0 ? catalogs.map(one => catalog(one, address)).join("\n") : "The model covers no catalog.\n";
  return `# ${text(title)}: coverage\n\n${parts}`;
}

function catalog({ id, title, clauses, summary, requirements }: Catalog, address: Address): string {
  const only = clauses.length > 0 ? `Only ${clauses.map(text).join(", ")}. ` : "";
  const rows = ORDER.flatMap(status => requirements.filter(one => one.status === status).map(one => row(one, address)));
  const head = "| requirement | | status | nearest, or linked |\n| --- | --- | --- | --- |";
  return `## ${text(title)} (${text(id)})\n\n${only}${summary}.\n\n${head}\n${rows.join("\n")}\n`;
}

function row({ id, title, status, location, near }: Requirement, address: Address): string {
  const shown = status === "uncovered" ? "**uncovered**" : status;
  const told = near.map(one => link(one.text, one.location, address)).join("<br>");
  return `| ${link(id, location, address)} | ${text(title)} | ${shown} | ${told} |`;
}

/** A text that leads to a place. The preview opens files, at a line if one is named. */
function link(words: string, location: Location | null, address: Address): string {
  if (location === null) return text(words);
  return `[${text(words)}](<${address(location.uri)}#L${location.range.start.line + 1}>)`;
}

function text(words: string): string {
  return words.replace(/[\\|<>*_`[\]]/g, "\\$&").replace(/\s+/g, " ");
}
