import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { CommandName, Meta, RequestView } from "../../../../src/http/contract/index.ts";
import { isCommandName } from "../../../shared/api/paths.ts";
import { metaQuery } from "../../../shared/api/reads.ts";
import { useText } from "../../../shared/i18n/text.tsx";
import type { TranslateCode } from "../../../shared/i18n/text.tsx";

type Open = RequestView["forOthers"];

/** The roles that may, as this desk calls them. */
export function roleWords(roles: readonly string[], side: Meta["side"] | undefined, code: TranslateCode): string {
  return roles.map((role) => code(side === "police" ? "rolePolice" : "role", role)).join(" / ");
}

/** Who does what the reader may not do, so that nobody looks for a button in vain. `only` = the commands worth a word here. */
export function OthersMay({ open, only }: { readonly open: Open; readonly only: readonly CommandName[] }): ReactNode {
  const { t, code } = useText();
  const side = useQuery(metaQuery).data?.side;
  const told = open.filter(({ command }) => isCommandName(command) && only.includes(command));
  if (told.length === 0) return null;
  return (
    <p className="aside others-may">
      {told
        .map(({ command, roles }) =>
          t("who.others", { command: code("command", command), roles: roleWords(roles, side, code) }),
        )
        .join(" · ")}
    </p>
  );
}
