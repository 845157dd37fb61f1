/** What stands in a form, by field; a field that is missing was never touched. */
export type Values = Readonly<Record<string, string>>;

/** One form: the request it is about, the command it gives, and on what (the request, one of its orders or linkages). */
export type FormOf = { readonly no: string; readonly command: string; readonly subject: string };

/** Name of a form's draft below the account's place. */
export function formDraft(place: string, { no, command, subject }: FormOf): string {
  return `${place}form.${no}.${command}.${subject}`;
}

/** Beginning of the names of all half-written forms of one request. */
export function formsOf(place: string, no: string): string {
  return `${place}form.${no}.`;
}

/** Which form a draft's name stands for; null = it is no form's. */
export function parseFormDraft(place: string, name: string): FormOf | null {
  if (!name.startsWith(`${place}form.`)) return null;
  const [no, command, ...rest] = name.slice(`${place}form.`.length).split(".");
  const subject = rest.join(".");
  return no === undefined || command === undefined || subject === "" ? null : { no, command, subject };
}

/** What a person changed: a value that stands as the form offered it is nobody's work. */
export function changedValues(values: Values, initial: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== (initial[name] ?? "")));
}

/** Reads stored values; what is no text is left out. */
export function parseValues(stored: unknown): Values {
  if (typeof stored !== "object" || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

/** What was typed while this was on its way: of the words only what was written behind them, of the rest what is different now. */
export function writtenSince(sent: Values, now: Values, words: string): Values {
  return Object.fromEntries(
    Object.entries(now).flatMap(([name, value]) => {
      const was = sent[name] ?? "";
      if (value === was) return [];
      const onward = name === words && was !== "" && value.startsWith(was);
      return [[name, onward ? value.slice(was.length).trimStart() : value]];
    }),
  );
}
