import { existsSync } from "node:fs";
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
  },
});

function settings(project: Project) {
  const patience = project.oneAtATime ? 180_000 : 30_000;
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
    testTimeout: patience,
    hookTimeout: patience,
  };
}
