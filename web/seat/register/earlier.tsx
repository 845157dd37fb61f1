import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Static } from "typebox";
import type { QueuePage } from "../../../src/http/contract/index.ts";
import { callApi } from "../../shared/api/client.ts";
import { ProblemNote } from "../../shared/design/states.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { useKeys } from "../../shared/keys/keys.tsx";
import { formatTime } from "../../shared/time.ts";
import { tailOf } from "../alarm/which.tsx";
import { HoldingBadge } from "../queue/row-marks.tsx";
import { isPhone } from "./to-fields.ts";

/** As the node asks of a number that is looked for. */
const FEWEST_DIGITS = 5;

/**
 * What this caller has asked before. Only when asked for, because every search stands in the read log; opening one keeps the
 * registration as a draft.
 */
export function Earlier({ phone }: { readonly phone: string }): ReactNode {
  const { t, language } = useText();
  const search = useMutation({
    networkMode: "always",
    mutationFn: (number: string) =>
      callApi<Static<typeof QueuePage>>("/requests/search", { method: "POST", body: { phone: number } }),
  });
  const number = phone.trim();
  const ready = isPhone(number) && number.replaceAll(/\D/g, "").length >= FEWEST_DIGITS;
  useKeys([{ combo: "F6", label: "key.earlier", enabled: ready, run: () => search.mutate(number) }]);
  if (!ready) return null;
  const rows = search.variables === number ? search.data?.rows : undefined;
  return (
    <section className="earlier" aria-label={t("earlier.title")}>
      {/* Not in the way from the address to the text: it comes up while somebody types ahead, and F6 does the same. */}
      <button
        type="button"
        className="button small"
        tabIndex={-1}
        disabled={search.isPending}
        onClick={() => search.mutate(number)}
      >
        {t("earlier.search")} <kbd>F6</kbd>
      </button>
      <span className="aside" aria-live="polite">
        {rows === undefined ? t("earlier.logged") : t("earlier.found", { n: rows.length })}
      </span>
      {search.isError ? <ProblemNote error={search.error} /> : null}
      {rows === undefined || rows.length === 0 ? null : (
        <ol>
          {rows.map((row) => (
            <li key={row.requestNo}>
              <Link to="/requests/$no" params={{ no: row.requestNo }} className="number" title={row.requestNo}>
                {t("which.tail", { tail: tailOf(row.requestNo) })}
              </Link>
              <time dateTime={row.registeredAt}>{formatTime(row.registeredAt)}</time>
              <b>{(language === "zh" ? row.itemName : row.itemNameEn) ?? t("queue.noItem")}</b>
              <span className="earlier-said">{row.summary}</span>
              <HoldingBadge row={row} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
