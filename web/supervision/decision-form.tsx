import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { RecordConsultationBody, TopicView } from "../../src/http/contract/index.ts";
import { callApi } from "../shared/api/client.ts";
import { CONSULTATION_PATH } from "../shared/api/paths.ts";
import { consultationsQuery } from "../shared/api/reads.ts";
import { ChoiceField, LongField, TextField } from "../shared/design/inputs.tsx";
import { ProblemNote } from "../shared/design/states.tsx";
import { useText } from "../shared/i18n/text.tsx";

const LINES = [
  "heldOn",
  "number",
  "titleZh",
  "titleEn",
  "issuer",
  "tookPart",
  "rule",
  "unitKind",
  "validFrom",
] as const;
const OPTIONAL: readonly string[] = ["unitKind"];

type Values = Readonly<Record<(typeof LINES)[number] | "minutes" | "side", string>>;

function today(): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
}

function emptyValues(): Values {
  const texts = { number: "", titleZh: "", titleEn: "", issuer: "", tookPart: "", rule: "", unitKind: "", minutes: "" };
  return { ...texts, heldOn: today(), validFrom: today(), side: "" };
}

function bodyOf(topic: TopicView, { side, unitKind, ...values }: Values): RecordConsultationBody {
  return {
    ...values,
    item: topic.item ?? "",
    side: side === "police" ? "police" : "hotline",
    ...(unitKind.trim() === "" ? {} : { unitKind: unitKind.trim() }),
  };
}

/** What both sides decided on one topic; it proposes the row, which both sign on the page of versions. @source nmg:2.2.4 @req REQ-36 */
export function DecisionForm({
  topic,
  onClose,
}: {
  readonly topic: TopicView;
  readonly onClose: () => void;
}): ReactNode {
  const { t, code } = useText();
  const client = useQueryClient();
  const [values, setValues] = useState(emptyValues);
  const [tried, setTried] = useState(false);
  // One key for one form: a second press is no second decision.
  const key = useRef(crypto.randomUUID());
  const record = useMutation({
    networkMode: "always",
    mutationFn: () =>
      callApi(CONSULTATION_PATH, {
        method: "POST",
        body: bodyOf(topic, values),
        idempotencyKey: key.current,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: consultationsQuery.queryKey });
      onClose();
    },
  });
  const missing = (name: keyof Values): string | null =>
    tried && !OPTIONAL.includes(name) && values[name].trim() === "" ? t("form.required") : null;
  const set = (name: keyof Values) => (value: string) => setValues((now) => ({ ...now, [name]: value }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const empty = Object.entries(values).some(([name, value]) => !OPTIONAL.includes(name) && value.trim() === "");
    if (!empty) record.mutate();
  };
  const name = topic.itemName ?? topic.item ?? "";
  return (
    <form className="panel action-form" aria-label={t("consultation.decide")} onSubmit={submit}>
      <h2>
        {t("consultation.decide")} · {name}
      </h2>
      <div className="action-fields">
        <ChoiceField
          label={t("consultation.side")}
          options={(["hotline", "police"] as const).map((value) => ({ value, label: code("sideName", value) }))}
          value={values.side}
          wrong={missing("side")}
          onChange={set("side")}
        />
        {LINES.map((line) => (
          <TextField
            key={line}
            label={t(`consultation.${line}`)}
            optional={OPTIONAL.includes(line)}
            value={values[line]}
            wrong={missing(line)}
            onChange={set(line)}
          />
        ))}
        <LongField
          label={t("consultation.minutes")}
          value={values.minutes}
          wrong={missing("minutes")}
          onChange={set("minutes")}
        />
      </div>
      {record.isError ? <ProblemNote error={record.error} /> : null}
      <div className="action-send">
        <button type="submit" className="button primary" disabled={record.isPending}>
          {record.isPending ? t("app.sending") : t("app.send")}
        </button>
        <button type="button" className="button quiet" onClick={onClose}>
          {t("app.cancel")}
        </button>
      </div>
    </form>
  );
}
