import { expect, test } from "vitest";
import type { CatalogueSignature, CatalogueVersion } from "../../core/catalogue/index.ts";
import { instantOf } from "../../kernel/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { standingLines } from "./agreement-lines.ts";

const HERE = "hotline-1" as NodeCode;
const THERE = "police-1" as NodeCode;
const at = instantOf(Date.UTC(2026, 4, 1));

function aVersion(version: string, changes: Partial<CatalogueVersion> = {}): CatalogueVersion {
  const never = { signatures: [], fetchedFrom: null, savedAt: at, inForceAt: null, supersededAt: null };
  return {
    version,
    digest: `digest of ${version}`,
    base: null,
    validFrom: "2026-06-01",
    state: "draft",
    ...never,
    ...changes,
  };
}

const by = (node: NodeCode, version: string): CatalogueSignature => ({
  node,
  peer: node === HERE ? THERE : HERE,
  at,
  digest: `digest of ${version}`,
  signature: "00",
});

const nothing = { self: HERE, at, peers: [THERE], signatures: [], approvals: [], unheld: [], wanted: [] };

test("an operator sees what is judged by, who has signed what, and from which day it counts (REQ-20)", () => {
  const approvals = [
    { ...by(HERE, "city@2"), version: "city@2", userId: "user-7", approvedAt: at },
    { ...by(THERE, "city@2"), version: "city@2", userId: null, approvedAt: at },
  ];
  const lines = standingLines({
    ...nothing,
    versions: [
      aVersion("plan@1", { state: "inForce", inForceAt: at }),
      aVersion("city@2"),
      aVersion("city@3", { state: "foreign" }),
    ],
    signatures: [by(HERE, "city@2"), by(THERE, "city@2"), by(THERE, "city@3")],
    approvals,
    unheld: [{ version: "city@2", digest: "digest of city@2", peer: THERE }],
  });
  const line = (part: string) => lines.find((one) => one.includes(part)) ?? "";
  expect(lines[0]).toContain("plan@1");
  expect(lines[0]).toContain("依方案");
  expect(line("city@2")).toMatch(/双方已签.*2026-06-01/);
  expect(line("user-7")).toContain("尚未送达");
  expect(line("city@3")).toMatch(/对方已签，待本方.*来自对方/);
});

test("what came and cannot be used is told by file, row and rule; another text under a known name by its digest", () => {
  const problems = [{ file: "items.csv", row: 6, code: "CLASS_UNKNOWN", detail: "A91" }];
  const aside = { version: "city@4", peer: THERE, askedAt: at, tries: 1, nextAt: null, problems };
  const approvals = [
    { version: "city@2", digest: "another", node: THERE, peer: HERE, userId: null, approvedAt: at },
    { version: "city@9", digest: "ninth", node: THERE, peer: HERE, userId: null, approvedAt: at },
  ];
  const wanted = [aside, { ...aside, version: "city@5", nextAt: at, problems: [] }];
  const text = standingLines({ ...nothing, versions: [aVersion("city@2")], approvals, wanted }).join("\n");
  expect(text).toContain("没有生效的目录");
  expect(text).toContain("items.csv:6 CLASS_UNKNOWN A91");
  expect(text).toMatch(/city@2 .*another text than the one kept here/);
  expect(text).toMatch(/city@9 .*not kept here yet/);
  expect(text).toContain("city@5 待向 police-1 索取");
});
