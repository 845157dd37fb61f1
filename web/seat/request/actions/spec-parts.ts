import type { CommandBody, CommandName, Meta } from "../../../../src/http/contract/index.ts";
import type { Option } from "../../../shared/design/inputs.tsx";
import type { Values } from "../../../shared/drafts/form-values.ts";
import { optionsOf } from "../../../shared/list-names.ts";
import type { FieldSpec, SpecContext } from "./field-spec.ts";

/** The form of one command. */
export type Spec<N extends CommandName> = {
  readonly fields: readonly FieldSpec[];
  readonly initial?: (context: SpecContext) => Values;
  /** Body from complete values; required fields are filled. */
  readonly body: (values: Values, context: SpecContext) => CommandBody<N>;
};

/** Choices of one family of words. */
export const coded =
  (family: string, codes: readonly string[]) =>
  (context: SpecContext): readonly Option[] =>
    codes.map((one) => ({ value: one, label: context.code(family, one) }));

/** Choices of a list of the catalogue. */
export const listed =
  (list: keyof Meta["lists"]) =>
  (context: SpecContext): readonly Option[] =>
    optionsOf(context.meta.lists[list], context.named);

/** The same with what follows from each, where this program has words for it: a city's own choices stand by their name alone. */
export const withWhat =
  (family: string, options: (context: SpecContext) => readonly Option[]) =>
  (context: SpecContext): readonly Option[] =>
    options(context).map((one) => {
      const detail = context.code(family, one.value);
      return detail === one.value ? one : { ...one, detail };
    });

/** A remark that may be left out. */
export const note: FieldSpec = { name: "note", kind: "long", label: "form.note", required: false };
/** What stands in a field, without blanks around it. */
export function text(values: Values, name: string): string {
  return (values[name] ?? "").trim();
}

/** A member of a body only where something stands in its field. */
export function maybe<K extends string>(values: Values, name: K): { readonly [P in K]?: string } {
  const value = text(values, name);
  return value === "" ? {} : parseOne(name, value);
}

function parseOne<K extends string>(name: K, value: string): { readonly [P in K]?: string } {
  return { [name]: value } as { readonly [P in K]?: string };
}

/** One of the words a body may hold. */
export function oneOf<const T extends string>(values: Values, name: string, all: readonly [T, ...T[]]): T {
  return all.find((one) => one === values[name]) ?? all[0];
}
