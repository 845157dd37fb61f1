import { expect, test } from "vitest";
import { explain } from "../../core/explain/index.ts";
import { catalogueOfFiles, readCatalogueFolder, siblingOf } from "./read-catalogue.ts";

const FOLDER = "catalogue/nmg-2022-89";
const HEAD = (policies: object) => ({
  id: "city-150100",
  version: "city-150100@1",
  base: "nmg-2022-89@4",
  region: "150100",
  document: { titleZh: "细则", titleEn: "Rules", number: "试〔2026〕1号", issuer: "某市", issuedOn: "2026-03-01" },
  validFrom: "2026-05-01",
  policies,
  milestones: [],
});
const PAPERS =
  "code,title_zh,title_en,number,issuer,issued_on\nxieyi,值班裁定协议,Agreement,试协〔2026〕2号,双方平台,2026-04-20\n";

async function city(policies: object) {
  const base = await readCatalogueFolder(FOLDER, siblingOf(FOLDER));
  if (!base.ok) throw new Error(JSON.stringify(base.error));
  const files = { "catalogue.yaml": JSON.stringify(HEAD(policies)), "documents.csv": PAPERS };
  const bytes = Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)] as const);
  return { base: base.value.catalogue, made: catalogueOfFiles(new Map(bytes), base.value) };
}

test("a duty arbiter is one by an agreement alone: it needs both signatures, and the ruling names the paper (nmg:2.2.4, P6)", async () => {
  const { base, made } = await city({ dutyArbiter: { value: "police", source: "xieyi" } });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  expect(base.policies.dutyArbiter).toBeNull();
  expect(explain(base, { kind: "policy", policy: "dutyArbiter" })).toBeNull();
  // A version that changes anything by a paper takes effect only when two desks have signed it.
  expect(made.value.catalogue.changed).toBe(true);
  const said = explain(made.value.catalogue, { kind: "policy", policy: "dutyArbiter" });
  expect([said?.basis, said?.documentZh]).toEqual(["agreement", expect.stringContaining("试协〔2026〕2号")]);
  expect(said?.sentenceZh).toContain("110值班长");
});

test("nobody is named by a proposal, by the plan, or by a paper that is not there", async () => {
  for (const source of ["default", "nmg:2.2.4", "other"])
    expect((await city({ dutyArbiter: { value: "hotline", source } })).made.ok).toBe(false);
});
