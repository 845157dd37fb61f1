import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { needs } from "./needs.ts";
import { nothing, type Step, type StepContext } from "./step.ts";
import { filesOf } from "./vitest-step.ts";

/**
 * As root on Debian, brings what the chosen kinds of test still need; LIANDONG_NO_APT=1 forbids it. It counts no test:
 * a kind that cannot run afterwards says so itself and its tests count as skipped.
 */
export function debianPackagesStep(chosen: (step: string) => boolean): Step {
  return {
    name: "apt",
    title: "Debian packages for the tests",
    run: async (context) => {
      const wanted = needs.filter((need) => chosen(need.project) && filesOf(context.root, need.project).length > 0);
      const packages = wanted.flatMap((need) => need.packages);
      const missing = await notInstalled(context, packages);
      if (missing.length === 0)
        console.log(packages.length === 0 ? "  none needed" : `  all there: ${packages.join(", ")}`);
      else if (refusal() !== null) console.log(`  not installed: ${missing.join(", ")} (${refusal()})`);
      else await install(context, missing);
      return nothing;
    },
  };
}

function refusal(): string | null {
  if (process.env["LIANDONG_NO_APT"] === "1") return "LIANDONG_NO_APT=1";
  if (!existsSync("/usr/bin/apt-get")) return "no apt-get on this system";
  return process.getuid?.() === 0 ? null : "only root may; tests that need them will be skipped";
}

async function notInstalled(context: StepContext, packages: readonly string[]): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const name of packages) {
    const { stdout } = await context.capture("dpkg-query", ["-W", "-f=${db:Status-Status}", name]);
    if (stdout !== "installed") missing.push(name);
  }
  return missing;
}

async function install(context: StepContext, missing: readonly string[]): Promise<void> {
  console.log(`  installing ${missing.join(", ")} with apt-get (LIANDONG_NO_APT=1 forbids this)`);
  if (!(await apt(context, ["update"]))) return;
  if (missing.some((name) => name.startsWith("postgresql"))) {
    // Debian would otherwise create and start a server of its own on port 5432.
    if (!(await apt(context, [...installArgs, "postgresql-common"]))) return;
    forbidDebianCluster();
  }
  await apt(context, [...installArgs, ...missing]);
}

const installArgs = ["install", "-y", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold"];

async function apt(context: StepContext, args: readonly string[]): Promise<boolean> {
  const options = { env: { DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C.UTF-8" }, limitMinutes: 15 };
  const result = await context.capture("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=180", ...args], options);
  if (result.code === 0) return true;
  console.log(`  apt-get ${args[0]} failed with ${result.code}:\n${(result.stdout + result.stderr).slice(-1500)}`);
  return false;
}

function forbidDebianCluster(): void {
  const folder = "/etc/postgresql-common";
  const file = `${folder}/createcluster.conf`;
  mkdirSync(folder, { recursive: true });
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (/^\s*create_main_cluster\s*=\s*false/m.test(text)) return;
  console.log(`  setting create_main_cluster = false in ${file}, so that no server is started on port 5432`);
  appendFileSync(file, "\ncreate_main_cluster = false\n");
}
