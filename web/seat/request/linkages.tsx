import type { ReactNode } from "react";
import type { CommandName, Meta, RequestView } from "../../../src/http/contract/index.ts";
import { isCommandName } from "../../shared/api/paths.ts";
import { FoldText } from "../../shared/design/fold-text.tsx";
import { Badge, Glyph } from "../../shared/design/glyph.tsx";
import type { GlyphName, Tone } from "../../shared/design/glyph.tsx";
import { WhyLater } from "../../shared/explain/why.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { newestFirst } from "../../shared/list-names.ts";
import { formatTime } from "../../shared/time.ts";
import { OthersMay } from "./actions/others-may.tsx";
import type { LinkageView, TimelineEntry } from "./contract-types.ts";
import { ELSEWHERE, LinkageActs, useLetters } from "./linkage-acts.tsx";
import type { Ask } from "./linkage-acts.tsx";
import { isPushed, Pushed } from "./pushed.tsx";
import { ReturnUntil } from "./return-until.tsx";
import { HandedOverAgain, Returned } from "./returned.tsx";
import { Ruled } from "./ruled.tsx";
import { Talks } from "./talks.tsx";
import { isTold, ToldTimes, ToldWords } from "./telling.tsx";
import { toldOf, useItemName } from "./told.tsx";

function lookOf(state: string): { readonly tone: Tone; readonly glyph: GlyphName } {
  if (["pushed", "offered", "negotiating", "held", "bound", "reopening", "requested", "received"].includes(state))
    return { tone: "warn", glyph: "clock" };
  if (["returned", "rejected", "withdrawn", "declined"].includes(state)) return { tone: "danger-soft", glyph: "cross" };
  if (["closed", "ended", "released", "concluded", "read", "granted"].includes(state))
    return { tone: "ok", glyph: "check" };
  return { tone: "info", glyph: "dot" };
}

/** What came in words with a message, as far as this reader may see it. */
function wordsWith({ cause }: TimelineEntry, timeline: readonly TimelineEntry[]): readonly string[] {
  const texts = timeline.filter((row) => row.cause === cause).flatMap((row) => row.texts);
  return [...new Set(texts.flatMap(({ view }) => (view.showing === "clear" ? (view.value ?? []) : [])))];
}

/** What the other desk told about its work, newest first. */
function Progress({
  linkage,
  timeline,
}: {
  readonly linkage: LinkageView;
  readonly timeline: readonly TimelineEntry[];
}): ReactNode {
  const { t, code } = useText();
  const told = timeline.filter((row) => row.streamId === linkage.id && row.type === "message.progress");
  if (told.length === 0) return null;
  return (
    <div className="progress">
      <span className="aside">{t("linkage.progress")}</span>
      <ol>
        {newestFirst(told)
          .slice(0, 4)
          .map((row) => (
            <li key={`${row.at} ${row.cause}`}>
              <time dateTime={row.at}>{formatTime(row.at)}</time> {code("progress", String(row.details["stage"] ?? ""))}
              {wordsWith(row, timeline).map((words) => (
                <FoldText key={words} text={words} />
              ))}
            </li>
          ))}
      </ol>
    </div>
  );
}

/** What kind of hand-over it is; one that nobody has judged is not called clear. */
function useKindWord({ kind, item }: Pick<LinkageView, "kind" | "item">): string {
  const { t, code } = useText();
  return kind === "clear" && item === null ? t("linkage.unjudged") : code("linkageKind", kind);
}

/** What the desk that took it judged it as, where it differs from what it came with. */
function Judged({ linkage, request }: { readonly linkage: LinkageView; readonly request: RequestView }): ReactNode {
  const { t, code } = useText();
  const told = toldOf(request, "item");
  const { name } = useItemName(told);
  if (linkage.role !== "S" || told === undefined || told.by !== linkage.peer || name === null) return null;
  return (
    <p className="judged">
      <Glyph name="diamond" size={12} /> {t("linkage.judged", { peer: code("sideName", linkage.peerSide), item: name })}{" "}
      <span className="aside">{formatTime(told.at)}</span>
    </p>
  );
}

/** By which clause it went to the other desk, and what to tell the caller about it. */
function WhyTransfer({ linkage, meta }: { readonly linkage: LinkageView; readonly meta: Meta }): ReactNode {
  const { t } = useText();
  const { kind: code, role, peerSide, catalogueVersion: version } = linkage;
  const item = linkage.item ?? null;
  const to = role === "S" ? peerSide : meta.side;
  const ask = { kind: "transfer", code, to, version, ...(item === null ? {} : { item }) } as const;
  return <WhyLater label={t(isTold(linkage) ? "why.telling" : "why.transfer")} ask={ask} />;
}

/** Who calls the person back in the end, and by whose yardstick the work counts: both fixed when it was handed over. @source nmg:2.2.5 */
function OwedAfterwards({ linkage, meta }: { readonly linkage: LinkageView; readonly meta: Meta }): ReactNode {
  const { t, code } = useText();
  const receiver = linkage.role === "S" ? linkage.peerSide : meta.side;
  const sender = linkage.role === "S" ? meta.side : linkage.peerSide;
  const desk = code("sideName", linkage.followPolicy === "handOff" ? receiver : sender);
  return (
    <p className="aside">
      {t("linkage.callsBack", { desk })} · {code("regime", linkage.regime)}
    </p>
  );
}

