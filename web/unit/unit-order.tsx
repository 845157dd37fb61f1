import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { CommandBody, CommandName, UnitOrderRow } from "../../src/http/contract/index.ts";
import { useCommand } from "../shared/api/commands.ts";
import { metaQuery } from "../shared/api/reads.ts";
import { DueMark } from "../shared/design/due-mark.tsx";
import { DueWhy } from "../shared/explain/due-why.tsx";
import { FoldText } from "../shared/design/fold-text.tsx";
import { formDraft } from "../shared/drafts/form-values.ts";
import type { Values } from "../shared/drafts/form-values.ts";
import { drafts } from "../shared/drafts/kept-here.ts";
import { useDraftPlace, useFormValues } from "../shared/drafts/use-drafts.ts";
import { Glyph } from "../shared/design/glyph.tsx";
import { LongField } from "../shared/design/inputs.tsx";
import { ProblemNote } from "../shared/design/states.tsx";
import { placeWords } from "../shared/place-words.ts";
import { useText } from "../shared/i18n/text.tsx";
import { useKeys } from "../shared/keys/keys.tsx";
import { useFlash } from "../shared/shell/flash.tsx";
import { formatAge, useNow } from "../shared/time.ts";
import { useDanger } from "../seat/alarm/danger.tsx";
import { DangerBadge } from "../seat/queue/row-marks.tsx";
import { ActionForm } from "../seat/request/actions/action-form.tsx";
import { additionsOf } from "../seat/request/said.tsx";
import { OrderBadge } from "../seat/request/orders.tsx";
import { UnitTimeLimit } from "./unit-time-limit.tsx";

type Field = UnitOrderRow["fields"][string];

function clearValue(field: Field | undefined): string | null {
  return field === undefined || field.showing === "hidden" || field.showing === "erased" ? null : field.value;
}

/** Who to see, where, and what was said; the number can be dialled by a touch. */
function Matter({ row }: { readonly row: UnitOrderRow }): ReactNode {
  const { t } = useText();
  const phone = clearValue(row.fields["requester.phone"]);
  const name = clearValue(row.fields["requester.name"]);
  const text = clearValue(row.fields["text"]);
  const instruction = row.order.instruction?.value ?? null;
  const place = placeWords(row.placeName, clearValue(row.fields["address"]));
  const notes = additionsOf({ fields: row.fields }).flatMap(({ field }) => clearValue(row.fields[field]) ?? []);
  return (
    <>
      {place === "" ? null : (
        <p className="unit-place" lang="zh-CN">
          {place}
        </p>
      )}
      {text === null ? null : <FoldText text={text} />}
      {notes.map((note) => (
        <div className="addition" key={note}>
          <FoldText text={note} />
        </div>
      ))}
      {instruction === null ? null : (
        <p className="quiet-text">
          <span className="aside">{t("form.instruction")}</span> {instruction}
        </p>
      )}
      {phone === null ? null : phone.includes("*") ? (
        <p className="number">
          {name} {phone}
        </p>
      ) : (
        <a className="button tel" href={`tel:${phone}`}>
          <Glyph name="phone" size={16} /> {t("unit.call")} {name} <b className="number">{phone}</b>
        </a>
      )}
    </>
  );
}

const NO_NOTE: Values = {};

const focusOnce = (button: HTMLButtonElement | null) => button?.focus({ preventScroll: true });

/**
 * Two touches, because phones are touched in pockets; the second one asks nothing more. It stands whatever else of the
 * order is open: nobody looks for it while somebody is being hurt. @source nmg:2.2.2
 */
function UnitDanger({ order, no }: { readonly order: UnitOrderRow["order"]; readonly no: string }): ReactNode {
  const { t } = useText();
  const { fireOrder } = useDanger();
  const place = useDraftPlace();
  const [open, setOpen] = useState(false);
  const draft = place === null ? null : formDraft(place, { no, command: "orderDanger", subject: order.id });
  const { values, set } = useFormValues(draft, NO_NOTE);
  const asked = useRef<HTMLButtonElement>(null);
  const shut = () => {
    setOpen(false);
    asked.current?.focus({ preventScroll: true });
  };
  useKeys([{ combo: "Escape", label: "app.cancel", enabled: open, unlisted: true, run: shut }]);
  // The button keeps its place under the panel: nothing else slides to where a finger has just been.
  const button = (
    <button
      ref={asked}
      type="button"
      className="button danger-outline"
      aria-expanded={open}
      onClick={() => setOpen(true)}
    >
      <Glyph name="danger" size={16} /> {t("command.orderDanger")}
    </button>
  );
  if (!open) return button;
  return (
    <>
      {button}
      <section className="unit-danger" aria-label={t("danger.unitTitle")}>
        <h3>{t("danger.unitTitle")}</h3>
        <p>{t("danger.unitHint")}</p>
        <button
          ref={focusOnce}
          type="button"
          className="button danger big"
          onClick={() => {
            fireOrder(order.id, values["note"] ?? "");
            if (draft !== null) drafts.drop(draft);
            shut();
          }}
        >
          <Glyph name="danger" size={20} /> {t("danger.unitConfirm")}
        </button>
        <button type="button" className="button quiet" onClick={shut}>
          {t("app.cancel")}
        </button>
        {/* Last, where the finger was: a second touch by mistake neither sends nor closes. */}
        <LongField
          label={t("danger.note")}
          rows={2}
          value={values["note"] ?? ""}
          onChange={(note) => set("note", note)}
        />
      </section>
    </>
  );
}

