import type { CommandName, Meta } from "../../../../src/http/contract/index.ts";
import type { MessageKey, Translate, TranslateCode } from "../../../shared/i18n/text.tsx";

/** Commands whose name with "done" before it would be no sentence, or that say more than their name. */
const OWN = {
  handOver: "done.handOver",
  arrive: "done.arrive",
  callBack: "done.callBack",
  recordInitialResponse: "done.recordInitialResponse",
  readAdditions: "done.read",
  readNotice: "done.read",
  declineSupport: "done.declineSupport",
  refuseExtension: "done.refuseExtension",
  shown: "done.shown",
} as const satisfies Partial<Record<CommandName, MessageKey>>;

/** What was done, told once it is: "handed to 110", not the bare name of the command. `word` = the command as its button names it. */
export function doneWords(
  name: CommandName,
  word: string,
  own: Meta["side"],
  t: Translate,
  code: TranslateCode,
): string {
  const key = Object.entries(OWN).find(([command]) => command === name)?.[1];
  if (key === undefined) return t("done.any", { command: word });
  if (key !== "done.handOver") return t(key);
  return t(key, { peer: code("sideName", own === "hotline" ? "police" : "hotline") });
}
