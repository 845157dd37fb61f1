/**
 * Brings node_modules to what package-lock.json says. A stamp inside node_modules holds the hash of the lock file it
 * was installed from, so a checkout that moved on is refreshed and one that did not starts at once.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, lstatSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Resolves to null when the packages are there, else to what the reader must know. */
export async function ensureInstalled(root) {
  const modules = join(root, "node_modules");
  const stamp = join(modules, ".liandong-lock");
  const lock = readFileSync(join(root, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8").trim() === wanted) return null;
  // A linked folder belongs to another checkout; `npm ci` would empty it there.
  if (existsSync(modules) && lstatSync(modules).isSymbolicLink()) return null;
  if (holds(modules, JSON.parse(lock.toString("utf8")))) {
    tryStamp(stamp, wanted);
    return null;
  }
  const refusal = notWritable(root) ?? (await npmCi(root));
  if (refusal === null) tryStamp(stamp, wanted);
  return refusal;
}

/** Whether an installation made by hand is the one the lock file asks for (npm records what it installed). */
function holds(modules, lock) {
  const record = join(modules, ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages ?? {};
  const asked = Object.entries(lock.packages).filter(([path]) => path !== "");
  const same = (path, entry) => installed[path]?.version === entry.version && existsSync(join(modules, "..", path));
  return asked.every(([path, entry]) => (path in installed ? same(path, entry) : entry.optional === true));
}

function tryStamp(stamp, wanted) {
  try {
    writeFileSync(stamp, `${wanted}\n`);
  } catch {
    // Installed by somebody else and read-only for us: the comparison above is repeated next time, nothing is lost.
  }
}

function notWritable(root) {
  try {
    accessSync(root, constants.W_OK);
    return null;
  } catch {
    return (
      `the packages are not installed and this folder cannot be written by you: ${root}\n` +
      "Copy or clone the checkout to a folder of your own, or have its owner run `npm ci --ignore-scripts` there."
    );
  }
}

const NPM_CI = [
  "ci",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--include=dev",
  "--include=optional",
  "--loglevel=error",
  "--fetch-retries=2",
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=5000",
];

function npmCi(root) {
  process.stderr.write("Installing packages with npm ci (once, and again when package-lock.json changes)\n");
  const windows = process.platform === "win32";
  const child = spawn("npm", NPM_CI, {
    cwd: root,
    env: npmEnvironment(),
    shell: windows,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const progress = startProgress();
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data) => (output = (output + data).slice(-20_000)));
  return new Promise((resolve) => {
    child.on("error", (error) =>
      resolve(progress.end(`npm could not be started (${error.code}). It comes with Node.js.`)),
    );
    child.on("close", (code) => resolve(progress.end(code === 0 ? null : explain(output))));
  });
}

/** npm's own Node must not come from the folder that npm is about to empty. */
function npmEnvironment() {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const path = (env.PATH ?? "").split(delimiter).filter((folder) => !/node_modules[\\/]\.bin[\\/]?$/.test(folder));
  return { ...env, PATH: path.join(delimiter) };
}

function startProgress() {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const terminal = process.stderr.isTTY === true;
  const write = () => process.stderr.write(terminal ? `\r  ${seconds()} s ` : `  ${seconds()} s\n`);
  const timer = setInterval(write, terminal ? 500 : 5000);
  return {
    end(refusal) {
      clearInterval(timer);
      process.stderr.write(
        `${terminal ? "\r" : ""}${refusal === null ? `Installed in ${seconds()} s` : "Not installed"}\n`,
      );
      return refusal;
    },
  };
}

const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT/;

function explain(output) {
  const lines = output.trim().split("\n");
  const tail = lines.slice(-12).join("\n");
  if (output.includes("EUSAGE")) {
    return `package.json and package-lock.json do not agree (after a change of dependencies: npm run lock).\n${lines.slice(0, 12).join("\n")}`;
  }
  if (NO_NETWORK.test(output)) {
    return `npm ci could not reach the package registry: no network, or a proxy npm does not know of.\nnpm said:\n${tail}`;
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return `npm ci was not allowed to write (it needs this checkout and a home folder for its cache).\nnpm said:\n${tail}`;
  }
  if (/ENOSPC/.test(output)) return `the disk is full; the packages need about 600 MB.\nnpm said:\n${tail}`;
  return `npm ci failed. npm said:\n${tail}`;
}
