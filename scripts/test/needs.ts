import { existsSync } from "node:fs";
import { join } from "node:path";

/** What the machine must have for some kinds of test, and the Debian packages that bring it. */
export type Need = {
  readonly project: string;
  readonly packages: readonly string[];
  /** Environment for the tests, or null when it is missing. */
  readonly find: () => Readonly<Record<string, string>> | null;
  readonly missing: string;
};

// The one without windows comes first: the same engine in two thirds of the time.
const chromiumPlaces = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const postgres15 = "/usr/lib/postgresql/15/bin";

export const needs: readonly Need[] = [
  {
    project: "browser",
    packages: ["chromium-headless-shell", "fonts-noto-cjk"],
    find: () => {
      const path = [process.env["LIANDONG_CHROMIUM"] ?? "", ...chromiumPlaces].find(
        (place) => place !== "" && existsSync(place),
      );
      return path === undefined ? null : { LIANDONG_CHROMIUM: path };
    },
    missing:
      "Chromium (Debian: apt-get install chromium-headless-shell fonts-noto-cjk; elsewhere set LIANDONG_CHROMIUM to its path)",
  },
  {
    project: "pg15",
    packages: ["postgresql-15"],
    find: () => (existsSync(join(postgres15, "initdb")) ? { LIANDONG_PG15_BIN: postgres15 } : null),
    missing: "PostgreSQL 15's server programs in /usr/lib/postgresql/15/bin (Debian 12: apt-get install postgresql-15)",
  },
];

export function needOf(project: string): Need | undefined {
  return needs.find((need) => need.project === project);
}
