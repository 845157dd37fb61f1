import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { metaQuery } from "../api/reads.ts";
import { useSeat } from "../session/session.tsx";
import { draftPlace } from "./drafts.ts";
import type { Kept } from "./drafts.ts";
import { changedValues, parseFormDraft, parseValues } from "./form-values.ts";
import type { FormOf, Values } from "./form-values.ts";
import { drafts } from "./kept-here.ts";
import { useOpenElsewhere } from "./tabs.ts";

/** Where this account's drafts are kept; null until the node's name is known and what lay there is read. */
export function useDraftPlace(): string | null {
  const { session } = useSeat();
  const node = useQuery(metaQuery).data?.nodeCode;
  const open = useSyncExternalStore(drafts.listen, drafts.place);
  return node !== undefined && open === draftPlace(node, session.user.id) ? open : null;
}

/** Values of a form that outlive it: kept at every stroke until they are sent or discarded. Null = nowhere to keep them. */
export function useFormValues(
  name: string | null,
  initial: Values,
): { readonly values: Values; readonly set: (field: string, value: string) => void; readonly dirty: boolean } {
  const kept = useSyncExternalStore(drafts.listen, () => (name === null ? null : drafts.find(name)));
  const changed = useMemo(() => parseValues(kept?.value), [kept]);
  const values = { ...initial, ...changed };
  const set = useCallback(
    (field: string, value: string) => {
      if (name === null) return;
      const before = parseValues(drafts.find(name)?.value);
      const after = changedValues({ ...before, [field]: value }, initial);
      const may = drafts.find(name)?.sent ?? null;
      if (Object.keys(after).length === 0 && may === null) drafts.drop(name);
      else drafts.keep(name, after, Date.now());
    },
    [name, initial],
  );
  return { values, set, dirty: Object.keys(changed).length > 0 };
}

/** A form that was left with something in it. */
export type LeftForm = { readonly name: string; readonly form: FormOf; readonly kept: Kept };

/** Forms of a request (null = of all) that were left half written, newest first; those open in another tab are not left. */
export function useLeftForms(no: string | null): readonly LeftForm[] {
  const place = useDraftPlace();
  const version = useSyncExternalStore(drafts.listen, drafts.version);
  const elsewhere = useOpenElsewhere();
  return useMemo(() => {
    if (place === null || version < 0 || elsewhere.version < 0) return [];
    return drafts.names(`${place}form.${no === null ? "" : `${no}.`}`).flatMap((name) => {
      const form = parseFormDraft(place, name);
      const kept = drafts.find(name);
      return form === null || kept === null || elsewhere.has(name) ? [] : [{ name, form, kept }];
    });
  }, [place, no, version, elsewhere]);
}
