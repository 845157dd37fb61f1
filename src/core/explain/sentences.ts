import type {
  Basis,
  CatalogueItem,
  CatalogueMode,
  Clause,
  CodeEntry,
  Exclusion,
  GuidanceReason,
} from "../catalogue/index.ts";
import { spokenName, withoutMarks } from "./spoken.ts";
import type { Spoken } from "./spoken.ts";

/** Row of what belongs to neither desk for any other reason. */
const NEITHER = "N00-99";

/** A proposal is never said as if it were a rule. */
const PROPOSED: Spoken = { zh: "暂按建议做法，", en: "By a proposal not yet agreed, " };

/** What a row rests on, in words for a screen. */
export const BASIS_WORDS = {
  plan: { zh: "方案规定", en: "The plan says so" },
  agreement: { zh: "双方商定", en: "Agreed by the two desks" },
  default: { zh: "建议做法，待会商", en: "Proposed, to be agreed" },
} as const satisfies Record<Basis, Spoken>;

const BY_MODE = {
  hotlineHandles: {
    zh: "由12345受理，转给负责的单位办理。",
    en: "12345 takes it and has the responsible unit handle it.",
  },
  policeHandles: { zh: "由110受理处置。", en: "110 takes it and acts." },
  urgentBoth: {
    zh: "属于紧急事件，第一时间交给110处置，同时转办属地政府和有关部门。",
    en: "110 is told at once, and the local government and departments at the same time.",
  },
  policeFirstThenHotline: {
    zh: "由110先到现场处置，再按实际情况移交12345。",
    en: "110 acts first and then hands over to 12345 as things stand.",
  },
  guide: { zh: "12345不受理，我们说明可以向哪里反映。", en: "12345 does not take it; we say where to turn." },
  negotiate: {
    zh: "这件事联动方案没有明确，由12345和110协商，商定以前由先接到的一方受理。",
    en: "The plan does not settle this; 12345 and 110 agree who takes it, and until then whoever heard of it first does.",
  },
} as const satisfies Record<CatalogueMode, Spoken>;

/** Whose matter it is and why, in one breath. */
export function verdictSentence(item: CatalogueItem): Spoken {
  const { zh, en } = proposedOrNot(BY_MODE[item.mode], item.basis);
  const name = spokenName(item);
  switch (item.mode) {
    case "negotiate":
      return { zh, en };
    case "guide":
      return item.code === NEITHER
        ? {
            zh: `${meantMatters(item, item.nameZh)}，我们说明可以向哪里反映。`,
            en: "This is for neither 12345 nor 110; we say where to turn.",
          }
        : { zh: `${meantMatters(item, item.nameZh)}，${zh}`, en: `This is about ${name.en}. ${en}` };
    case "urgentBoth":
      return { zh: `您说的是${name.zh}，${zh}`, en: `This is urgent: ${name.en}. ${en}` };
    case "hotlineHandles":
    case "policeHandles":
    case "policeFirstThenHotline": {
      // The plan's conditions are of every grammar: quoted behind the sentence they can all be read aloud.
      const condition = item.conditionZh === null ? "" : `方案写的条件是：${withoutMarks(item.conditionZh)}。`;
      return { zh: `您反映的是${name.zh}，${zh}${condition}`, en: `This is about ${name.en}. ${en}` };
    }
  }
}

/** Which matters an N00 item means, in the plan's own words (its condition); without them, by its name. */
function meantMatters(item: CatalogueItem | null, nameZh: string): string {
  const [words] = (item?.conditionZh ?? "").split("；");
  if (item?.code === NEITHER) return "这件事不属于12345和110的受理范围";
  return words === undefined || words === "" ? `${withoutMarks(nameZh)}的事项` : withoutMarks(words);
}

/** A sentence that says of a proposal that it is one. */
export function proposedOrNot(sentence: Spoken, basis: Basis): Spoken {
  if (basis !== "default") return sentence;
  const en = /^(T|We |Please )/.test(sentence.en)
    ? sentence.en.slice(0, 1).toLowerCase() + sentence.en.slice(1)
    : sentence.en;
  return { zh: `${PROPOSED.zh}${sentence.zh}`, en: `${PROPOSED.en}${en}` };
}

/** What a clause is about; of a rule that is not written there, only that it belongs to it. */
export function clauseSentence({ titleZh, titleEn }: Clause, basis: Basis): Spoken {
  const [zh, en] = [withoutMarks(titleZh), withoutMarks(titleEn)];
  return basis === "default"
    ? {
        zh: `这一步用于落实方案中的${zh}，方案没有写明。`,
        en: `This step serves what the plan says about ${en}, which does not spell it out.`,
      }
    : { zh: `这是方案关于${zh}的规定。`, en: `This is what the plan says about ${en}.` };
}

/** Why the other desk gave a matter back. */
export function returnSentence(reason: CodeEntry): Spoken {
  return {
    zh: `对方退回了这件事，理由是${withoutMarks(reason.nameZh)}；在另有商定以前，仍由我们负责。`,
    en: `The other desk has returned this: ${withoutMarks(reason.nameEn)}. Until something else is agreed we stay responsible.`,
  };
}

/** Why an offer was taken back. */
export function withdrawalSentence(reason: CodeEntry): Spoken {
  return {
    zh: `我们收回了这次移交，理由是${withoutMarks(reason.nameZh)}；这件事由我们负责。`,
    en: `We have taken this hand-over back: ${withoutMarks(reason.nameEn)}. We are responsible for it.`,
  };
}

/**
 * Where a caller is pointed to whose matter is of neither desk. That it is not taken here is said by its item, whom to turn to by the
 * reason: where only that is a proposal, only that is said as one.
 */
export function guidanceSentence(reason: GuidanceReason, item: CatalogueItem | null): Spoken {
  const meant = meantMatters(item, reason.nameZh);
  const lead = {
    zh: reason.code === NEITHER ? `${meant}。` : `${meant}，这里不受理。`,
    en: `This is not taken here: ${withoutMarks(reason.nameEn)}.`,
  };
  const point = { zh: `${reason.pointToZh}。`, en: `${reason.pointToEn}.` };
  const whole = (item ?? reason).basis;
  const [first, then] = [proposedOrNot(lead, whole), whole === "default" ? point : proposedOrNot(point, reason.basis)];
  return { zh: `${first.zh}${then.zh}`, en: `${first.en} ${then.en}` };
}

/** Why 12345 does not take a matter, and that 110 is not bound by it. */
export function exclusionSentence(exclusion: Exclusion, item: CatalogueItem | null): Spoken {
  const judged = exclusion.needsLegalEye ? "，是不是属于这种情况由工作人员判断" : "";
  const judgedEn = exclusion.needsLegalEye ? "; a person judges whether it applies" : "";
  return proposedOrNot(
    {
      zh: `${meantMatters(item, exclusion.nameZh)}，12345不受理${judged}；有危险或者警情，仍然可以找110。`,
      en: `12345 does not take matters of this kind: ${withoutMarks(exclusion.nameEn)}${judgedEn}. In danger 110 is there all the same.`,
    },
    exclusion.basis,
  );
}
