import { randomUUID } from "node:crypto";
import { carryOut, dispatch } from "./commands.ts";
import { instant, makeWorld, newCopy, raise, tell } from "./world.ts";
import type { Copy, Node, World } from "./world.ts";

type Fields = Parameters<typeof newCopy>[1];
const MINUTE = 60_000;

function put(at: Node, item: string | null, agoMinutes: number, fields: Fields): Copy {
  const copy = newCopy(at, fields, agoMinutes * MINUTE);
  copy.item = item;
  at.copies.set(copy.no, copy);
  tell(at, copy, "CaseRegistered", {
    who: "坐席 07",
    to: "registered",
    source: "nmg:2.2.1",
    agoMs: agoMinutes * MINUTE,
  });
  copy.changedAt = instant(agoMinutes * MINUTE);
  return copy;
}

const person = (phone: string, name: string): Fields => ({
  requesterPhone: phone,
  requesterName: name,
  requestKind: "complaint",
  field: "publicServices",
  requesterType: "person",
});

/** 7,000 characters, the threat in the last sentence: what a screen must not fold away. */
export const LONG_TEXT = `${"诉求人反映小区供暖多年不热，每年冬天室温只有十三四度，多次向物业、供热公司反映，均答复管网老化、等待改造，至今没有结果。".repeat(112)}今天再没有人来，我就把楼道的燃气阀门打开，大家都别过了。`;

const NEAR = ["东库街 12 号院 3 号楼", "海拉尔东路与兴安北路交叉口", "大学西街 8 号", "昭乌达路 55 号"];

/** Invented requests of an ordinary morning at both desks. */
export function seedWorld(): World {
  const world = makeWorld();
  const { hotline, police } = world.nodes;
  const act = (at: Node, copy: Copy, body: object = {}) => ({
    world,
    at,
    copy,
    who: at === hotline ? "坐席 07" : "接警席 03",
    body: body as Record<string, unknown>,
  });
  const texts = [
    "路灯坏了三天，晚上学生放学看不见路。",
    "井盖丢了，放了个树枝，怕有人掉下去。",
    "商家宣传打五折，结账不认，要求退款。",
    "家里暖气只有十五度，老人孩子都冻着。",
  ];
  for (let i = 0; i < 56; i += 1) {
    put(hotline, ["A01-05", "A01-10", "A07-01", "A01-04"][i % 4] ?? null, 70 + i * 9, {
      ...person(`1380000${String(1000 + i)}`, "李某"),
      place: ["150102", "150103", "150104", "150105"][i % 4] ?? null,
      address: NEAR[i % 4] ?? "",
      text: texts[i % 4] ?? "",
    });
  }
  const heat = put(hotline, "A01-04", 52, {
    ...person("13800002001", "诉求人甲"),
    place: "150102",
    address: "东库街 12 号院",
    text: LONG_TEXT,
  });
  carryOut("accept", heat.no, act(hotline, heat));
  dispatch(act(hotline, heat, { unit: "u-heat", role: "lead", instruction: "两小时内联系诉求人，入户测温。" }));
  const lamp = put(hotline, "A01-04", 47, {
    ...person("13800002002", "诉求人乙"),
    place: "150105",
    address: "大学西街 8 号 2 单元",
    text: texts[3] ?? "",
  });
  dispatch(act(hotline, lamp, { unit: "u-heat", role: "assisting" }));
  carryOut("acknowledgeOrder", lamp.orders[0]?.id ?? "", act(hotline, lamp));
  const answered = put(hotline, "A01-05", 44, {
    ...person("13800002003", "赵某"),
    place: "150103",
    text: texts[0] ?? "",
  });
  carryOut("accept", answered.no, act(hotline, answered));
  carryOut(
    "conclude",
    answered.no,
    act(hotline, answered, { resolution: "resolved", result: "已更换灯具，当晚亮灯。" }),
  );
  carryOut("callBack", answered.no, act(hotline, answered, { outcome: "notReached" }));
  carryOut("callBack", answered.no, act(hotline, answered, { outcome: "reached", satisfaction: 4, solved: true }));
  put(hotline, "D03-01", 31, {
    ...person("13800002004", "孙某"),
    place: "150104",
    confidential: true,
    text: "楼上装修到半夜，不知道该找谁。",
  });
  put(hotline, "N00-01", 27, { ...person("13800002005", "周某"), text: "法院判下来了对方不执行，让热线管管。" });
  const vehicle = put(hotline, "B03-05", 19, {
    ...person("13800002006", "吴某"),
    place: "150105",
    text: "车管所网上预约一直失败，想问怎么办理补牌。",
  });
  carryOut("handOver", vehicle.no, act(hotline, vehicle));
  carryOut(
    "acceptOffer",
    police.copies.get(vehicle.no)?.linkages[0]?.id ?? "",
    act(police, police.copies.get(vehicle.no) ?? vehicle),
  );
  const theirs = police.copies.get(vehicle.no);
  if (theirs !== undefined) dispatch(act(police, theirs, { unit: "p-traffic", role: "lead" }));
  put(hotline, "B01-02", 6, {
    ...person("13800002007", "郑某"),
    place: "150102",
    address: "新华广场东侧",
    text: "有人在广场上摆摊强买强卖，还推搡老人。",
  });
  put(hotline, null, 3, { requesterPhone: "13800002008", text: "（正在通话）小区门口好像有人吵架，听不清。" });

  const gov = put(police, "A01-10", 11, {
    ...person("13800003001", "冯某"),
    place: "150104",
    address: "石羊桥路辅道",
    text: "路中间井盖没了，已经有电动车摔倒，人没事，自己走了。",
  });
  carryOut("handOver", gov.no, act(police, gov));
  carryOut("amend", gov.no, act(police, gov, { fields: {}, note: "民警已到场放置锥桶，等待市政更换井盖。" }));
  for (let i = 0; i < 6; i += 1) {
    put(police, i % 2 === 0 ? "B03-05" : "B01-02", 20 + i * 13, {
      ...person(`1380000${String(4000 + i)}`, "陈某"),
      place: "150102",
      text: "邻居占用车位，双方发生口角，要求出警调解。",
    });
  }
  hotline.dead.push({ messageId: randomUUID(), since: instant(41 * MINUTE) });
  raise(hotline, "deliveryMissing", vehicle.linkages[0]?.id ?? "", vehicle, {
    audience: "supervisor",
    raisedAt: instant(8 * MINUTE),
  });
  return world;
}
