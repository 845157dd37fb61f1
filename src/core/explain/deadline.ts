import type { CatalogueLimit, LimitStage, LimitUnit } from "../catalogue/index.ts";
import { proposedOrNot } from "./sentences.ts";
import type { Spoken } from "./spoken.ts";

/** Who must do what within the time; `{time}` stands for it. */
const BY_STAGE = {
  dispatch: { zh: "受理以后{time}内派给承办单位。", en: "The unit gets it within {time} of acceptance." },
  acknowledge: { zh: "承办单位收到派单以后{time}内签收。", en: "The unit acknowledges the order within {time}." },
  returnOrder: {
    zh: "承办单位认为不归自己办的，收到派单以后{time}内退回。",
    en: "The unit returns what is not its own within {time}.",
  },
  firstContact: { zh: "承办单位{time}内先和您联系。", en: "The unit gets in touch with you within {time}." },
  arrive: { zh: "要到现场的，{time}内到达。", en: "The people who are sent arrive within {time}." },
  reply: { zh: "承办单位{time}内答复。", en: "The unit answers within {time}." },
  conclude: { zh: "您反映的事{time}内办结。", en: "The matter is concluded within {time}." },
  callback: { zh: "办结以后{time}内给您回访。", en: "The call-back follows within {time} of the conclusion." },
  supervision: { zh: "督办的事项{time}内回复。", en: "The answer to a supervision comes within {time}." },
} as const satisfies Record<LimitStage, Spoken>;

const BY_UNIT = {
  naturalMinutes: { zh: "{n}分钟", en: "{n} minutes" },
  naturalHours: { zh: "{n}小时", en: "{n} hours" },
  naturalDays: { zh: "{n}天", en: "{n} days" },
  workingMinutes: { zh: "工作时间{n}分钟", en: "{n} working minutes" },
  workingHours: { zh: "工作时间{n}小时", en: "{n} working hours" },
  workingDays: { zh: "{n}个工作日", en: "{n} working days" },
} as const satisfies Record<LimitUnit, Spoken>;

/** Until when something has to be done, by one row of the limits. @source nmg:2.2.5 @req REQ-70 */
export function deadlineSentence(limit: Pick<CatalogueLimit, "stage" | "amount" | "unit" | "basis">): Spoken {
  const n = String(limit.amount);
  const unit = BY_UNIT[limit.unit];
  const english = unit.en.replace("{n}", n);
  const sentence = BY_STAGE[limit.stage];
  return proposedOrNot(
    {
      zh: sentence.zh.replace("{time}", unit.zh.replace("{n}", n)),
      en: sentence.en.replace("{time}", limit.amount === 1 ? english.replace(/s$/, "") : english),
    },
    limit.basis,
  );
}