/** When it was sent, was there, and was answered, as far as it is. */
function Times({ linkage }: { readonly linkage: LinkageView }): ReactNode {
  const { t } = useText();
  return (
    <p className="aside">
      {t("linkage.openedAt")} {formatTime(linkage.openedAt)}
      {linkage.deliveredAt === null ? null : ` · ${t("linkage.deliveredAt")} ${formatTime(linkage.deliveredAt)}`}
      {linkage.acceptedAt === null ? null : ` · ${t("linkage.acceptedAt")} ${formatTime(linkage.acceptedAt)}`}
      {isTold(linkage) ? <ToldTimes linkage={linkage} /> : null}
    </p>
  );
}

/** What its state is called. */
function useStateWord({ kind, state, signedAt }: LinkageView): string {
  const { t, code } = useText();
  if (kind === "support" && state === "ended") return t("telling.ended");
  // Signed by a person says more than shown on a screen.
  const signed = isPushed({ kind }) && state === "delivered" && signedAt !== null;
  return code("linkageState", signed ? "signed" : state);
}

function LinkageCard({
  linkage,
  request,
  meta,
  timeline,
  busy,
  keyed,
  ask,
}: {
  readonly linkage: LinkageView;
  readonly request: RequestView;
  readonly meta: Meta;
  readonly timeline: readonly TimelineEntry[];
  readonly busy: boolean;
  /** The hand-over that the letter of a command acts on. */
  readonly keyed: ReadonlyMap<CommandName, string>;
  readonly ask: Ask;
}): ReactNode {
  const { t, code } = useText();
  const peer = code("sideName", linkage.peerSide);
  const look = lookOf(linkage.state);
  const urgent = linkage.kind === "urgent";
  const pushed = isPushed(linkage);
  const kind = useKindWord(linkage);
  const commands = linkage.allowed.filter(isCommandName).filter((name) => !ELSEWHERE.has(name));
  const word = useStateWord(linkage);
  const over = ["closed", "ended", "withdrawn", "rejected", "read", "declined"].includes(linkage.state);
  return (
    <li className={urgent && !over ? "card hot" : "card"}>
      <p className="card-line">
        <Glyph name={linkage.role === "S" ? "out" : "in"} size={14} />
        <b>
          {linkage.role === "S"
            ? t(isTold(linkage) || linkage.kind === "joint" ? "telling.sent" : "linkage.sent", { peer })
            : t("linkage.received", { peer })}
        </b>
        <span>{kind}</span>
        <Badge tone={look.tone} glyph={look.glyph}>
          {word}
        </Badge>
        {over ? null : (
          <span className="aside">
            {t("linkage.dutyPhone")}{" "}
            <a className="number" href={`tel:${linkage.dutyPhone}`}>
              {linkage.dutyPhone}
            </a>
          </span>
        )}
      </p>
      {pushed ? <Pushed linkage={linkage} timeline={timeline} /> : <Times linkage={linkage} />}
      <ReturnUntil linkage={linkage} />
      {pushed || isTold(linkage) ? null : <OwedAfterwards linkage={linkage} meta={meta} />}
      <WhyTransfer linkage={linkage} meta={meta} />
      <ToldWords linkage={linkage} />
      <Judged linkage={linkage} request={request} />
      <Progress linkage={linkage} timeline={timeline} />
      <HandedOverAgain linkage={linkage} request={request} meta={meta} />
      <Returned linkage={linkage} meta={meta} />
      <Talks linkage={linkage} meta={meta} />
      <Ruled linkage={linkage} meta={meta} />
      <LinkageActs
        linkage={linkage}
        commands={commands}
        label={`${kind} ${peer}`}
        busy={busy}
        keyed={keyed}
        ask={ask}
      />
      <OthersMay
        open={linkage.forOthers}
        only={["endDanger", "endJoint", "hold", "rule", "grantSupport", "declineSupport"]}
      />
    </li>
  );
}

/** Everything between this desk and others about the request; the newest first. */
export function Linkages({
  request,
  meta,
  timeline,
  busy,
  ask,
}: {
  readonly request: RequestView;
  readonly meta: Meta;
  readonly timeline: readonly TimelineEntry[];
  readonly busy: boolean;
  readonly ask: Ask;
}): ReactNode {
  const { t } = useText();
  const keyed = useLetters(request.linkages, ask);
  if (request.linkages.length === 0) return null;
  const newest = [...request.linkages].sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
  return (
    <section className="block" aria-labelledby="linkages">
      <h2 id="linkages">{t("request.linkages")}</h2>
      <ul className="cards">
        {newest.map((linkage) => (
          <LinkageCard
            key={linkage.id}
            linkage={linkage}
            request={request}
            keyed={keyed}
            meta={meta}
            timeline={timeline}
            busy={busy}
            ask={ask}
          />
        ))}
      </ul>
    </section>
  );
}
