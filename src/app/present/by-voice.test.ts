import { expect, test } from "vitest";
import { createMemoryStores } from "../../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import { createRouting } from "../../core/places/index.ts";
import { aCall, aDesk, anActor, give, given, PLACE, REGION, THREAT } from "../desk.test-data.ts";
import { readRequest } from "../read-requests.ts";

const row = { side: "police", invented: true } as const;
const served = { area: PLACE, role: "first", order: 1, reasonZh: "", validFrom: "2020-01-01", validTo: null } as const;

test("an open push says where it went and which number of the place's own 110 to dial (nmg:2.2.1)", async () => {
  const { deps, ...rest } = aDesk({ stores: createMemoryStores, keys: openPassingKeys() });
  const [linked] = deps.peers();
  if (linked === undefined) throw new Error("no peer");
  const city = { ...row, code: "p-1", nameZh: "市公安局110", nameEn: "City 110", region: REGION };
  const own = { ...row, code: "p-5", nameZh: "某区110", nameEn: "District 110", region: PLACE };
  const routing = createRouting(
    [
      { ...city, node: linked.nodeCode, dutyPhone: linked.dutyPhone },
      { ...own, node: null, dutyPhone: "000-0105" },
    ],
    [{ ...served, desk: "p-5" }],
  );
  const here = { ...rest, deps: { ...deps, routing } };
  const known = await given(give(here, "register", aCall({ place: PLACE }, { item: THREAT })));
  const view = async () => {
    const read = await readRequest(here.deps, anActor(), known.requestNo);
    if (!read.ok) throw new Error(read.error.code);
    return read.value.linkages[0];
  };
  expect((await view())?.byVoice).toEqual({
    name: "某区110",
    nameEn: "District 110",
    phone: "000-0105",
    pushedTo: "市公安局110",
    pushedToEn: "City 110",
  });
  expect(await here.deps.queries.alarms(["desk"])).toContainEqual(
    expect.objectContaining({ kind: "placeByVoice", dial: "000-0105", requestNo: known.requestNo }),
  );
  const linkedToo = {
    ...here.deps,
    routing: createRouting([{ ...own, node: linked.nodeCode, dutyPhone: "110" }], [{ ...served, desk: "p-5" }]),
  };
  const later = await readRequest(linkedToo, anActor(), known.requestNo);
  expect(later.ok && later.value.linkages[0]?.byVoice).toBeNull();
});
