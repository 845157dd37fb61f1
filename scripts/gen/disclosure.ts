import { SCOPE_TABLE } from "../../src/core/disclosure/index.ts";
import type { Viewer } from "../../src/core/disclosure/index.ts";
import { type Generator, madeBy } from "./generator.ts";
import { table } from "./markdown.ts";

const VIEWERS = [
  "desk",
  "unit",
  "peerTransfer",
  "peerDanger",
  "peerTold",
  "public",
  "evidence",
] as const satisfies readonly Viewer[];

/** docs/generated/disclosure.md: which field each viewer sees (知悉范围), from the table that decides it. */
export const disclosureGenerator: Generator = {
  name: "disclosure",
  file: "docs/generated/disclosure.md",
  make: () =>
    [
      madeBy,
      "# Disclosure scope (知悉范围)",
      "",
      "From `SCOPE_TABLE` of `src/core/disclosure`: the first row that fits a field counts, `*` ends a prefix, a field without",
      "a row is hidden. A desk sees a masked value in clear only one by one, with a reason that is kept (`revealField`).",
      "`peerTransfer` and `peerDanger` are what travels to another node with an ordinary hand-over and with an urgent push,",
      "`peerTold` what goes with a notice or with a plea for support.",
      "Source `default` means: a proposal of this project until both desks have signed it (待会商).",
      "",
      "## An ordinary request",
      "",
      ...scopes("showings"),
      "",
      "## A confidential one (asked for, or a tip-off 举报)",
      "",
      ...scopes("confidential"),
      "",
    ].join("\n"),
};

function scopes(which: "showings" | "confidential"): readonly string[] {
  return table(
    ["field", ...VIEWERS, "source"],
    SCOPE_TABLE.map((row) => [`\`${row.field}\``, ...VIEWERS.map((viewer) => row[which][viewer]), row.source]),
  );
}