function UnitActs({
  row,
  busy,
  drafted,
  run,
  onReply,
}: {
  readonly row: UnitOrderRow;
  readonly busy: boolean;
  /** Whether a reply was begun and not sent. */
  readonly drafted: boolean;
  readonly run: (name: CommandName, body: CommandBody<CommandName>) => void;
  readonly onReply: () => void;
}): ReactNode {
  const { t } = useText();
  const may = (name: CommandName) => row.order.allowed.includes(name);
  const acts = useRef<HTMLDivElement>(null);
  const stood = useRef(row.order.status);
  // The button that was pressed is gone with its step: the caret goes to the next one, not to nowhere.
  useEffect(() => {
    if (busy || stood.current === row.order.status) return;
    stood.current = row.order.status;
    const nowhere = document.activeElement === document.body || acts.current?.contains(document.activeElement) === true;
    if (nowhere) acts.current?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }, [busy, row.order.status]);
  return (
    <div ref={acts} className="unit-acts">
      {may("acknowledgeOrder") ? (
        <button type="button" className="button primary" disabled={busy} onClick={() => run("acknowledgeOrder", {})}>
          {t("command.acknowledgeOrder")}
        </button>
      ) : null}
      {may("arrive") ? (
        <button type="button" className="button" disabled={busy} onClick={() => run("arrive", {})}>
          {t("command.arrive")}
        </button>
      ) : null}
      {may("reply") ? (
        <button type="button" className="button" disabled={busy} onClick={onReply}>
          {drafted ? t("draft.resume", { command: t("command.reply") }) : t("command.reply")}
        </button>
      ) : null}
    </div>
  );
}

/** What may be done with the order, or the reply that is being written; the danger button stands under either. */
function UnitDoing({ row }: { readonly row: UnitOrderRow }): ReactNode {
  const { t, code } = useText();
  const meta = useQuery(metaQuery).data;
  const flash = useFlash();
  const place = useDraftPlace();
  const command = useCommand();
  const [replying, setReplying] = useState(false);
  const { order } = row;
  const draft = place === null ? null : formDraft(place, { no: row.requestNo, command: "reply", subject: order.id });
  const { dirty } = useFormValues(draft, NO_NOTE);
  const mayDanger =
    order.allowed.includes("orderDanger") || row.allowed.includes("orderDanger") || row.allowed.includes("danger");
  const run = (name: CommandName, body: CommandBody<CommandName>) => {
    if (command.isPending) return;
    command.mutate(
      { name, subject: order.id, body, draft: name === "reply" ? draft : null },
      {
        onSuccess: () => {
          setReplying(false);
          flash(t("command.did", { command: code("command", name) }));
        },
      },
    );
  };
  const close = () => {
    command.reset();
    setReplying(false);
    if (draft !== null && drafts.find(draft) !== null) flash(t("draft.keptWords", { command: t("command.reply") }));
  };
  return (
    <>
      {command.isError && !replying ? <ProblemNote error={command.error} /> : null}
      {replying && meta !== undefined ? (
        <ActionForm
          name="reply"
          title={t("command.reply")}
          meta={meta}
          item={null}
          place={null}
          draft={draft}
          busy={command.isPending}
          error={command.error}
          onSend={(body) => run("reply", body)}
          onClose={close}
          onDiscard={() => {
            if (draft !== null) drafts.drop(draft);
            command.reset();
            setReplying(false);
          }}
        />
      ) : (
        <UnitActs row={row} busy={command.isPending} drafted={dirty} run={run} onReply={() => setReplying(true)} />
      )}
      {mayDanger ? <UnitDanger order={order} no={row.requestNo} /> : null}
    </>
  );
}

/** One order of the unit with what it may do now. */
export function UnitOrder({ row }: { readonly row: UnitOrderRow }): ReactNode {
  const { t, code, language } = useText();
  const now = useNow(30_000);
  const { order } = row;
  return (
    <li className={row.danger ? "unit-order hot" : "unit-order"}>
      <header>
        <h2>{(language === "zh" ? row.itemName : row.itemNameEn) ?? t("queue.noItem")}</h2>
        <p className="line-marks">
          <DangerBadge danger={row.danger} open={row.danger && row.push !== "ended"} />
          {row.push === null || row.push === "ended" ? null : <b>{t(`danger.${row.push}`)}</b>}
          <OrderBadge status={order.status} />
          <span>{code("orderRole", order.role)}</span>
          <DueMark due={order.due} />
          <span className="aside">{t("unit.waiting", { time: formatAge(t, order.dispatchedAt, now) })}</span>
        </p>
      </header>
      <DueWhy due={order.due} />
      <Matter row={row} />
      {order.reply?.value === undefined || order.reply.value === null ? null : (
        <div className="answer">
          <span className="aside">{t("field.reply")}</span>
          <FoldText text={order.reply.value} />
        </div>
      )}
      <UnitTimeLimit row={row} />
      <UnitDoing row={row} />
      <p className="number aside">{row.requestNo}</p>
    </li>
  );
}
