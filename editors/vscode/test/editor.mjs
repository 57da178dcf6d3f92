// Opens a model in a real VS Code, and looks at what the extension shows: `npm run test:editor`.
//
// VS Code comes as code-server, in a browser without a screen. `PRM_EDITOR_TOOLS` names the folder in which `code-server`
// and `playwright-core` were installed (README.md says how); `PRM_EDITOR_NODE` the Node.js for code-server, if it is another
// than this one; `PRM_BROWSER` the Chromium; `PRM` the program. Without them the test is left out, with a word.
// `--pictures FOLDER` keeps what was seen. `--web` has the extension run in the browser, on the WebAssembly core: it is the package that
// `PRM_EDITOR_PACKAGE` names, or else the one of `packaging/build web`.

import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const extension = path.dirname(here);
const { PRM_EDITOR_TOOLS: tools, PRM_EDITOR_NODE: node = process.execPath } = process.env;

function leaveOut(why) {
  console.log(`skipped: ${why}`);
  process.exit(0);
}

function found(program) {
  const places = program.includes(path.sep) ? [program] : process.env.PATH.split(path.delimiter).map(folder => path.join(folder, program));
  return places.find(place => fs.existsSync(place));
}

if (!tools) leaveOut("PRM_EDITOR_TOOLS names no folder with code-server and playwright-core");
const entry = path.join(tools, "node_modules/code-server/out/node/entry.js");
if (!fs.existsSync(entry)) leaveOut(`there is no code-server in ${tools}`);
const browserPath = found(process.env.PRM_BROWSER ?? "chromium");
if (!browserPath) leaveOut("there is no Chromium; PRM_BROWSER names one");
const isWeb = process.argv.includes("--web");
const prm = found(process.env.PRM ?? path.join(extension, "../../target/debug/prm"));
if (!prm && !isWeb) leaveOut("there is no program `prm`; PRM names one");
const usual = path.join(extension, isWeb ? "../../target/packages/prm-web.vsix" : "prm.vsix");
const vsix = process.env.PRM_EDITOR_PACKAGE ?? usual;
if (!fs.existsSync(vsix)) leaveOut(`there is no ${vsix}; \`${isWeb ? "packaging/build web" : "npm run package"}\` makes it`);

const { chromium } = createRequire(path.join(tools, "package.json"))("playwright-core");
const pictures = process.argv.includes("--pictures") ? process.argv[process.argv.indexOf("--pictures") + 1] : undefined;
if (pictures) fs.mkdirSync(pictures, { recursive: true });

const place = fs.mkdtempSync(path.join(os.tmpdir(), "prm-editor-"));
const workspace = path.join(place, "keys");
fs.cpSync(path.join(here, "workspace"), workspace, { recursive: true });
const folders = ["--user-data-dir", path.join(place, "user"), "--extensions-dir", path.join(place, "extensions")];
const settings = (kind, values) => {
  fs.mkdirSync(path.join(place, "user", kind), { recursive: true });
  fs.writeFileSync(path.join(place, "user", kind, "settings.json"), JSON.stringify(values));
};
settings("Machine", isWeb ? {} : { "prm.path": path.resolve(prm) });
settings("User", {
  ...(isWeb ? { "remote.extensionKind": { "prm-lang.prm": ["web"] } } : {}),
  "workbench.startupEditor": "none",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true,
  "chat.commandCenter.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "editor.minimap.enabled": false,
  "window.menuBarVisibility": "hidden",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
});
const environment = { ...process.env, XDG_CACHE_HOME: path.join(place, "cache"), HOME: place };
execFileSync(node, [entry, ...folders, "--install-extension", vsix], { env: environment, stdio: "pipe" });

const port = await new Promise(resolve => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const serve = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, ...folders, "--disable-workspace-trust", "--disable-telemetry", "--disable-update-check", "--disable-getting-started-override", workspace];
const server = spawn(node, [entry, ...serve], { env: environment, stdio: "ignore" });
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
let failed = 0;
const page = await browser.newPage({ viewport: { width: 1180, height: 720 } });
try {
  await reached(port);
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`);
  await page.waitForSelector(".monaco-workbench .explorer-folders-view", { timeout: 60_000 });
  await look(page);
} catch (error) {
  failed += 1;
  console.log(`FAILED  ${error.stack}`);
  if (pictures) await page.screenshot({ path: path.join(pictures, "failed.png") });
} finally {
  await browser.close();
  server.kill();
  fs.rmSync(place, { recursive: true, force: true });
}
process.exit(failed > 0 ? 1 : 0);

async function reached(port) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await fetch(`http://127.0.0.1:${port}/healthz`).then(() => true, () => false)) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error("code-server does not answer");
}

