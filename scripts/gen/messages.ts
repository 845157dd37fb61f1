import { readdirSync } from "node:fs";
import { join } from "node:path";
import { LINKAGE_TABLES } from "../../src/core/linkage/index.ts";
import type { Row } from "../../src/core/linkage/index.ts";
import { BODY_SCHEMAS, CaseBriefSchema, FirstReceiverSchema, SealedSchema } from "../../src/exchange/contract/index.ts";
import { type Generator, madeBy } from "./generator.ts";
import { codes, table } from "./markdown.ts";
import { MEMBER_MEANINGS } from "./message-members.ts";
import { type Form, formOf, plainForm } from "./message-forms.ts";
import { sequenceDiagrams } from "./sequences.ts";

const GOLDEN = "src/exchange/contract/golden";
const ROWS: readonly Row[] = [...new Set(Object.values(LINKAGE_TABLES).flatMap((rows) => rows ?? []))];

/** docs/protocol/messages.md: every message type with its members, direction, codes and example, and the roads as sequences. */
export const messagesGenerator: Generator = {
  name: "messages",
  file: "docs/protocol/messages.md",
  make: (root) =>
    [
      madeBy,
      "# Messages and sequences",
      "",
      "From `BODY_SCHEMAS` of `src/exchange/contract`, which reads every message, and from `LINKAGE_TABLES`, which decides by it. What stands around a",
      "body: [linkage-exchange.md](linkage-exchange.md). What it does: [linkage.md](linkage.md). S and R: sender and receiver of the matter.",
      "A member is needed unless it says *optional*; a member that may be null is sent as null, not left out. Instants are UTC with",
      "milliseconds; counts begin at 1. A body that departs from this is EXCHANGE_SCHEMA_INVALID; a `push` is repaired instead",
      "(EXCHANGE_REPAIRED). *Noted* are the codes under which a message may be taken without effect.",
      "",
      "## Parts of several messages",
      "",
      "### `brief`",
      "",
      ...membersOf(plainForm(CaseBriefSchema)),
      "",
      "### `firstReceiver`",
      "",
      ...membersOf(plainForm(FirstReceiverSchema)),
      "",
      "### A sealed reference",
      "",
      ...membersOf(plainForm(SealedSchema)),
      "",
      "## Messages",
      ...Object.entries(BODY_SCHEMAS).flatMap(([type, schema]) => sectionOf(root, type, plainForm(schema))),
      "",
      "## Sequences",
      "",
      "Walked through the tables themselves: each arrow is sent by the row that applies, each note is the state after it.",
      ...sequenceDiagrams(LINKAGE_TABLES),
      "",
    ].join("\n"),
};

function sectionOf(root: string, type: string, schema: Form): readonly string[] {
  const read = ROWS.filter((row) => row.on === `message:${type}`);
  const noted = [...new Set(read.flatMap((row) => (row.noted === undefined ? [] : [row.noted])))];
  const opens = read.some((row) => row.from.includes("-")) ? " Opens a conversation." : "";
  const versions = goldenVersions(root, type);
  const examples = versions.map((v) => `[${v}](../../${GOLDEN}/${v}/message-${type}.json)`).join(", ");
  return [
    "",
    `### \`${type}\``,
    "",
    `Direction: ${directionOf(type)}.${opens} Since version ${versions[0]?.slice(1) ?? "?"}. Example: ${examples}.${noted.length === 0 ? "" : ` Noted: ${codes(noted)}.`}`,
    "",
    ...membersOf(schema),
  ];
}

function directionOf(type: string): string {
  const roles = new Set(ROWS.filter((row) => row.sends?.some((sent) => sent === type)).map(({ role }) => role));
  return [...roles].map((role) => (role === "S" ? "S to R" : "R to S")).join(", ");
}

function goldenVersions(root: string, type: string): readonly string[] {
  const found = readdirSync(join(root, GOLDEN))
    .filter((version) => readdirSync(join(root, GOLDEN, version)).includes(`message-${type}.json`))
    .sort();
  if (found.length === 0) throw new Error(`no golden example of ${type}`);
  return found;
}

/** The members of an object; a member whose meaning nobody wrote down is a mistake. */
export function membersOf(schema: Form): readonly string[] {
  const members = Object.entries(schema.properties ?? {}).filter(([name]) => name !== "type");
  if (members.length === 0) return ["Nothing but its type."];
  return table(
    ["member", "form", "meaning"],
    members.map(([name, form]) => {
      const meaning = MEMBER_MEANINGS[name];
      if (meaning === undefined) throw new Error(`scripts/gen/message-members.ts does not say what ${name} means`);
      const optional = schema.required?.includes(name) === true ? "" : ", optional";
      return [`\`${name}\``, `${formOf(form)}${optional}`, meaning];
    }),
  );
}
