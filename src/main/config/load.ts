import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { err, ok } from "../../kernel/index.ts";
import type { NodeCode, RegionCode, Result } from "../../kernel/index.ts";
import { productionProblems } from "./production.ts";
import type { ConfigProblem, ReadSoFar } from "./production.ts";
import { PEER_SETTINGS, SETTINGS } from "./settings.ts";
import type { Setting } from "./settings.ts";
import { faultWords } from "../fault-words.ts";

/** A configuration that was checked key by key. */
export type NodeConfig = {
  readonly node: {
    readonly code: NodeCode;
    readonly side: "hotline" | "police";
    readonly region: RegionCode;
    readonly dutyPhone: string;
  };
  readonly listen: {
    readonly host: string;
    readonly port: number;
    readonly tlsCert?: string;
    readonly tlsKey?: string;
    readonly behindTlsProxy: boolean;
    /** `off`, `loopback`, or the token that a monitor shows. */
    readonly metrics?: string;
  };
  readonly database: { readonly url: string; readonly migratorUrl?: string; readonly connections: number };
  readonly storage: { readonly keys: string; readonly files: string };
  readonly catalogue: { readonly folder: string; readonly units: string; readonly routing?: string };
  readonly policy: {
    readonly follow: "handOff" | "follow";
    readonly assessment: "nmg" | "yn";
    readonly callbackAttempts: number;
    readonly urgentSignSeconds: number;
  };
  readonly notify?: { readonly url?: string; readonly secret?: string };
  readonly demo: boolean;
  readonly peers: readonly PeerConfig[];
};

export type PeerConfig = {
  readonly code: NodeCode;
  readonly side: "hotline" | "police";
  readonly regions: readonly RegionCode[];
  readonly url: string;
  readonly publicKey: string;
  readonly dutyPhone: string;
};

/** The configuration is refused: every wrong key by its name, with the reason and an example. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];
  constructor(file: string, problems: readonly ConfigProblem[]) {
    super(
      [`${file} 有误 is refused:`, ...problems.map((p) => `  ${p.key}: ${p.reason}；例 example: ${p.example}`)].join(
        "\n",
      ),
    );
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** Reads and checks a configuration file. Throws ConfigError naming every problem at once, those of production included. */
export function loadConfig(file: string, environment: Readonly<Record<string, string | undefined>>): NodeConfig {
  let raw: unknown;
  try {
    raw = parse(readFileSync(file, "utf8"));
  } catch (fault) {
    throw new ConfigError(file, [
      { key: "(file)", reason: faultWords(fault), example: "npx liandong config example > liandong.yaml" },
    ]);
  }
  const config = parseConfig(raw, environment);
  if (!config.ok) throw new ConfigError(file, config.error);
  return config.value;
}

/**
 * Checks what a configuration file says key by key. Errors: every wrong, unknown or missing key at once, and what production
 * has against the rest.
 */
export function parseConfig(
  raw: unknown,
  environment: Readonly<Record<string, string | undefined>>,
): Result<NodeConfig, readonly ConfigProblem[]> {
  if (!isMapping(raw))
    return err([
      { key: "(file)", reason: "须为 YAML 映射 must be a YAML mapping", example: "node: { code: hotline-150100, … }" },
    ]);
  const problems: ConfigProblem[] = [];
  const given = flatten(raw);
  const config: Record<string, unknown> = {};
  for (const [key, value] of given) {
    const setting = SETTINGS.find((s) => s.path === key);
    if (setting === undefined) problems.push(unknownKey(key, SETTINGS));
    else put(config, key, checkValue(setting, value, environment, problems, ""));
  }
  for (const setting of SETTINGS) {
    if (given.some(([key]) => key === setting.path)) continue;
    if (setting.required)
      problems.push({ key: setting.path, reason: `缺少 is missing (${setting.meaning})`, example: setting.example });
    else if (setting.fallback !== undefined) put(config, setting.path, setting.fallback);
  }
  if (problems.length > 0) return err([...problems, ...productionProblems(parseReadSoFar(config), environment)]);
  return ok(config as NodeConfig);
}

