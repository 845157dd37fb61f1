import type { CatalogueItem, CatalogueMode } from "../catalogue/index.ts";
import { spokenName } from "./spoken.ts";
import type { Spoken } from "./spoken.ts";

/** How a matter goes from one desk to the other, as far as a caller has to know. */
export type TransferKind = "clear" | "urgent" | "afterInitialResponse" | "joint" | "support" | "notice";

/** One hand-over: its kind, the desk it goes to, and what was judged. */
export type Transfer = {
  readonly kind: TransferKind;
  readonly to: "hotline" | "police";
  /** null = nobody has judged it. */
  readonly item: CatalogueItem | null;
};

const NUMBER = { hotline: "12345", police: "110" } as const;

const TOLD: Spoken = {
  zh: "您说过的情况会一起转过去，不用再说一遍。",
  en: " What you have said goes with it; you need not say it again.",
};

/** Whose the matter is by its item, where it goes somewhere else all the same. */
const BY_LIST = {
  hotlineHandles: { zh: "由12345受理", en: "the list gives such matters to 12345" },
  policeHandles: { zh: "由110受理处置", en: "the list gives such matters to 110" },
  urgentBoth: { zh: "第一时间由110处置", en: "the list has 110 act on such matters at once" },
  policeFirstThenHotline: { zh: "由110先期处置", en: "the list has 110 act first on such matters" },
  guide: { zh: "12345不受理", en: "12345 does not take such matters" },
  negotiate: { zh: "没有明确由谁受理", en: "the list does not settle such matters" },
} as const satisfies Record<CatalogueMode, Spoken>;

/** What happens when the matter goes to the desk that its item names. `government` = the plan has the local government told of danger as well. */
export function transferSentence({ kind, to, item }: Transfer, government: boolean): Spoken {
  const number = NUMBER[to];
  const what = item === null ? { zh: "这件事", en: "This matter" } : namedMatter(item);
  switch (kind) {
    case "clear":
      return {
        zh: `${what.zh}由${number}受理，现在转给${number}，${TOLD.zh}`,
        en: `${what.en} is for ${number} and goes there now.${TOLD.en}`,
      };
    case "urgent":
      return {
        zh: `情况紧急，现在马上交给110处置${government ? "，同时转办属地政府" : ""}。${TOLD.zh}`,
        en: `This is urgent: 110 is told now${government ? ", and the local government too" : ""}.${TOLD.en}`,
      };
    case "afterInitialResponse":
      return {
        zh: `${what.zh}${to === "hotline" ? "110已经先期处置" : "12345已经先行受理"}，后续由${number}接着办理，${TOLD.zh}`,
        en: `${to === "hotline" ? "110 has acted first" : "12345 has taken it first"}; ${number} goes on with it.${TOLD.en}`,
      };
    case "joint":
      return {
        zh: `${what.zh}由12345和110联合调处，两边都会跟进。`,
        en: `${what.en} is settled by both desks together.`,
      };
    case "support":
      return {
        zh: `现在请${number}支援，您反映的事仍由这边负责。`,
        en: `${number} is asked to help; this desk stays responsible.`,
      };
    case "notice":
      return {
        zh: `这件事同时通报${number}，仍由这边负责。`,
        en: `${number} is told as well; this desk stays responsible.`,
      };
  }
}

/** A hand-over that no item gives to that desk: where it goes, and what its item says instead. */
export function besideTheListSentence({ to, item }: Transfer): Spoken {
  const number = NUMBER[to];
  if (item === null)
    return { zh: `这件事现在转给${number}，${TOLD.zh}`, en: `This matter goes to ${number} now.${TOLD.en}` };
  const { zh, en } = namedMatter(item);
  const list = BY_LIST[item.mode];
  return {
    zh: `${zh}现在转给${number}，事项清单里这类事项${list.zh}。${TOLD.zh}`,
    en: `${en} goes to ${number} now, though ${list.en}.${TOLD.en}`,
  };
}

function namedMatter(item: CatalogueItem): Spoken {
  const { zh, en } = spokenName(item);
  return { zh: `您反映的${zh}，`, en: `Your report of ${en}` };
}
