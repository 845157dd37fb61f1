import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { type Project, projects } from "./scripts/test/projects.ts";

const postgresSetup = "./test/setup/postgres.ts";
const pairSetup = "./test/setup/shared-pair.ts";
const screensSetup = "./test/setup/screens.ts";

export default defineConfig({
  test: {
    projects: projects.map((project) => ({ test: settings(project) })),
    // A forgotten `.only` must not make the rest of a suite disappear.
    allowOnly: false,
    passWithNoTests: true,
    // Its own default leaves one core to itself, which on two cores is half of the machine.
    maxWorkers: availableParallelism(),
  },
});

function settings(project: Project) {
  const patience = project.patient ? 180_000 : 30_000;
  return {
    name: project.name,
    include: [...project.include],
    exclude: ["**/node_modules/**", ...project.exclude],
    env: { ...project.env },
    globalSetup: [
      ...(project.postgres && existsSync(postgresSetup) ? [postgresSetup] : []),
      ...(project.name === "e2e" ? [pairSetup] : []),
      ...(project.name === "browser" ? [screensSetup] : []),
    ],
    fileParallelism: !project.oneAtATime,
    // Real processes on a busy machine: what is awaited comes, but not within the default second.
    ...(project.patient ? { expect: { poll: { timeout: 15_000 } } } : {}),
    testTimeout: patience,
    hookTimeout: patience,
  };
}
