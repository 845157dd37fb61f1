/**
 * `npm run lock`, after every change of dependencies: adds to package-lock.json the optional packages of other platforms
 * that npm left out because the registry in use does not carry them. npm writes such a lock file without a word, and
 * `npm ci` then refuses it. With --check nothing is written: exit code 1 when one is missing.
 * The added entries name version and platform but no hash: on those platforms npm takes what the registry gives.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const path = join(dirname(dirname(fileURLToPath(import.meta.url))), "package-lock.json");
const lock = JSON.parse(readFileSync(path, "utf8"));
const missing = missingFrom(lock.packages);

if (process.argv.includes("--check")) {
  for (const one of missing) console.log(`package-lock.json lacks ${one.name}@${one.version}: npm run lock`);
  process.exitCode = missing.length > 0 ? 1 : 0;
} else if (missing.length > 0) {
  for (const one of missing) lock.packages[`node_modules/${one.name}`] = entryOf(one);
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`added to package-lock.json: ${missing.map((one) => one.name).join(", ")}`);
}

function missingFrom(packages) {
  return Object.entries(packages).flatMap(([from, entry]) =>
    Object.entries({ ...entry.dependencies, ...entry.devDependencies, ...entry.optionalDependencies })
      .filter(([name]) => !resolves(packages, from, name))
      .map(([name, version]) => ({
        name,
        version,
        dev: entry.dev === true,
        needed: !(name in (entry.optionalDependencies ?? {})),
      })),
  );
}

/** As Node resolves: the package's own node_modules first, then each folder above. */
function resolves(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/") - 1))) {
    if (packages[`${folder === "" ? "" : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === "") return false;
  }
}

function entryOf({ name, version, dev, needed }) {
  if (needed || !/^\d+\.\d+\.\d+/.test(version))
    throw new Error(`${name}@${version} is missing and not optional: run npm install`);
  const os = /(?:android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)/.exec(name)?.[0];
  const cpu = /(?:arm64|arm|ia32|loong64|ppc64|riscv64|s390x|x64)/.exec(name.slice(name.indexOf("/")))?.[0];
  if (os === undefined || cpu === undefined)
    throw new Error(`${name} names no platform: complete package-lock.json by hand`);
  const libc = os !== "linux" ? [] : /musl/.test(name) ? ["musl"] : /gnu/.test(name) ? ["glibc"] : [];
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev: true } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    os: [os],
  };
}
