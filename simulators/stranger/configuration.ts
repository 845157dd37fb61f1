import { readFileSync } from "node:fs";
import { type JsonObject, listIn, numberIn, objectIn, parseJson, parseObject, textIn } from "./json.ts";

export type Configuration = {
  readonly nodeCode: string;
  readonly regions: readonly string[];
  readonly dutyPhone: string;
  readonly host: string;
  /** Where the peer calls. */
  readonly port: number;
  /** Where the desk's own people call; on loopback only. */
  readonly deskPort: number;
  readonly memory: string;
  readonly keys: string;
  readonly catalogueVersion: string;
  readonly peer: { readonly nodeCode: string; readonly url: string; readonly publicKey: string } | null;
};

/** Reads the one configuration file. Throws an Error that names the member at fault. */
export function readConfiguration(file: string): Configuration {
  const kept = parseObject(parseJson(readFileSync(file, "utf8")));
  const peer = objectIn(kept, "peer");
  return {
    nodeCode: text(kept, "nodeCode"),
    regions: (listIn(kept, "regions") ?? []).filter((one) => typeof one === "string"),
    dutyPhone: text(kept, "dutyPhone"),
    host: textIn(kept, "host") ?? "127.0.0.1",
    port: number(kept, "port"),
    deskPort: number(kept, "deskPort"),
    memory: text(kept, "memory"),
    keys: text(kept, "keys"),
    catalogueVersion: text(kept, "catalogueVersion"),
    peer:
      peer === undefined
        ? null
        : { nodeCode: text(peer, "nodeCode"), url: text(peer, "url"), publicKey: text(peer, "publicKey") },
  };
}

function text(kept: JsonObject | undefined, name: string): string {
  const value = textIn(kept, name);
  if (value === undefined || value === "") throw new Error(`configuration: ${name} must be a text`);
  return value;
}

function number(kept: JsonObject | undefined, name: string): number {
  const value = numberIn(kept, name);
  if (value === undefined) throw new Error(`configuration: ${name} must be a number`);
  return value;
}
