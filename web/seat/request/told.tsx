import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Meta, RequestView } from "../../../src/http/contract/index.ts";
import { itemsQuery } from "../../shared/api/reads.ts";
import { Badge } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import type { TranslateCode } from "../../shared/i18n/text.tsx";
import { deskOf, nameIn } from "../../shared/list-names.ts";
import type { Named } from "../../shared/list-names.ts";
import { formatTime } from "../../shared/time.ts";

export type Told = NonNullable<RequestView["told"]>[number];
type Words = { readonly meta: Meta; readonly code: TranslateCode; readonly named: (both: Named) => string };

/** What another desk last told of one fact, if it told anything. */
export function toldOf(request: Pick<RequestView, "told">, name: string): Told | undefined {
  return request.told?.find((one) => one.name === name);
}

/** A told value in words; null = it was taken back. */
export function toldWords({ name, value }: Pick<Told, "name" | "value">, { meta, code, named }: Words): string | null {
  if (value === null) return null;
  if (typeof value === "boolean") return code("app", value ? "yes" : "no");
  switch (name) {
    case "place":
      return meta.places.find((place) => place.code === value)?.nameZh ?? value;
    case "requestKind":
      return nameIn(meta.lists.requestKinds, value, named);
    case "field":
      return nameIn(meta.lists.fields, value, named);
    case "requesterType":
      return nameIn(meta.lists.requesterTypes, value, named);
    case "channel":
      return nameIn(meta.lists.channels, value, named);
    default:
      return value;
  }
}

/** What a desk is called that told something; its code when it is none that this node knows. */
export function deskWord(meta: Meta, node: string, code: TranslateCode): string {
  const side = deskOf(meta, node);
  return side === null ? node : code("sideName", side);
}

/** The item that was told as people read it: an item is known by its code only, its name stands in the catalogue. */
export function useItemName(told: Pick<Told, "name" | "value"> | undefined): { readonly name: string | null } {
  const { named } = useText();
  const item = told?.name === "item" && typeof told.value === "string" ? told.value : null;
  const found = useQuery({ ...itemsQuery(item ?? ""), enabled: item !== null }).data?.rows;
  const known = item === null ? undefined : found?.find((one) => one.code === item);
  return { name: known === undefined ? item : `${known.code} ${named(known)}` };
}

/** What another desk told of a fact, beside what stands here: who, when, and whether it is another value. */
export function ToldNote({
  told,
  own,
  meta,
}: {
  readonly told: Told | undefined;
  readonly own: string | boolean | null;
  readonly meta: Meta;
}): ReactNode {
  const { t, code, named } = useText();
  const item = useItemName(told).name;
  if (told === undefined) return null;
  const value = item ?? toldWords(told, { meta, code, named });
  const desk = deskWord(meta, told.by, code);
  return (
    <span className="told">
      <span>{value === null ? t("told.takenBack", { desk }) : t("told.said", { desk, value })}</span>{" "}
      <span className="aside">{formatTime(told.at)}</span>{" "}
      {told.value === own || own === null ? null : (
        <Badge tone="warn" glyph="diamond">
          {t("told.differs")}
        </Badge>
      )}
    </span>
  );
}
