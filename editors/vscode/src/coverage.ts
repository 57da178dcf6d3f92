// The coverage of a model as Markdown, from what `prm coverage --format json` prints.

interface Catalog {
  catalog: string;
  clauses: string[];
  summary: { total: number; covered: number; partial: number; excluded: number; uncovered: number };
  requirements: Requirement[];
}

interface Requirement {
  id: string;
  status: "covered" | "partial" | "excluded" | "uncovered";
  witnesses: { text: string; file: string | null; line: number | null }[][];
}

/** What is missing comes first; what is covered, with its first proof, last. */
export function coverageAsMarkdown(json: string): string {
  const catalogs = JSON.parse(json) as Catalog[];
  if (catalogs.length === 0) return "# Coverage\n\nThe model covers no catalog.\n";
  return `# Coverage\n\n${catalogs.map(catalog).join("\n")}`;
}

function catalog({ catalog, clauses, summary, requirements }: Catalog): string {
  const only = clauses.length > 0 ? `Only ${clauses.join(", ")}. ` : "";
  // As `prm coverage` counts: what is excluded is settled.
  const settled = summary.covered + summary.excluded;
  const share = summary.total > 0 ? Math.floor((settled * 100) / summary.total) : 100;
  const heading = `## ${catalog}: ${share} %\n\n${only}${summary.total} requirements: ${summary.covered} covered, ` +
    `${summary.partial} partial, ${summary.excluded} excluded, ${summary.uncovered} uncovered.\n`;
  const order = ["uncovered", "partial", "excluded", "covered"] as const;
  const rows = order.flatMap(status => requirements.filter(requirement => requirement.status === status).map(row));
  return `${heading}\n| requirement | status | because |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
}

function row({ id, status, witnesses }: Requirement): string {
  const proof = (witnesses[0] ?? []).map(step => cell(step.text)).join("<br>");
  const shown = status === "uncovered" ? "**uncovered**" : status;
  return `| ${id} | ${shown} | ${proof} |`;
}

function cell(text: string): string {
  return text.replace(/[\\|<>*_`[\]]/g, "\\$&").replace(/\s+/g, " ");
}
