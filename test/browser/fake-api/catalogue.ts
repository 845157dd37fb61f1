import type { Static } from "typebox";
import type { ItemView, UnitView } from "../../../src/http/contract/index.ts";

export type Item = Static<typeof ItemView>;
export type Unit = Static<typeof UnitView>;

const item = (
  code: string,
  [className, classNameEn]: readonly [string, string],
  [nameZh, nameEn]: readonly [string, string],
  side: string,
  rest: Partial<Item> = {},
): Item => ({
  code,
  className,
  classNameEn,
  nameZh,
  nameEn,
  condition: null,
  side,
  mode: side === "police" ? "policeHandles" : "hotlineHandles",
  urgency: "ordinary",
  source: `nmg:a${code.startsWith("A") ? 1 : code.startsWith("B") ? 2 : code.startsWith("C") ? 3 : 4}`,
  basis: "plan",
  unitKind: null,
  ...rest,
});

const PUBLIC = ["公共设施类", "Public facilities"] as const;
const TRAFFIC = ["道路交通管理", "Road traffic"] as const;
const CRIME = ["违法犯罪行为", "Offences and crimes"] as const;

/** A handful of annex items, enough for every kind of verdict. */
export const ITEMS: readonly Item[] = [
  item("A01-04", PUBLIC, ["供暖设施故障损坏", "Heating facility broken"], "hotline", { unitKind: "heatSupply" }),
  item("A01-05", PUBLIC, ["路灯故障损坏", "Street lamp out or damaged"], "hotline", { unitKind: "municipalWorks" }),
  item("A01-10", PUBLIC, ["井盖缺失", "Manhole cover missing"], "hotline", { unitKind: "municipalWorks" }),
  item("A07-01", ["消费纠纷类", "Consumer disputes"], ["虚假宣传", "False advertising"], "hotline", {
    unitKind: "marketRegulation",
  }),
  item(
    "B01-02",
    CRIME,
    ["公安机关管辖的行政（治安）案件", "Administrative (public order) case under the police"],
    "police",
  ),
  item("B03-05", TRAFFIC, ["车辆管理", "Vehicle administration"], "police"),
  item("B03-01", TRAFFIC, ["道路交通事故", "Road traffic accident"], "police", {
    urgency: "urgent",
    source: "nmg:a2.3",
  }),
  item("D06-01", PUBLIC, ["井盖缺失", "Manhole cover missing"], "police", {
    mode: "policeFirstThenHotline",
    urgency: "urgent",
    condition: "需公安机关临时设置警示标志",
    source: "nmg:a4.6",
  }),
  item("C01-02", ["涉及人身安全", "Life in danger"], ["扬言自杀、伤人", "Threat of suicide or violence"], "both", {
    urgency: "urgent",
    condition: "情绪激动、有现实危险",
    source: "nmg:a3.1",
  }),
  item("D03-01", ["噪声扰民", "Noise"], ["邻里噪声纠纷", "Noise dispute between neighbours"], "negotiate", {
    condition: "是否正在发生",
    source: "default",
    basis: "default",
  }),
  item("N00-01", ["均不受理", "Neither desk"], ["诉讼", "Court proceedings"], "neither", { source: "nmg:2.1" }),
];

const unit = (code: string, nameZh: string, nameEn: string, side: string, unitKind: string, n: number): Unit => ({
  code,
  nameZh,
  nameEn,
  side,
  tier: "prefecture",
  region: "150100",
  unitKind,
  dutyPhone: `0471-000-00${String(n).padStart(2, "0")}`,
  suggested: false,
});

/** Invented units; telephone numbers that nobody has. */
export const UNITS: readonly Unit[] = [
  unit("u-heat", "市供热公司值班室", "Heating utility duty desk", "hotline", "heatSupply", 11),
  unit("u-works", "市政设施管护中心", "Municipal works", "hotline", "municipalWorks", 12),
  unit("u-market", "市市场监督管理局", "Market regulation", "hotline", "marketRegulation", 13),
  unit("u-govduty", "市人民政府24小时值班室", "Local government duty desk", "hotline", "governmentDutyDesk", 1),
  unit("p-xincheng", "新城区派出所", "Xincheng police station", "police", "policeStation", 21),
  unit("p-traffic", "交警支队勤务中队", "Traffic police squad", "police", "trafficPolice", 22),
];

export const PLACES = [
  { code: "150100", nameZh: "呼和浩特市", parent: null },
  { code: "150102", nameZh: "新城区", parent: "150100" },
  { code: "150103", nameZh: "回民区", parent: "150100" },
  { code: "150104", nameZh: "玉泉区", parent: "150100" },
  { code: "150105", nameZh: "赛罕区", parent: "150100" },
  { code: "150121", nameZh: "土默特左旗", parent: "150100" },
] as const;

const named = (code: string, nameZh: string, nameEn: string) => ({ code, nameZh, nameEn });

export const LISTS = {
  channels: [
    named("phone", "电话", "Telephone"),
    named("web", "网站", "Web site"),
    named("peerDesk", "对方平台移交", "Handed over by the other desk"),
  ],
  requestKinds: [
    named("inquiry", "咨询", "Inquiry"),
    named("nonUrgentHelp", "非紧急求助", "Non-urgent help"),
    named("complaint", "投诉", "Complaint"),
    named("tipOff", "举报", "Tip-off"),
    named("suggestion", "意见建议", "Opinion or suggestion"),
  ],
  fields: [
    named("economicRegulation", "经济调节", "Economic regulation"),
    named("marketRegulation", "市场监管", "Market regulation"),
    named("socialManagement", "社会管理", "Social management"),
    named("publicServices", "公共服务", "Public services"),
    named("ecologicalProtection", "生态环境保护", "Ecological and environmental protection"),
  ],
  requesterTypes: [named("person", "群众", "Person"), named("enterprise", "企业", "Enterprise")],
  returnReasons: [
    { ...named("outOfScope", "不属于本平台受理范围", "Outside our scope"), source: "nmg:2.1" },
    named("wrongRegion", "属地不符", "Wrong region"),
    named("dutiesOverlap", "职能交叉", "Duties overlap"),
    named("incomplete", "信息不全", "Information incomplete"),
    named("other", "其他", "Other, with text"),
  ],
  withdrawReasons: [
    named("takeBack", "收回", "Taken back"),
    named("keep", "自办", "Sender handles it itself"),
    named("agreedToSender", "协商归己方", "Agreed: the sender's"),
  ],
  guidanceReasons: [
    named("N00-01", "诉讼", "Court proceedings"),
    named("N00-99", "其他不属于两者", "Other matter of neither desk"),
  ],
  exclusions: [
    { ...named("litigation", "诉讼", "Court proceedings"), item: "N00-01" },
    { ...named("privacy", "个人隐私", "Privacy"), item: "N00-09" },
  ],
  resolutions: [
    named("answeredAtOnce", "即问即答", "Answered at once"),
    named("resolved", "已解决", "Resolved"),
    named("partlyResolved", "部分解决", "Partly resolved"),
    named("explained", "已解释说明", "Rules explained, nothing to be done"),
    named("handled", "已处置", "Handled by the police"),
  ],
} as const;
