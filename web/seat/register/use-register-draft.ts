import { useMemo, useSyncExternalStore } from "react";
import { drafts } from "../../shared/drafts/kept-here.ts";
import { useOpenElsewhere, useOpenHere } from "../../shared/drafts/tabs.ts";
import { EMPTY_DRAFT, isEmptyDraft, parseSaved, registerDrafts } from "./draft.ts";
import type { Draft, MadeDraft, SavedDraft } from "./draft.ts";

const NOTHING: SavedDraft = { draft: EMPTY_DRAFT, sent: null, made: null };

function savedUnder(name: string): SavedDraft {
  return parseSaved(drafts.find(name)?.value) ?? NOTHING;
}

function save(name: string, saved: SavedDraft): void {
  if (isEmptyDraft(saved.draft) && saved.sent === null && saved.made === null) drafts.drop(name);
  else drafts.keep(name, saved, Date.now());
}

/** What stands in one form, kept at every stroke under the form's own name: two forms never write over one another. */
export function useRegisterDraft(name: string): {
  readonly saved: SavedDraft;
  /** What stands in it at this moment, also between two paintings. */
  readonly now: () => Draft;
  readonly change: (next: Partial<Draft>) => void;
  readonly keepProgress: (progress: Pick<SavedDraft, "sent" | "made">) => void;
  readonly drop: () => void;
} {
  const kept = useSyncExternalStore(drafts.listen, () => drafts.find(name));
  useOpenHere(name);
  const saved = useMemo(() => parseSaved(kept?.value) ?? NOTHING, [kept]);
  return useMemo(
    () => ({
      saved,
      now: () => savedUnder(name).draft,
      change: (next) => {
        const before = savedUnder(name);
        save(name, { ...before, draft: { ...before.draft, ...next } });
      },
      keepProgress: (progress) => save(name, { ...savedUnder(name), ...progress }),
      drop: () => drafts.drop(name),
    }),
    [saved, name],
  );
}

/** A registration that another form, page or session left behind. `more` = how many older ones there are. */
export type LeftDraft = {
  readonly name: string;
  readonly at: number;
  readonly draft: Draft;
  /** The request it has become already; what is left of it follows there. */
  readonly made: MadeDraft | null;
  readonly more: number;
  readonly drop: () => void;
};

/** The newest registration that was left behind, beside those that are being written here or in another tab. */
export function useLeftDraft(place: string, own: string): LeftDraft | null {
  const version = useSyncExternalStore(drafts.listen, drafts.version);
  const elsewhere = useOpenElsewhere();
  return useMemo(() => {
    const all = version < 0 || elsewhere.version < 0 ? [] : drafts.names(registerDrafts(place));
    const names = all.filter((name) => name !== own && !elsewhere.has(name));
    const [name] = names;
    const kept = name === undefined ? null : drafts.find(name);
    const saved = parseSaved(kept?.value);
    if (name === undefined || kept === null || saved === null) return null;
    const { draft, made } = saved;
    return { name, at: kept.at, draft, made, more: names.length - 1, drop: () => drafts.drop(name) };
  }, [place, own, version, elsewhere]);
}
