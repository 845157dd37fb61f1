import { join } from "node:path";
import { expect, test } from "vitest";
import { withTestDatabase } from "../../test/setup/test-database.ts";
import { migrate } from "./migrate.ts";
import { schemaDump } from "./schema-dump.ts";

/** To renew the file: `npx vitest run --project pg src/storage/schema-page.pg.test.ts --update`. */
const PAGE = join(import.meta.dirname, "../../docs/generated/schema.sql");

const HEAD =
  "-- The schema of one node as the migrations of src/storage/sql leave it: for reading, not for running.\n\n";

test("docs/generated/schema.sql is the schema that the migrations make, on every supported server", async () => {
  await withTestDatabase(async ({ url }) => {
    await migrate(url);
    await expect(HEAD + (await schemaDump(url))).toMatchFileSnapshot(PAGE);
  });
});
