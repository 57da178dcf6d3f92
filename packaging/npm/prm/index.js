"use strict";
// What `prm` knows of a model: runs the program, and reads its JSON. The types in model.d.ts are generated from its JSON Schema.
const { spawnSync } = require("node:child_process");

/** The path of the program for this machine. */
function find() {
  const name = `prm-lang-${process.platform}-${process.arch}`;
  const file = process.platform === "win32" ? "prm.exe" : "prm";
  try {
    return require.resolve(`${name}/${file}`);
  } catch {
    throw new Error(
      `there is no program for ${process.platform} on ${process.arch}: the optional package \`${name}\` is not installed. ` +
        "Install without --omit=optional, or build it from source with cargo",
    );
  }
}

/** A model that has errors, or that could not be read. */
class CompileError extends Error {
  constructor(findings, said) {
    const errors = findings.filter((finding) => finding.severity === "error");
    super(errors.map((finding) => `${finding.code}: ${finding.message}`).join("\n") || said);
    this.name = "CompileError";
    /** Its diagnostics, as `--message-format json` writes them. */
    this.findings = findings;
  }
}

/** The resolved model of a package with its coverage. */
function load(path = ".") {
  const done = spawnSync(find(), ["build", path, "--format", "json", "--message-format", "json"], {
    encoding: "utf8",
    maxBuffer: 2 ** 31 - 1,
  });
  if (done.error) throw done.error;
  // A model with gaps is a model; one with errors in text, names or structure is none, and nothing is written.
  if (done.stdout === "") {
    const lines = done.stderr.split("\n").filter((line) => line.startsWith("{"));
    throw new CompileError(lines.map((line) => JSON.parse(line)), done.stderr.trim());
  }
  return JSON.parse(done.stdout);
}

module.exports = { CompileError, find, load };
