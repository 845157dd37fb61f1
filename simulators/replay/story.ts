import type { Side } from "../client/accounts.ts";
import { parseObject, parseText, textOf } from "../client/json.ts";
import type { Draw } from "./draw.ts";
import { createDraw } from "./draw.ts";
import { CHANCES, CHANNEL_MIX, DANGER_KNOWN_MIX, DANGER_MIX, DESK_MIX, OTHER_DESK_MIX, ROAD_MIX } from "./mixes.ts";
import type { Chance, Road } from "./mixes.ts";

/** A text to replay. `category` = class of the annex (A01 … N00) where a label stands, else null. */
export type Text = { readonly id: string; readonly text: string; readonly category: string | null };

/** What a desk offers to choose from. */
export type Item = { readonly code: string; readonly mode: string; readonly urgency: string };
export type Choices = {
  readonly items: readonly Item[];
  readonly places: readonly string[];
  readonly requestKinds: readonly string[];
  readonly fields: readonly string[];
  readonly requesterTypes: readonly string[];
};

/** What one caller brings and what the people will make of it. */
export type Story = {
  readonly index: number;
  readonly desk: Side;
  readonly road: Road;
  readonly item: string;
  /** Body of the registration. */
  readonly body: { readonly fields: Readonly<Record<string, unknown>>; readonly item?: string; readonly danger?: true };
  /** Danger is said with the danger key after the registration. */
  readonly dangerByKey: boolean;
  /** The whole truth about the coded fields; what the registration left out is entered later. */
  readonly truth: Readonly<Record<"requestKind" | "field" | "requesterType", string>>;
  readonly draw: Draw;
};

/** Reads one line of a file of texts; null when it holds no text. */
export function parseStoryText(line: string): Text | null {
  const row = parseObject(parseText(line));
  const id = textOf(row["id"]);
  const said = (textOf(row["text"]) ?? "").replaceAll("_x000D_", "").trim();
  if (id === null || said === "") return null;
  const title = (textOf(row["title"]) ?? "").replaceAll("_x000D_", "").trim();
  const text = Array.from(title === "" ? said : `${title}\n${said}`)
    .slice(0, 20_000)
    .join("");
  const category = textOf(row["category"]);
  return { id, text, category: category !== null && /^[A-DNZ]\d{2}$/.test(category) ? category : null };
}

/** Story number `index` of a run. Pure: the same seed gives the same stories. */
export function makeStory(seed: string, index: number, text: Text, choicesOf: Readonly<Record<Side, Choices>>): Story {
  const draw = createDraw(`${seed}/${index}`);
  const desk = deskOf(text.category, draw);
  const choices = choicesOf[desk];
  const road = text.category === null ? draw.ofMix("road", ROAD_MIX) : labelledRoad(text.category, desk, draw);
  const fitting = text.category === null ? null : choices.items.filter((i) => i.code.startsWith(`${text.category}-`));
  const item = draw.pick(
    "item",
    fitting === null || fitting.length === 0 ? itemsFor(road, desk, draw, choices) : fitting,
  );
  if (item === null) throw new Error(`the catalogue of the desk has no item for the road ${road}`);
  const truth = {
    requestKind: draw.pick("kind", choices.requestKinds) ?? "",
    field: draw.pick("field", choices.fields) ?? "",
    requesterType: draw.chance("enterprise", 0.12)
      ? (choices.requesterTypes[1] ?? "")
      : (choices.requesterTypes[0] ?? ""),
  };
  const known = road === "danger" ? draw.ofMix("danger known", DANGER_KNOWN_MIX) : null;
  const withItem = known === null ? chance(draw, "judgedWhileRegistering") : known === "atOnceWithItem";
  return {
    index,
    desk,
    road,
    item: item.code,
    body: {
      fields: fieldsOf(draw, text.text, truth, choices.places),
      ...(withItem ? { item: item.code } : {}),
      ...(known === "atOnce" || known === "atOnceWithItem" ? { danger: true } : {}),
    },
    dangerByKey: known === "byKey",
    truth,
    draw,
  };
}

function chance(draw: Draw, name: Chance): boolean {
  return draw.chance(name, CHANCES[name]);
}

function deskOf(category: string | null, draw: Draw): Side {
  const right = category?.startsWith("A")
    ? "hotline"
    : category?.startsWith("B") || category?.startsWith("D")
      ? "police"
      : null;
  if (right === null) return draw.ofMix("desk", DESK_MIX);
  const wrong = right === "hotline" ? "police" : "hotline";
  return chance(draw, "rightNumber") ? right : wrong;
}

function labelledRoad(category: string, desk: Side, draw: Draw): Road {
  const own = draw.chance("answered", ROAD_MIX.answer / (ROAD_MIX.answer + ROAD_MIX.dispatch)) ? "answer" : "dispatch";
  switch (category.charAt(0)) {
    case "A":
      return desk === "hotline" ? own : "otherDesk";
    case "B":
      return desk === "police" ? own : "otherDesk";
    case "C":
      return "danger";
    case "D":
      return "otherDesk";
    case "N":
      return "guide";
    default:
      return own;
  }
}

function itemsFor(road: Road, desk: Side, draw: Draw, { items }: Choices): readonly Item[] {
  const of = (mode: string, urgency: string): readonly Item[] =>
    items.filter((item) => item.mode === mode && item.urgency === urgency);
  const own = desk === "hotline" ? "hotlineHandles" : "policeHandles";
  const other = desk === "hotline" ? "policeHandles" : "hotlineHandles";
  switch (road) {
    case "dispatch":
    case "answer":
      return of(own, "ordinary");
    case "otherDesk":
      return draw.ofMix("other desk", OTHER_DESK_MIX[desk]) === "plain"
        ? of(other, "ordinary")
        : of("policeFirstThenHotline", "ordinary");
    case "danger":
      return draw.ofMix("danger", DANGER_MIX) === "partThree"
        ? of("urgentBoth", "urgent")
        : of("policeHandles", "urgent");
    case "guide":
      return of("guide", "ordinary");
  }
}

function fieldsOf(
  draw: Draw,
  text: string,
  truth: Story["truth"],
  places: readonly string[],
): Readonly<Record<string, unknown>> {
  const digits = String(Math.floor(draw.share("digits") * 10_000)).padStart(4, "0");
  return {
    channel: draw.ofMix("channel", CHANNEL_MIX),
    text,
    ...(chance(draw, "placeKnown") ? { place: draw.pick("place", places) } : {}),
    ...(chance(draw, "kindKnown") ? { requestKind: truth.requestKind } : {}),
    ...(chance(draw, "fieldKnown") ? { field: truth.field } : {}),
    ...(chance(draw, "typeKnown") ? { requesterType: truth.requesterType } : {}),
    ...(chance(draw, "nameKnown") ? { requesterName: `来电人${digits}` } : {}),
    ...(chance(draw, "phoneKnown") ? { requesterPhone: `1390000${digits}` } : {}),
    ...(chance(draw, "addressKnown") ? { address: `测试路${Number(digits) % 300}号` } : {}),
    ...(truth.requestKind === "tipOff" ? { confidential: true } : {}),
  };
}
