import type { ReactNode } from "react";

/** What is wrong with a field, read out as soon as it stands there. Nothing when nothing is. */
export function Wrong({ id, words }: { readonly id?: string; readonly words: string | null | undefined }): ReactNode {
  if (words === null || words === undefined) return null;
  return (
    <span className="wrong" id={id} role="alert">
      {words}
    </span>
  );
}
