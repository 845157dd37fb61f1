/** `node scripts/with-node.mjs FILE ARGS...` runs FILE under the pinned Node and ends as it ends. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { giveUp, pinnedNode, root } from "./pinned-node.mjs";

/** A terminal's Ctrl-C arrives here several times at once: from the terminal and again from npm. */
const SAME_KEY_PRESS_MS = 400;

const UNBOUNDED = { arguments: [], environment: {} };

/** The bounds of memory that a node process has. */
export const nodeBounds = () => JSON.parse(readFileSync(join(root, "src/main/pair/node-bounds.json"), "utf8"));

/**
 * Runs `file` under the pinned Node. On POSIX it gets a session of its own, so that a terminal's Ctrl-C reaches it only
 * through us, once; we then wait for it as long as it needs to shut down. `bounds`: what keeps its memory small.
 */
export async function runUnderPinnedNode(file, args, bounds = UNBOUNDED) {
  const node = await pinnedNode();
  if (!existsSync(file)) giveUp(`there is no ${file}`);
  const posix = process.platform !== "win32";
  // Sources run as they are; what Node makes of them is kept, which halves the time of every later start.
  const cache = { NODE_COMPILE_CACHE: join(root, ".liandong", "compile-cache") };
  const env = { ...cache, ...bounds.environment, ...process.env };
  const child = spawn(node, [...bounds.arguments, file, ...args], { stdio: "inherit", detached: posix, env });
  child.on("error", (error) => giveUp(`${node} could not be started: ${error.message}`));
  const sent = new Map();
  const handlers = forwardSignals(child, posix, sent);
  if (posix) followNpm(child, sent);
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const [name, handler] of handlers) process.off(name, handler);
    process.kill(process.pid, signal);
  });
}

/**
 * `kill` of `npm start` ends npm and the shell between, which passes nothing on; only our parent changes. A program that
 * was not started by npm may outlive its parent on purpose (nohup).
 */
function followNpm(child, sent) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    if (sent.size === 0) child.kill("SIGTERM");
  }, 300);
}

function forwardSignals(child, posix, sent) {
  return ["SIGINT", "SIGTERM", "SIGHUP"].map((name) => {
    const handler = () => {
      const now = Date.now();
      const repeated = now - (sent.get(name) ?? 0) < SAME_KEY_PRESS_MS;
      sent.set(name, now);
      // On Windows the console itself tells every process.
      if (posix && !repeated) child.kill(name);
    };
    process.on(name, handler);
    return [name, handler];
  });
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [file, ...args] = process.argv.slice(2);
  if (file === undefined) giveUp("usage: node scripts/with-node.mjs FILE ARGS...");
  await runUnderPinnedNode(resolve(file), args);
}
