import { useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { newKey } from "../../shared/api/client.ts";
import { drafts } from "../../shared/drafts/kept-here.ts";
import { useDraftPlace } from "../../shared/drafts/use-drafts.ts";
import { EMPTY_DRAFT, isEmptyDraft, parseSaved, registerDrafts } from "../register/draft.ts";
import type { SentDraft } from "../register/draft.ts";

/** The form of a call that began with the danger key. */
export type NewCall = {
  /** Name of the form. */
  readonly form: string;
  /** Where it stands. */
  readonly href: string;
  /** Told of the number the push has got while the form is not open: what is typed in it is that request's. `comes` = it is being opened. */
  readonly became: (no: string, comes: boolean) => void;
};

/** A form that was left with nothing typed in it is over. */
function became(form: string, { body }: SentDraft, no: string, comes: boolean): void {
  const saved = parseSaved(drafts.find(form)?.value);
  if (saved === null) return;
  if (isEmptyDraft(saved.draft) && !comes) drafts.drop(form);
  else drafts.keep(form, { ...saved, sent: null, made: { no, body } }, Date.now());
}

/**
 * Opens, with the press of the danger key, the form of the call that was pushed: what the caller says is written down whether the push
 * has been answered or not, and follows it. Null = nowhere to keep it, so nothing was opened. @source nmg:2.2.1
 */
export function useNewCall(): (sent: SentDraft) => NewCall | null {
  const place = useDraftPlace();
  const navigate = useNavigate();
  const router = useRouter();
  return useCallback(
    (sent) => {
      if (place === null) return null;
      const id = newKey();
      const form = `${registerDrafts(place)}${id}`;
      drafts.keep(form, { draft: EMPTY_DRAFT, sent, made: null }, Date.now());
      const at = { to: "/register", search: { form: id } } as const;
      void navigate(at);
      return { form, href: router.buildLocation(at).href, became: (no, comes) => became(form, sent, no, comes) };
    },
    [place, navigate, router],
  );
}
