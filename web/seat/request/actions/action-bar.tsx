import { useMemo } from "react";
import type { ReactNode } from "react";
import type { CommandName, Meta, RequestView } from "../../../../src/http/contract/index.ts";
import { isCommandName } from "../../../shared/api/paths.ts";
import { ProblemNote } from "../../../shared/design/states.tsx";
import type { PlainKey } from "../../../shared/i18n/text.tsx";
import { useText } from "../../../shared/i18n/text.tsx";
import { useKeys } from "../../../shared/keys/keys.tsx";
import type { KeyBinding } from "../../../shared/keys/keys.tsx";
import { useFlash } from "../../../shared/shell/flash.tsx";
import { ActionForm } from "./action-form.tsx";
import { stepWords } from "./not-yet.ts";
import { OthersMay, roleWords } from "./others-may.tsx";
import { AmendForm } from "./amend-form.tsx";
import { actWord } from "../linkage-acts.tsx";
import { talkToSign } from "../talks.tsx";
import { CallBackBrief } from "./call-back-brief.tsx";
import { LeftForms } from "./left-forms.tsx";
import { RouteBrief } from "./route-brief.tsx";
import { LETTERS } from "./specs.ts";
import { TIME_LIMIT_COMMANDS } from "./time-limit-specs.ts";
import { whyNotHandOver } from "./why-not-hand-over.ts";
import type { Actions } from "./use-actions.ts";

type BarProps = { readonly request: RequestView; readonly meta: Meta; readonly actions: Actions };

/** The danger command has its own key and button; what is done to a time limit stands beside it. */
const ELSEWHERE: ReadonlySet<string> = new Set(["danger", "handOver", ...TIME_LIMIT_COMMANDS]);

function wordOf(name: CommandName, meta: Meta): PlainKey {
  return name === "dispatch" && meta.side === "police" ? "command.dispatchPolice" : `command.${name}`;
}

/** Whether the judgement says that this belongs to the other desk, or to both. */
export function pointsToOther(request: RequestView, own: Meta["side"]): boolean {
  const side = request.verdict?.side;
  return side === "both" || ((side === "hotline" || side === "police") && side !== own);
}

/** What was said, as far as this reader sees it, and what the desk's record answers of what might be asked. */
function talkOf(request: RequestView, meta: Meta) {
  const other = meta.side === "hotline" ? "police" : "hotline";
  const receivedBy: Meta["side"] = request.firstReceiver.nodeCode === meta.nodeCode ? meta.side : other;
  return {
    words: request.fields["text"]?.value ?? "",
    facts: {
      receivedBy,
      initialResponse: request.initialResponse !== null,
      duringOrder: request.orders.some(({ kind, endedAt }) => kind === "work" && endedAt === null),
    },
  };
}

/** The form of the action that was asked for, or what went wrong with one that needs none. */
function OpenForm({ request, meta, actions }: BarProps): ReactNode {
  const { t, code } = useText();
  const { open, draft, sending: busy, error } = actions;
  const replies = useMemo(() => repliesOf(request), [request]);
  if (open === null) return error === null ? null : <ProblemNote error={error} />;
  const common = { meta, draft, busy, error, onSend: actions.send, onClose: actions.close, onDiscard: actions.discard };
  if (open.name === "amend") return <AmendForm {...common} request={request} asked={open} />;
  const order = request.orders.find((one) => one.id === open.subject);
  const linkage = request.linkages.find((one) => one.id === open.subject);
  const act = actWord(open.name, linkage);
  const word = code("command", act === open.name ? wordOf(open.name, meta).slice("command.".length) : act);
  const groundOf = ({ verdict }: RequestView) =>
    verdict === null || verdict.item === null
      ? undefined
      : t("form.basisItem", { source: verdict.source, item: verdict.item, name: verdict.itemName ?? "" });
  return (
    <>
      {open.name === "callBack" ? <CallBackBrief request={request} meta={meta} /> : null}
      {open.name === "handOver" ? <RouteBrief request={request} side={meta.side} /> : null}
      <ActionForm
        {...common}
        key={`${open.name} ${open.subject}`}
        name={open.name}
        title={order === undefined ? word : `${word} · ${order.unitName}`}
        item={request.verdict?.item ?? null}
        place={request.place}
        ground={groundOf(request)}
        route={request.handOverTo}
        replies={replies}
        officersOut={request.orders.some(({ kind, endedAt }) => kind === "police" && endedAt === null)}
        asked={(order ?? request).clock?.asked?.amount}
        talkNo={linkage === undefined ? undefined : talkToSign(linkage)?.no}
        talk={talkOf(request, meta)}
      />
    </>
  );
}

type Early = { readonly name: CommandName; readonly words: string };

/** Steps whose time has not come, with what has to be done first; what never comes here is left out. */
function useEarly(request: RequestView): { readonly early: ReadonlySet<string>; readonly told: readonly Early[] } {
  const { code } = useText();
  const told = request.notYet.flatMap((one): readonly Early[] => {
    const words = stepWords(one, code, request.linkages);
    return words === null || !isCommandName(one.command) ? [] : [{ name: one.command, words }];
  });
  return { early: new Set(request.notYet.map((one) => one.command)), told };
}

/** What units answered in words that this reader sees, the newest first. */
function repliesOf({ orders }: RequestView): readonly string[] {
  const ended = orders
    .filter(({ endedAt }) => endedAt !== null)
    .sort((a, b) => ((a.endedAt ?? "") < (b.endedAt ?? "") ? 1 : -1));
  return ended.flatMap(({ reply }) => (reply?.showing === "clear" && reply.value !== null ? [reply.value] : []));
}

