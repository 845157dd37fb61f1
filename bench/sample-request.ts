/** A request as a call taker enters it: coded fields, the number, a place and 150 characters of what was said. */
export const FIELDS = {
  channel: "phone",
  place: "150102",
  requestKind: "nonUrgentHelp",
  field: "publicServices",
  requesterType: "person",
  requesterName: "来电人",
  address: "新城区海拉尔大街与哲里木路交叉口东北角小区三号楼二单元",
  text:
    "小区从昨天晚上八点开始停水，物业说是主管道爆裂，但是到现在没有看到维修人员到场。楼里有多位老人和婴幼儿，" +
    "做饭和用水都成问题。希望尽快告知抢修时间，安排送水车，并请相关部门督促供水单位尽快恢复供水，" +
    "同时核实物业是否按规定提前通知住户，此前本月已经停水两次，反映过一次没有得到答复，请给予回复。",
} as const;

let caller = 0;

/** Another caller each time, so that the index of numbers is written like that of a real desk. */
export function nextPhone(): string {
  caller += 1;
  return `139${String((caller * 7_919) % 100_000_000).padStart(8, "0")}`;
}

/** Water supply broken: 12345's own, ordinary. */
export const HOTLINE_ITEM = "A01-01";
/** A public-order case: 110's own, not urgent. */
export const POLICE_ITEM = "B01-02";
