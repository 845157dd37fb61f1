import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { ReactNode } from "react";
import type { Meta } from "../../../../src/http/contract/index.ts";
import { dutyQuery } from "../../../shared/api/reads.ts";
import { TextField } from "../../../shared/design/inputs.tsx";
import type { TextFieldProps } from "../../../shared/design/inputs.tsx";
import { useText } from "../../../shared/i18n/text.tsx";
import { Offers } from "./offers.tsx";

/** How many names stand to be taken over at once. */
const MOST = 5;

/**
 * Who should have a matter, in words: a unit of the directory found by what is typed, with nothing typed the desk it came from, or any
 * other words, because who is meant may be in nobody's directory. @source nmg:2.2.1
 */
export function OwnerField({
  meta,
  ...field
}: Omit<TextFieldProps, "placeholder"> & { readonly meta: Meta }): ReactNode {
  const { t, named } = useText();
  const asked = useDeferredValue(field.value.trim());
  const found = useQuery({ ...dutyQuery(asked), enabled: asked !== "", placeholderData: keepPreviousData }).data;
  const desks = meta.peers.filter(({ side }) => side !== meta.side).map((peer) => named(peer));
  const units = asked === "" ? desks : (found?.rows.map(({ nameZh }) => nameZh) ?? []);
  return (
    <div>
      <TextField {...field} placeholder={t("form.ownerHint")} />
      <Offers offers={units.filter((name) => name !== asked).slice(0, MOST)} onTake={field.onChange} />
    </div>
  );
}
