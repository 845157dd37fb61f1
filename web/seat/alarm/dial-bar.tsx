import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { ReactNode } from "react";
import { endsCall, REDIAL_AFTER_MS } from "../../../src/core/case/index.ts";
import type { CallResult } from "../../../src/core/case/index.ts";
import type { AlarmView } from "../../../src/http/contract/index.ts";
import { callApi, newKey } from "../../shared/api/client.ts";
import { alarmsQuery } from "../../shared/api/reads.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { ProblemNote } from "../../shared/design/states.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { useFlash } from "../../shared/shell/flash.tsx";
import { QUICK, useDialKeys } from "./dial-keys.ts";
import { SILENT_UNIT } from "./silent-units.ts";
import { ByVoice } from "./by-voice.tsx";
import { Brief } from "./which.tsx";

/** One call to make; `dial` null = a push that went nowhere, and no number is known to tell it by voice. */
export type DialGroup = {
  readonly subject: string;
  readonly dial: string | null;
  readonly alarms: readonly AlarmView[];
};

/** Rung by the red bar itself, or a unit's, which never stands among dangers: the desk that must sign need not dial its own number. */
const OWN_BAR: ReadonlySet<string> = new Set(["urgentPush", "urgentUnsigned", SILENT_UNIT]);

/** Marks of one linkage that name the same number are one call to make, not three. */
export function groupDials(alarms: readonly AlarmView[]): readonly DialGroup[] {
  const groups = new Map<string, DialGroup>();
  for (const alarm of alarms) {
    const asksForCall = alarm.dial !== null || alarm.kind === "noPeer";
    if (!asksForCall || alarm.acknowledgedAt !== null || OWN_BAR.has(alarm.kind)) continue;
    const key = `${alarm.subject} ${alarm.dial}`;
    const before = groups.get(key)?.alarms ?? [];
    groups.set(key, { subject: alarm.subject, dial: alarm.dial, alarms: [...before, alarm] });
  }
  return [...groups.values()];
}

type Outcome = { readonly result: CallResult; readonly said?: string };

/** Writes down what came of a call; the node knows which marks the same number stands for, so one answer is enough. */
function useRecordCall({ alarms, subject }: DialGroup) {
  const { t, code } = useText();
  const client = useQueryClient();
  const flash = useFlash();
  // What was pressed again because nobody knows whether it arrived is the same call; the next call is another one.
  const keys = useRef(new Map<string, string>());
  return useMutation({
    networkMode: "always",
    mutationFn: ({ result, said }: Outcome) => {
      const outcome = said === undefined ? result : `${result}: ${said}`;
      const key = keys.current.get(outcome) ?? newKey();
      keys.current.set(outcome, key);
      return callApi("/alarms/acknowledge", {
        method: "POST",
        body: { kind: alarms[0]?.kind, subject, outcome },
        idempotencyKey: key,
      });
    },
    onSuccess: (_, { result }) => {
      keys.current.clear();
      const words = code("call", result);
      const stays = !endsCall(result) && alarms[0]?.kind !== SILENT_UNIT;
      flash(stays ? t("dial.again", { words, n: REDIAL_AFTER_MS / 1_000 }) : t("dial.recorded", { words }));
    },
    onSettled: () => client.invalidateQueries({ queryKey: alarmsQuery.queryKey }),
  });
}

/**
 * A number that somebody must dial now because a push did not get through by itself. It ends when somebody was told; what
 * nobody answered comes back. What was dialled stands in the request's history.
 */
export function DialItem({
  group,
  compact,
  keyed,
}: {
  readonly group: DialGroup;
  readonly compact: boolean;
  /** Whether the keys of the outcome are this number's. */
  readonly keyed: boolean;
}): ReactNode {
  const { t, code } = useText();
  const no = group.alarms[0]?.requestNo ?? null;
  return (
    <section className={compact ? "dials compact" : "dials"} aria-label={t("dial.region")}>
      <div className="dial-what">
        <h2>
          <Glyph name="phone" size={16} /> {t("dial.title")}
        </h2>
        <p>{[...new Set(group.alarms.map((alarm) => code("alarm", alarm.kind)))].join(" · ")}</p>
        {group.alarms.some(({ kind }) => kind === "placeByVoice") ? <ByVoice no={no} /> : null}
        {no === null ? null : (
          <p className="which">
            <Link to="/requests/$no" params={{ no }} className="number">
              {no}
            </Link>
            <Brief no={no} />
          </p>
        )}
      </div>
      {group.dial === null ? (
        <strong className="dial-unknown">{t("dial.unknown")}</strong>
      ) : (
        <a className="dial-number" href={`tel:${group.dial}`}>
          {group.dial}
        </a>
      )}
      <CallOutcome group={group} keyed={keyed} />
    </section>
  );
}

/** What came of a call, in one press where it needs no words. */
export function CallOutcome({
  group,
  keyed = false,
}: {
  readonly group: DialGroup;
  readonly keyed?: boolean;
}): ReactNode {
  const { t, code } = useText();
  const [other, setOther] = useState("");
  const record = useRecordCall(group);
  const { live, words } = useDialKeys({
    keyed,
    busy: record.isPending,
    record: (result) => record.mutate({ result }),
  });
  return (
    <fieldset className="dial-outcome" aria-label={t("dial.outcome")}>
      {QUICK.map(({ result, combo }) => (
        <button
          key={result}
          type="button"
          className="button"
          disabled={record.isPending}
          aria-keyshortcuts={live ? combo : undefined}
          onClick={() => record.mutate({ result })}
        >
          {code("call", result)} {keyed ? <kbd>{combo}</kbd> : null}
        </button>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (other.trim() !== "") record.mutate({ result: "handedOverByVoice", said: other.trim() });
        }}
      >
        <input
          ref={words}
          className="input"
          aria-label={t("dial.other")}
          placeholder={t("dial.other")}
          value={other}
          maxLength={200}
          onChange={(event) => setOther(event.target.value)}
        />
      </form>
      {record.isError ? <ProblemNote error={record.error} /> : null}
    </fieldset>
  );
}
