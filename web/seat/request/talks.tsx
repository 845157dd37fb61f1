import type { ReactNode } from "react";
import type { Meta } from "../../../src/http/contract/index.ts";
import { FoldText } from "../../shared/design/fold-text.tsx";
import { Badge } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { formatTime } from "../../shared/time.ts";
import { ClauseName } from "./clause-name.tsx";
import type { FieldView, LinkageView } from "./contract-types.ts";

type Talk = NonNullable<LinkageView["talks"]>[number];

/** The newest record of the other desk that this one has not signed; null = there is none. */
export function talkToSign({ talks = [], peer }: Pick<LinkageView, "talks" | "peer">): Talk | null {
  const newest = talks.findLast(({ by }) => by === peer) ?? null;
  return newest?.signed === null ? newest : null;
}

function useDeskName(meta: Meta): (code: string) => string {
  const { named } = useText();
  return (code) => {
    if (code === meta.nodeCode) return named({ nameZh: meta.title.zh, nameEn: meta.title.en });
    const peer = meta.peers.find(({ nodeCode }) => nodeCode === code);
    return peer === undefined ? code : named(peer);
  };
}

function Said({ name, view }: { readonly name: string; readonly view: FieldView | null }): ReactNode {
  const { code } = useText();
  if (view === null) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{view.value === null ? code("showing", view.showing) : <FoldText text={view.value} />}</dd>
    </>
  );
}

/** What one side proposed and on which ground. */
function Proposal({
  proposal,
  meta,
}: {
  readonly proposal: Talk["proposals"][number];
  readonly meta: Meta;
}): ReactNode {
  const { t, code, language } = useText();
  const desk = useDeskName(meta);
  const name = language === "zh" ? proposal.name : proposal.nameEn;
  return (
    <li>
      {t("talk.proposed", { desk: desk(proposal.desk), owner: desk(proposal.owner) })} ·{" "}
      {proposal.ground === "clause" && proposal.ref !== null ? (
        <ClauseName clause={proposal.ref} />
      ) : (
        <span>{`${code("talkGround", proposal.ground)} ${proposal.ref ?? ""} ${name ?? ""}`.trim()}</span>
      )}
    </li>
  );
}

function TalkCard({ talk, meta }: { readonly talk: Talk; readonly meta: Meta }): ReactNode {
  const { t, language } = useText();
  const desk = useDeskName(meta);
  const waits = t(talk.by === meta.nodeCode ? "talk.unsignedThere" : "talk.unsignedHere");
  return (
    <li className="returned">
      <p>
        <b>{t("talk.title", { n: talk.no, desk: desk(talk.by), time: formatTime(talk.at) })}</b>{" "}
        <Badge tone={talk.signed === null ? "warn" : "ok"} glyph={talk.signed === null ? "clock" : "check"}>
          {talk.signed === null ? waits : t("talk.signed", { time: formatTime(talk.signed.at) })}
        </Badge>
      </p>
      <p>
        <b>{talk.to === null ? t("talk.notAgreed") : t("talk.agreedTo", { desk: desk(talk.to) })}</b>{" "}
        <span className="aside">
          {t(talk.callerPresent ? "talk.threeWay" : "talk.twoWay")}
          {talk.callId === null ? "" : ` · ${t("talk.callId", { id: talk.callId })}`}
        </span>
      </p>
      <ul>
        {talk.proposals.map((proposal) => (
          <Proposal key={proposal.desk} proposal={proposal} meta={meta} />
        ))}
        {talk.asked.map(({ question, answer, askZh, askEn }) => (
          <li key={question}>
            <span className="aside">{t("talk.asked")}</span> {(language === "zh" ? askZh : askEn) ?? question}{" "}
            <b>{t(`ask.${answer}`)}</b>
          </li>
        ))}
      </ul>
      <dl>
        <Said name={t("talk.who")} view={talk.who} />
        <Said name={t("talk.signer")} view={talk.signed?.who ?? null} />
        <Said name={t("talk.others")} view={talk.others} />
        <Said name={t("talk.note")} view={talk.note} />
      </dl>
    </li>
  );
}

/** What was written down while a hand-over was disputed, newest first: who took part, what was proposed and agreed, and who signed. @source nmg:2.2.1 */
export function Talks({ linkage, meta }: { readonly linkage: LinkageView; readonly meta: Meta }): ReactNode {
  const { talks = [] } = linkage;
  if (talks.length === 0) return null;
  return (
    <ol className="talks">
      {[...talks].reverse().map((talk) => (
        <TalkCard key={`${talk.by} ${talk.no}`} talk={talk} meta={meta} />
      ))}
    </ol>
  );
}