/** The letter of an action that is not open says why, instead of nothing. */
function useClosedLetters(request: RequestView, meta: Meta, told: readonly Early[]): void {
  const { t, code } = useText();
  const flash = useFlash();
  const others = request.forOthers.flatMap(({ command, roles }) => {
    const words = { command: code("command", command), roles: roleWords(roles, meta.side, code) };
    return isCommandName(command) ? [{ name: command, why: t("who.others", words) }] : [];
  });
  const early = told.map(({ name, words }) => ({
    name,
    why: `${t("step.missing", { command: code("command", name) })}${words}`,
  }));
  useKeys(
    [...early, ...others].flatMap(({ name, why }) => {
      const combo = name === "handOver" ? "F8" : LETTERS[name];
      return combo === undefined
        ? []
        : [{ combo, label: wordOf(name, meta), unlisted: true, says: true, run: () => flash(why, "no") }];
    }),
  );
}

/** F8 on a request that cannot be handed over says why; where taking it back comes first, the caret goes to the button that does it. */
function useClosedHandOver(request: RequestView): void {
  const { t, code } = useText();
  const flash = useFlash();
  const others = request.forOthers.some(({ command }) => command === "handOver");
  const closed = !others && !request.allowed.includes("handOver");
  const say = () => {
    const { why, peerSide, takeBack } = whyNotHandOver(request);
    const peer = peerSide === null ? t("queue.otherDesk") : code("sideName", peerSide);
    flash(t(`handOver.${why}`, { peer }), "no");
    if (takeBack) document.querySelector<HTMLElement>("[data-take-back]")?.focus();
  };
  useKeys([{ combo: "F8", label: "key.handOver", unlisted: true, says: true, enabled: closed, run: say }]);
}

/** Steps that come later, with what has to be done first. */
function NotYet({ told, meta }: { readonly told: readonly Early[]; readonly meta: Meta }): ReactNode {
  const { t, code } = useText();
  return told.map(({ name, words }) => (
    <span key={name} className="aside not-yet">
      {t("step.missing", { command: code("command", wordOf(name, meta).slice("command.".length)) })}
      {words}
    </span>
  ));
}

/** The letters of what may be done; the one of what is added brings the field for words. */
function letterKeys(names: readonly CommandName[], meta: Meta, ask: (name: CommandName) => void): KeyBinding[] {
  return names.flatMap((name) => {
    const combo = LETTERS[name];
    return combo === undefined
      ? []
      : [{ combo, label: wordOf(name, meta), run: () => ask(name), takesWords: name === "amend" }];
  });
}

/** What this reader may do with the request now, in the order of the contract, each with its letter. */
export function ActionBar({ request, meta, actions }: BarProps): ReactNode {
  const { t, code } = useText();
  const flash = useFlash();
  const { early, told } = useEarly(request);
  useClosedLetters(request, meta, told);
  useClosedHandOver(request);
  const names = request.allowed.filter(isCommandName).filter((name) => !ELSEWHERE.has(name) && !early.has(name));
  const no = request.requestNo;
  const other = meta.side === "hotline" ? "police" : "hotline";
  const mayHandOver = request.allowed.includes("handOver") && !early.has("handOver");
  const offer = request.linkages.find((linkage) => linkage.allowed.includes("acceptOffer"));
  const unread = request.linkages.find(
    (linkage) => linkage.additionsUnread > 0 && linkage.allowed.includes("readAdditions"),
  );
  const accept = () => {
    if (offer !== undefined) return actions.ask("acceptOffer", offer.id);
    // What came after the offer is read before it is accepted: the key leads there, Enter confirms, the key again accepts.
    flash(t("linkage.readFirst"), "no");
    document.querySelector<HTMLElement>("[data-read-additions]")?.focus();
  };
  useKeys([
    { combo: "F8", label: "key.handOver", enabled: mayHandOver, run: () => actions.ask("handOver", no) },
    { combo: "F2", label: "key.accept", enabled: offer !== undefined || early.has("acceptOffer"), run: accept },
    {
      combo: LETTERS.readAdditions ?? "",
      label: "command.readAdditions",
      enabled: unread !== undefined,
      run: () => (unread === undefined ? undefined : actions.ask("readAdditions", unread.id)),
    },
    ...letterKeys(names, meta, (name) => actions.ask(name, no)),
  ]);
  const { open } = actions;
  return (
    <div className="actions">
      <LeftForms request={request} actions={actions} />
      <OpenForm request={request} meta={meta} actions={actions} />
      <fieldset className="action-bar" aria-label={t("request.actions")}>
        {offer === undefined ? null : (
          <button type="button" className="button primary" disabled={actions.busy} onClick={accept}>
            {t("command.acceptOffer")} <kbd>F2</kbd>
          </button>
        )}
        {mayHandOver ? (
          <button
            type="button"
            className={pointsToOther(request, meta.side) ? "button primary" : "button"}
            disabled={actions.busy}
            onClick={() => actions.ask("handOver", no)}
          >
            {t("command.handOverTo", { side: code("sideName", other) })} <kbd>F8</kbd>
          </button>
        ) : null}
        {names.map((name) => (
          <button
            key={name}
            type="button"
            className="button"
            disabled={actions.busy}
            aria-expanded={open?.name === name && open.subject === no}
            onClick={() => actions.ask(name, no)}
          >
            {code("command", wordOf(name, meta).slice("command.".length))}
            {LETTERS[name] === undefined ? null : <kbd>{LETTERS[name]?.toUpperCase()}</kbd>}
          </button>
        ))}
        {names.length === 0 && !mayHandOver && offer === undefined ? (
          <span className="aside">{t("request.nothingAllowed")}</span>
        ) : null}
        <NotYet told={told} meta={meta} />
        <OthersMay open={request.forOthers} only={["conclude"]} />
      </fieldset>
    </div>
  );
}