/** Goes through what the extension shows, one after the other. */
async function look(page) {
  const keys = (...all) => all.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  /** Chooses what is listed first for some words. */
  const choose = async (key, words) => {
    if (key !== "") await keys(key);
    await page.waitForSelector(".quick-input-widget input");
    await page.waitForTimeout(300);
    await page.keyboard.type(words);
    await page.waitForSelector(`.quick-input-list .monaco-list-row.focused:has-text("${words}")`, { timeout: 15_000 });
    await page.waitForTimeout(300);
    await keys("Enter");
  };
  const open = async file => {
    await choose("Control+p", file);
    await page.waitForSelector(`.tab.active[data-resource-name="${file}"]`, { timeout: 15_000 });
  };
  const command = title => choose("Control+Shift+p", title);
  const line = async (number, end = "End") => {
    await keys("Control+g");
    await page.waitForSelector(".quick-input-widget input");
    await page.keyboard.type(String(number));
    await page.waitForTimeout(300);
    await keys("Enter");
    await page.waitForTimeout(300);
    await keys(end);
  };
  /** Waits for words in what a selector finds. */
  const sees = async (what, selector, words) => {
    try {
      await page.waitForFunction(
        ([selector, words]) => [...document.querySelectorAll(selector)].some(one => one.textContent.replaceAll("\u00a0", " ").includes(words)),
        [selector, words],
        { timeout: 20_000 },
      );
      console.log(`ok      ${what}`);
    } catch {
      failed += 1;
      const there = await page.$$eval(selector, all => all.map(one => one.textContent).join(" | "));
      console.log(`FAILED  ${what}: no “${words}” in “${there.slice(0, 400)}”`);
    }
  };
  const picture = async name => {
    if (!pictures) return;
    await page.waitForTimeout(600);
    await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  };
  /** Waits for words in one of the frames in which VS Code shows pages. */
  const framed = async (what, words) => {
    for (let tries = 0; tries < 100; tries += 1) {
      for (const frame of page.frames()) {
        const text = await frame.evaluate(() => document.body?.textContent ?? "").catch(() => "");
        if (frame !== page.mainFrame() && text.includes(words)) return console.log(`ok      ${what}`);
      }
      await page.waitForTimeout(200);
    }
    failed += 1;
    console.log(`FAILED  ${what}: no “${words}”`);
  };

  await open("keys.prm");
  await sees("the status bar", ".statusbar-item", "2 of 14 covered");
  await sees("lenses", ".codelens-decoration", "2 of 14 requirements covered");
  await sees("hints", ".view-line", "meets 1");
  await page.waitForSelector(".squiggly-error", { timeout: 20_000 });
  await page.click(".pane-header:has-text('Uncovered Requirements')").catch(() => {});
  await command("Explorer: Focus on Uncovered Requirements View");
  await sees("the tree", ".pane .monaco-list-row", "A.7.4 Physical security monitoring");
  await picture("tree");
  await keys("Control+Shift+m");
  await sees("problems", ".markers-panel .monaco-list-row", "no outcome meets `A.7.4`");
  await picture("problems");
  await keys("Control+Shift+m");

  await open("keys.prm");
  await line(25);
  await keys("Enter");
  await page.keyboard.type("satisfies ");
  await sees("completion", ".suggest-widget .monaco-list-row", "A.7.4");
  await picture("completion");
  await sees("signature help", ".parameter-hints-widget", "the id of a requirement");
  await page.keyboard.type("A.7.4");
  await sees("the status bar follows what is typed", ".statusbar-item", "3 of 14 covered");
  await keys("Escape");

  await command("Process reference model: Show as Document");
  await framed("what is in the way of the document", "A.7.33");
  await keys("Control+1");
  await line(17);
  await keys("Shift+Home", "Delete");
  await page.keyboard.type("satisfies A.7.3");
  await framed("the document", "Deliveries are taken in at one door");
  await keys("Escape", "Escape");
  await picture("document");
  await command("Process reference model: Show Process Map");
  await framed("the process map", "Visitor care");
  await picture("map");

  await open("prm.toml");
  await keys("Control+End");
  // A list that opens while one types would take the next key for itself.
  for (const line of ["[[output]]", "format = "]) {
    await page.keyboard.type(line);
    await page.waitForTimeout(500);
    await keys("Escape");
    if (line.startsWith("[")) await keys("Enter");
  }
  await keys("Control+Space");
  await sees("completion of a manifest", ".suggest-widget .monaco-list-row", "markdown");
  await picture("manifest");
  await keys("Escape");

  await command("Process reference model: New Model");
  await sees("a model that is not saved", ".editor-group-container.active .codelens-decoration", "0 of 14 requirements covered");
  await keys("Escape");
  await picture("unsaved");
  await command("Welcome: Open Walkthrough");
  await choose("", "Write a process reference model");
  await sees("the walkthrough", ".getting-started-step", "See what is still to be covered");
  await picture("walkthrough");
}
