#!/usr/bin/env node
"use strict";
const { spawnSync } = require("node:child_process");
const { find } = require("../index.js");

try {
  const done = spawnSync(find(), process.argv.slice(2), { stdio: "inherit" });
  if (done.error) throw done.error;
  // Killed by a signal: as a shell counts it.
  process.exitCode = done.status ?? 128 + (require("node:os").constants.signals[done.signal] ?? 0);
} catch (error) {
  console.error(`prm: ${error.message}`);
  process.exitCode = 2;
}
