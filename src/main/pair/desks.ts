/** The city of the demonstration. */
export const REGION = "150100";

/**
 * The desks of the demonstration on one machine: the pair, which always runs, and its neighbours (相邻平台), which run when asked for: the 110
 * of a county with its own, a utility's duty desk and a 综治中心, both on the government's side of the link. `peers` are linked both ways;
 * `title` is what the start prints.
 */
// biome-ignore format: a table is read one row a line
export const DESKS = [
  { name: "hotline", code: "hotline-150100", side: "hotline", region: REGION, port: 12345, dutyPhone: "12345", title: "12345 热线 hotline", peers: ["police", "county"] },
  { name: "police", code: "police-150100", side: "police", region: REGION, port: 11110, dutyPhone: "110", title: "110 报警台 police desk", peers: ["hotline", "water", "centre"] },
  { name: "county", code: "police-150121", side: "police", region: "150121", port: 11121, dutyPhone: "000-150121", title: "旗县110 county police desk", peers: ["hotline", "centre"] },
  { name: "water", code: "hotline-150104", side: "hotline", region: "150104", port: 12404, dutyPhone: "000-150104", title: "供水值班台 utility's duty desk", peers: ["police"] },
  { name: "centre", code: "hotline-150105", side: "hotline", region: "150105", port: 12405, dutyPhone: "000-150105", title: "综治中心 mediation centre", peers: ["police", "county"] },
] as const;

export type Desk = (typeof DESKS)[number];
export const PAIR: readonly Desk["name"][] = ["hotline", "police"];
