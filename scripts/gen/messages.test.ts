import { expect, test } from "vitest";
import { LINKAGE_TABLES } from "../../src/core/linkage/index.ts";
import { BODY_SCHEMAS } from "../../src/exchange/contract/index.ts";
import { membersOf, messagesGenerator } from "./messages.ts";
import { sequenceDiagrams } from "./sequences.ts";

test("every message type has its section with direction, example and members", async () => {
  const page = await messagesGenerator.make(process.cwd());
  for (const type of Object.keys(BODY_SCHEMAS)) expect(page).toContain(`### \`${type}\`\n\nDirection: `);
  expect(page).not.toMatch(/Direction: \./);
});

test("a member whose meaning nobody wrote down is a mistake", () => {
  expect(() => membersOf({ properties: { unheardOf: { type: "boolean" } } })).toThrow("what unheardOf means");
});

test("a road is drawn from the rows: without the row that takes a message there is no drawing", () => {
  const clear = (LINKAGE_TABLES.clear ?? []).filter(({ id }) => id !== "5.1-accepted");
  expect(() => sequenceDiagrams({ ...LINKAGE_TABLES, clear })).toThrow("nothing takes accepted in offered at S");
  expect(sequenceDiagrams(LINKAGE_TABLES).join("\n")).toContain(
    "  R->>S: accepted\n  Note over S: accepted\n  S->>R: confirmed",
  );
});