/** What was read and checked of a configuration that is refused: its values have their types, some are missing. */
function parseReadSoFar(config: Readonly<Record<string, unknown>>): ReadSoFar {
  return config as ReadSoFar;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unknownKey(key: string, settings: readonly Setting[]): ConfigProblem {
  const last = key.split(".").at(-1) ?? key;
  const near = settings.find((s) => s.path.endsWith(`.${last}`) || s.path.toLowerCase() === key.toLowerCase());
  const example = near === undefined ? settings.map((s) => s.path).join(", ") : `${near.path}: ${near.example}`;
  return { key, reason: "不是配置项 is not a setting", example };
}

/** Nested keys as dotted paths; `peers` stays whole. */
function flatten(raw: Record<string, unknown>, prefix = ""): readonly (readonly [string, unknown])[] {
  return Object.entries(raw).flatMap(([key, value]) => {
    const path = `${prefix}${key}`;
    return isMapping(value) && path !== "peers" ? flatten(value, `${path}.`) : [[path, value] as const];
  });
}

function put(config: Record<string, unknown>, path: string, value: unknown): void {
  const [head, ...rest] = path.split(".");
  if (head === undefined) return;
  if (rest.length === 0) config[head] = value;
  else {
    const known = config[head];
    const inner = isMapping(known) ? known : {};
    config[head] = inner;
    put(inner, rest.join("."), value);
  }
}

function checkValue(
  setting: Setting,
  value: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  problems: ConfigProblem[],
  prefix: string,
): unknown {
  const key = `${prefix}${setting.path}`;
  const refuse = (reason: string): undefined => {
    problems.push({ key, reason, example: setting.example });
    return undefined;
  };
  switch (setting.kind) {
    case "text": {
      if (typeof value !== "string") return refuse("须为文本（数字加引号） must be a text (put digits in quotes)");
      const name = /^\$\{([A-Z0-9_]+)\}$/.exec(value)?.[1];
      const text = name === undefined ? value : environment[name];
      if (text === undefined) return refuse(`环境变量未设置 the environment has no ${name}`);
      return setting.pattern !== undefined && !setting.pattern.test(text)
        ? refuse(`格式不对 does not look right (${setting.meaning})`)
        : text;
    }
    case "integer":
      if (typeof value !== "number" || !Number.isInteger(value)) return refuse("须为整数 must be a whole number");
      return value < (setting.min ?? value) || value > (setting.max ?? value)
        ? refuse(`须在 ${setting.min} 与 ${setting.max} 之间 must lie between ${setting.min} and ${setting.max}`)
        : value;
    case "flag":
      return typeof value === "boolean" ? value : refuse("须为 true 或 false must be true or false");
    case "choice":
      return typeof value === "string" && setting.choices?.includes(value)
        ? value
        : refuse(`须为以下之一 must be one of ${setting.choices?.join(", ")}`);
    case "list":
      return Array.isArray(value) && value.length > 0 && value.every((v) => typeof v === "string")
        ? value
        : refuse("须为文本列表 must be a list of texts");
    case "peers":
      if (!Array.isArray(value)) return refuse("须为列表 must be a list");
      return value.map((entry: unknown, i) => checkPeer(entry, `peers[${i}].`, environment, problems));
  }
}

function checkPeer(
  entry: unknown,
  prefix: string,
  environment: Readonly<Record<string, string | undefined>>,
  problems: ConfigProblem[],
): unknown {
  if (!isMapping(entry)) {
    problems.push({
      key: prefix.slice(0, -1),
      reason: "须为映射 must be a mapping",
      example: "{ code: police-150100, side: police, … }",
    });
    return undefined;
  }
  const peer: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(entry)) {
    const setting = PEER_SETTINGS.find((s) => s.path === key);
    if (setting === undefined) problems.push({ ...unknownKey(key, PEER_SETTINGS), key: `${prefix}${key}` });
    else peer[key] = checkValue(setting, value, environment, problems, prefix);
  }
  for (const setting of PEER_SETTINGS) {
    if (setting.required && !(setting.path in entry)) {
      problems.push({
        key: `${prefix}${setting.path}`,
        reason: `缺少 is missing (${setting.meaning})`,
        example: setting.example,
      });
    }
  }
  return peer;
}
