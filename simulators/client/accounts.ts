import { readFileSync } from "node:fs";
import { listOf, parseObject, parseText, textOf, textsOf } from "./json.ts";

export type Side = "hotline" | "police";

/** One log-in of one desk, as `npm start` writes them for the demonstration. */
export type Account = {
  readonly node: Side;
  readonly url: string;
  readonly login: string;
  readonly password: string;
  readonly roles: readonly string[];
  /** Unit code of a unit clerk, else null. */
  readonly unit: string | null;
};

/** Usable entries of an accounts file, in its order; entries without side, address, log-in or password are left out. */
export function parseAccounts(text: string): readonly Account[] {
  return listOf(parseText(text)).flatMap((entry) => {
    const row = parseObject(entry);
    const [node, url, login, password] = [row["node"], row["url"], row["login"], row["password"]].map(textOf);
    if ((node !== "hotline" && node !== "police") || !url || !login || !password) return [];
    return [{ node, url: originOf(url), login, password, roles: textsOf(row["roles"]), unit: textOf(row["unit"]) }];
  });
}

export function readAccounts(file: string): readonly Account[] {
  return parseAccounts(readFileSync(file, "utf8"));
}

/** `scheme://host:port` of an address. Throws TypeError on anything that is no address. */
export function originOf(url: string): string {
  return new URL(url).origin;
}
