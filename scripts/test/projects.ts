/**
 * The kinds of test and which files belong to them. One table: vitest.config.ts, the counting of skipped tests and the
 * check that every test file belongs to exactly one kind all read it.
 */
export type Project = {
  readonly name: string;
  readonly title: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Real processes, a browser: a step may take minutes on a busy machine. */
  readonly patient: boolean;
  /** Its files share one pair of nodes: one after the other. */
  readonly oneAtATime: boolean;
  /** Runs while this step runs, which waits more than it works; on one core then, to leave it the other. */
  readonly beside?: string;
  /** Uses the servers that test/setup/postgres.ts starts. */
  readonly postgres: boolean;
  readonly env: Readonly<Record<string, string>>;
};

const pg = "**/*.pg.test.ts";

function project(name: string, title: string, include: readonly string[], rest: Partial<Project> = {}): Project {
  return { name, title, include, exclude: [], patient: false, oneAtATime: false, postgres: false, env: {}, ...rest };
}

export const projects: readonly Project[] = [
  project(
    "unit",
    "rules and pure code",
    [
      "{src,simulators,scripts,bench,catalogue}/**/*.test.ts",
      "web/**/*.test.{ts,tsx}",
      "test/{setup,conformance,property}/**/*.test.ts",
    ],
    { exclude: [pg] },
  ),
  project("pg", "PostgreSQL 18 (embedded)", ["{src,test,simulators}/**/*.pg.test.ts"], { postgres: true }),
  project("pg15", "PostgreSQL 15 (Debian), storage again", ["src/storage/**/*.pg.test.ts"], {
    postgres: true,
    env: { LIANDONG_TEST_PG: "15" },
  }),
  project("simulation", "seeded simulation of two nodes", ["test/simulation/**/*.test.ts"], {
    exclude: [pg],
    beside: "e2e",
  }),
  project("e2e", "real processes", ["test/e2e/**/*.e2e.test.ts"], { patient: true, oneAtATime: true }),
  project("browser", "real browser", ["test/browser/**/*.browser.test.ts"], { patient: true }),
];
