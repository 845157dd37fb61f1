import type { Linkage } from "../../core/linkage/index.ts";
import type { Sealed } from "../../kernel/index.ts";
import type { Deps } from "../deps.ts";
import type { FieldShown, TalkCard } from "./cards.ts";
import type { Show } from "./door.ts";

/** What was written down of one dispute, oldest first; explained by the version it names where that is here. @req REQ-15 */
export function talkCards(deps: Deps, { talks = [], peer }: Linkage, show: Show): readonly TalkCard[] {
  const maybe = (ref: Sealed | null): FieldShown | null => (ref === null ? null : show(ref));
  return talks.map((talk) => {
    const { no, by, at, callerPresent, callId, catalogueVersion, to, signed } = talk;
    const rules = deps.rulesBy?.(catalogueVersion, peer) ?? deps.rules();
    return {
      no,
      by,
      at,
      callerPresent,
      callId,
      catalogueVersion,
      to,
      who: maybe(talk.who),
      others: maybe(talk.others),
      note: maybe(talk.note),
      proposals: talk.proposals.map((proposal) => {
        const item = proposal.ground === "item" ? rules.item(proposal.ref ?? "") : null;
        return { ...proposal, name: item?.nameZh ?? null, nameEn: item?.nameEn ?? null };
      }),
      asked: talk.asked.map(({ question, answer }) => {
        const words = rules.question(question);
        return { question, answer, askZh: words?.askZh ?? null, askEn: words?.askEn ?? null };
      }),
      signed: signed === null ? null : { at: signed.at, who: maybe(signed.who) },
    };
  });
}
