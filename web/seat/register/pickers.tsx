import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import type { ReactNode } from "react";
import type { Static } from "typebox";
import type { ItemView, Meta } from "../../../src/http/contract/index.ts";
import { itemsQuery, metaQuery, unitsQuery } from "../../shared/api/reads.ts";
import { Combo } from "../../shared/design/combo.tsx";
import { Badge } from "../../shared/design/glyph.tsx";
import type { TranslateCode } from "../../shared/i18n/text.tsx";
import { useText } from "../../shared/i18n/text.tsx";

export type Item = Static<typeof ItemView>;
type Place = Meta["places"][number];

const MOST = 12;

/** Places with their parents' names, so that two streets of one name can be told apart. */
function fullName(place: Place, byCode: ReadonlyMap<string, Place>): string {
  const parent = place.parent === null ? undefined : byCode.get(place.parent);
  return parent === undefined ? place.nameZh : `${fullName(parent, byCode)} ${place.nameZh}`;
}

/** Places whose name, parents' names or code hold what was typed; nearest to the beginning first. */
export function findPlaces(
  places: readonly Place[],
  query: string,
): readonly { readonly code: string; readonly name: string }[] {
  const byCode = new Map(places.map((place) => [place.code, place]));
  const wanted = query.trim().split(/\s+/);
  const found = places.filter((place) =>
    wanted.every((word) => word === "" || place.code.startsWith(word) || fullName(place, byCode).includes(word)),
  );
  const last = wanted.at(-1) ?? "";
  const rank = (place: Place) => (place.nameZh.startsWith(last) ? 0 : place.nameZh.includes(last) ? 1 : 2);
  return [...found]
    .sort((a, b) => rank(a) - rank(b) || a.code.length - b.code.length || (a.code < b.code ? -1 : 1))
    .slice(0, MOST)
    .map((place) => ({ code: place.code, name: fullName(place, byCode) }));
}

type PickerProps = {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly optional?: boolean;
  readonly above?: boolean;
  /** What stands typed and is not chosen, where a draft keeps it; absent = the field keeps it for itself. */
  readonly typed?: string;
  readonly onTyped?: (typed: string) => void;
};

function useTyped({ typed, onTyped }: Pick<PickerProps, "typed" | "onTyped">) {
  const own = useState("");
  return typed === undefined || onTyped === undefined ? own : ([typed, onTyped] as const);
}

/** Division by typing its name or code. */
export function PlacePicker({ value, onChange, optional, above, ...kept }: PickerProps): ReactNode {
  const { t } = useText();
  const meta = useQuery(metaQuery).data;
  const [query, setQuery] = useTyped(kept);
  const places = useMemo(() => meta?.places ?? [], [meta]);
  const options = useMemo(() => findPlaces(places, query), [places, query]);
  const chosen = useMemo(() => {
    if (value === null) return null;
    const place = places.find((one) => one.code === value);
    return place === undefined ? value : fullName(place, new Map(places.map((one) => [one.code, one])));
  }, [value, places]);
  return (
    <Combo
      label={t("register.place")}
      placeholder={t("register.placeHint")}
      optional={optional ?? false}
      above={above ?? false}
      chosen={chosen}
      query={query}
      onQuery={setQuery}
      options={options.map((place) => ({ value: place.code, label: place.name, aside: place.code }))}
      onPick={(option) => onChange(option?.value ?? null)}
    />
  );
}

/** Ways of handling that follow from whose matter it is: not worth a word. */
const PLAIN_MODES: ReadonlySet<string> = new Set([
  "hotlineHandles",
  "policeHandles",
  "urgentBoth",
  "guide",
  "negotiate",
]);

/** What tells an item from another of the same name: its class, on which condition, and how it is handled if that is special. */
export function itemDetail(
  item: Pick<Item, "className" | "classNameEn" | "condition" | "mode">,
  language: "zh" | "en",
  code: TranslateCode,
): string {
  const className = language === "zh" || item.classNameEn === "" ? item.className : item.classNameEn;
  const mode = PLAIN_MODES.has(item.mode) ? null : code("mode", item.mode);
  return [className, item.condition, mode].filter((one) => one !== null && one !== "").join(" · ");
}

/** Catalogue item by name, initials or code; the server searches. */
export function ItemPicker({
  value,
  valueName,
  onChange,
  optional,
  above,
  wrong,
  ...kept
}: Omit<PickerProps, "onChange"> & {
  readonly valueName: string | null;
  readonly onChange: (item: Item | null) => void;
  readonly wrong?: string | null;
}): ReactNode {
  const { t, named, code, language } = useText();
  const [query, setQuery] = useTyped(kept);
  const asked = useDeferredValue(query.trim());
  const found = useQuery(itemsQuery(asked));
  const loading = found.isPlaceholderData || asked !== query.trim() || found.isPending;
  const rows = found.data?.rows.slice(0, 30) ?? [];
  return (
    <Combo
      label={t("register.item")}
      placeholder={t("register.itemHint")}
      optional={optional ?? false}
      above={above ?? false}
      wrong={wrong ?? null}
      chosen={value === null ? null : (valueName ?? value)}
      query={query}
      onQuery={setQuery}
      loading={loading}
      options={rows.map((item) => ({
        value: item.code,
        label: named(item),
        aside: item.code,
        detail: itemDetail(item, language, code),
        mark: (
          <>
            {item.urgency === "urgent" ? (
              <Badge tone="danger" glyph="danger">
                {t("verdict.urgent")}
              </Badge>
            ) : null}
            <Badge>{code("side", item.side)}</Badge>
          </>
        ),
      }))}
      onPick={(option) => onChange(option === null ? null : (rows.find((item) => item.code === option.value) ?? null))}
    />
  );
}

/** Unit of this side, those the item and place point to first. */
export function UnitPicker({
  value,
  onChange,
  item,
  place,
  above,
  wrong,
}: PickerProps & {
  readonly item: string | null;
  readonly place: string | null;
  readonly wrong?: string | null;
}): ReactNode {
  const { t, named } = useText();
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query.trim());
  const found = useQuery(unitsQuery(item, place, asked));
  const loading = found.isPlaceholderData || asked !== query.trim() || found.isPending;
  const rows = found.data?.rows.slice(0, MOST) ?? [];
  // What was chosen before, or stands in a draft, need not be among those that are offered now.
  const own = useQuery({ ...unitsQuery(item, place, value ?? ""), enabled: value !== null });
  const chosen = [...rows, ...(own.data?.rows ?? [])].find((unit) => unit.code === value);
  return (
    <Combo
      label={t("form.unit")}
      opensOnFocus
      placeholder={t("form.unitHint")}
      above={above ?? false}
      wrong={wrong ?? null}
      chosen={chosen === undefined ? value : named(chosen)}
      query={query}
      onQuery={setQuery}
      loading={loading}
      options={rows.map((unit) => ({
        value: unit.code,
        label: named(unit),
        aside: unit.dutyPhone,
        ...(unit.suggested
          ? {
              mark: (
                <Badge tone="accent" glyph="check">
                  {t("form.unitSuggested")}
                </Badge>
              ),
            }
          : {}),
      }))}
      onPick={(option) => onChange(option?.value ?? null)}
    />
  );
}
