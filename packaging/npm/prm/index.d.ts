import type { PrmModel } from "./model";

export * from "./model";

/** The path of the program for this machine. */
export function find(): string;

/** The resolved model of a package with its coverage. Throws `CompileError` where it has errors in text, names or structure. */
export function load(path?: string): PrmModel;

/** A model that has errors, or that could not be read. */
export class CompileError extends Error {
  /** Its diagnostics, as `--message-format json` writes them. */
  findings: { code?: string; severity?: string; message?: string; [key: string]: unknown }[];
}
