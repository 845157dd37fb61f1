import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { Meta } from "../../src/http/contract/index.ts";
import { CLI, ENVIRONMENT, startTestNodes } from "../setup/pair.ts";
import type { Side, TestNodes } from "../setup/pair.ts";
import { eventually, logIn } from "../setup/pair-seat.ts";
import { seenBy, STREET_LAMP, THEFT } from "./matters.ts";

const PLAN = "nmg-2022-89@4";
const LATER = "nmg-2022-89@5";
const CITY = "city-1501@1";
const CITY_HEAD = `id: city-1501
version: ${CITY}
base: ${LATER}
region: "150100"
document: { titleZh: 试行细则, titleEn: Trial rules, number: 试〔2026〕1号, issuer: 某市, issuedOn: "2026-03-01" }
validFrom: "2026-05-01"
policies: {}
milestones: []
`;
const PAPERS =
  "code,title_zh,title_en,number,issuer,issued_on\nminutes3,会商纪要,Minutes,试会〔2026〕3号,某市,2026-04-20\n";
const LAMP_ROW =
  "replace,minutes3,A01-05,A01,公共设施类,Public facilities,路灯不亮,Street lamp is dark,ldbl,,,hotline,hotlineHandles,ordinary,,agreement,nmg:a1.1,municipalWorks,,2026-05-01,\n";

let nodes: TestNodes;

beforeAll(async () => {
  nodes = await startTestNodes();
});
afterAll(() => nodes?.end());

const agent = () => logIn(nodes.account("hotline", "agent1"));
const taker = () => logIn(nodes.account("police", "taker1"));

/** `npx liandong catalogue …` beside the running node of one side. */
async function catalogue(side: Side, ...args: readonly string[]): Promise<string> {
  const given = [CLI, "catalogue", ...args, "--config", nodes.config(side).file];
  const { stdout } = await promisify(execFile)(process.execPath, given, { env: ENVIRONMENT });
  return stdout;
}

async function versionOf(side: Side): Promise<string> {
  const seat = side === "hotline" ? await agent() : await taker();
  return (await seat.call<Meta>("GET", "/meta")).body.catalogueVersion;
}

const inForce = (side: Side, version: string) =>
  eventually(`${version} at ${side}`, async () => ((await versionOf(side)) === version ? version : null), 30_000);

/** A plan's later text: one matter of 110 has another name. */
function laterPlan(): string {
  const folder = join(nodes.folder, "catalogue", "nmg-2022-89");
  cpSync(join(import.meta.dirname, "../../catalogue/nmg-2022-89"), folder, { recursive: true });
  const change = (file: string, from: string, to: string): void => {
    const text = readFileSync(join(folder, file), "utf8");
    expect(text).toContain(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  };
  change("catalogue.yaml", PLAN, LATER);
  change("items.csv", "公安机关管辖的行政（治安）案件", "治安案件");
  return folder;
}

function cityFolder(): string {
  const folder = join(nodes.folder, "catalogue", "city-1501");
  mkdirSync(folder, { recursive: true });
  const [columns] = readFileSync(join(nodes.folder, "catalogue/nmg-2022-89/items.csv"), "utf8").split(/\r?\n/);
  writeFileSync(join(folder, "catalogue.yaml"), CITY_HEAD);
  writeFileSync(join(folder, "documents.csv"), PAPERS);
  writeFileSync(join(folder, "items.csv"), `change,document,${columns?.replace("\uFEFF", "")}\n${LAMP_ROW}`);
  return folder;
}

test("an offer and a push under a version that 110 does not have are taken at once, and explained by it soon after (P3, P6, REQ-08)", async () => {
  const { file } = nodes.config("hotline");
  const config: object = parse(readFileSync(file, "utf8"));
  writeFileSync(file, stringify({ ...config, catalogue: { folder: laterPlan() } }));
  await nodes.stop("hotline", "SIGTERM");
  await nodes.start("hotline");
  expect([await versionOf("hotline"), await versionOf("police")]).toEqual([LATER, PLAN]);

  const seat = await agent();
  const offered = await seat.register(THEFT);
  await seat.give("handOver", offered.requestNo);
  const pushed = await seat.register({ ...THEFT, danger: true });
  const police = await taker();
  for (const { requestNo } of [offered, pushed]) {
    await seenBy(police, requestNo, "the matter", () => true);
    const explained = await seenBy(
      police,
      requestNo,
      "its own words",
      ({ verdict }) => verdict !== null && verdict.wordsOf === undefined && verdict.itemName === "治安案件",
      30_000,
    );
    expect(explained.verdict).toMatchObject({ catalogueVersion: LATER, by: "peer" });
  }
  expect(await versionOf("police")).toBe(PLAN);
  expect(await catalogue("police", "versions")).toMatch(new RegExp(`${LATER} +foreign`));
});

test("a changed row takes effect at both desks while they run, once both have signed it; 110 was killed in between (nmg:2.2.5, REQ-20)", async () => {
  const before = await (await agent()).register(STREET_LAMP);
  await catalogue("hotline", "import", cityFolder());
  expect(await catalogue("hotline", "approve", CITY, "--user", "operator")).toContain("本方已签");
  await eventually(
    "the other desk's word",
    async () => {
      const said = await catalogue("police", "status");
      return said.includes(`${CITY} `) && said.includes("对方已签，待本方") ? said : null;
    },
    30_000,
  );
  expect(await versionOf("hotline")).toBe(LATER);
  await nodes.stop("police", "SIGKILL");
  await expect(catalogue("police", "approve", CITY, "--user", "taker1")).rejects.toThrow("无权签署目录");
  expect(await catalogue("police", "approve", CITY, "--user", "operator")).toContain("双方已签");
  await nodes.start("police");
  await inForce("police", CITY);
  await inForce("hotline", CITY);
  const after = await (await agent()).register(STREET_LAMP);
  expect(after.view.verdict).toMatchObject({ catalogueVersion: CITY, itemName: "路灯不亮", basis: "agreement" });
  expect((await (await agent()).request(before.requestNo)).verdict).toMatchObject({
    catalogueVersion: LATER,
    itemName: "路灯故障损坏",
    basis: "plan",
  });
  for (const side of ["hotline", "police"] as const) {
    expect(await catalogue(side, "status")).toContain(`本节点按 ${CITY} 判定`);
    const out = join(nodes.folder, `out-${side}`);
    await catalogue(side, "export", CITY, out);
    for (const name of ["catalogue.yaml", "documents.csv", "items.csv"])
      expect(readFileSync(join(out, "city-1501", name))).toEqual(
        readFileSync(join(nodes.folder, "catalogue/city-1501", name)),
      );
  }
});
