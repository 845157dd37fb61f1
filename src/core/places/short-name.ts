import type { Region } from "./region.ts";

/** Names of peoples as they stand at the end of the names of autonomous areas. */
const PEOPLES =
  "哈萨克族?|达斡尔族|鄂温克族|拉祜族|哈尼族|景颇族|傈僳族|布朗族|普米族|独龙族|纳西族|土家族|布依族|仡佬族|柯尔克孜族?|塔吉克族?|锡伯族?|" +
  "东乡族|保安族|撒拉族|裕固族|毛南族|仫佬族|朝鲜族|蒙古族?|回族|藏族|苗族|彝族|壮族|侗族|瑶族|白族|傣族|佤族|怒族|羌族|黎族|畲族|水族|土族|满族|各族";

const PEOPLES_AT_THE_END = new RegExp(`(?:${PEOPLES})+$`);

/**
 * The name people say, by rule: 呼和浩特市 → 呼和浩特, 西双版纳傣族自治州 → 西双版纳, 富民县 → 富民. A name that would be left with
 * one character keeps its ending (云县), and so do districts and banners, which are called by it (新城区, 杭锦旗). Names that are
 * shortened in another way stand in the sheet of other names.
 */
export function shortNameOf({ name, level }: Pick<Region, "name" | "level">): string {
  if (level === "province") return name.replace(OF_A_PROVINCE, "");
  const autonomous = /^(.+)自治([州县旗])$/.exec(name);
  if (autonomous !== null) {
    const [, body = name, ending = ""] = autonomous;
    const place = body.replace(PEOPLES_AT_THE_END, "");
    return place.length >= 2 ? place : `${body.replace(/族$/, "")}${ending}`;
  }
  const generic = GENERIC[level].exec(name);
  return generic === null || generic.index < 2 ? name : name.slice(0, generic.index);
}

const OF_A_PROVINCE = /(?:省|市|特别行政区|(?:壮族|回族|维吾尔)?自治区)$/;

const GENERIC = {
  prefecture: /(?:市|盟|地区)$/,
  county: /(?:市|县)$/,
} as const;
