import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Meta } from "../../../src/http/contract/index.ts";
import { requestQuery } from "../../shared/api/reads.ts";
import { WhyLater } from "../../shared/explain/why.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { nameIn } from "../../shared/list-names.ts";
import type { TimelineEntry } from "./contract-types.ts";

/**
 * Of a hand-over that was taken back: for which reason, and, at the desk that took it back, what that means, by the version the matter
 * was judged by. @source nmg:2.2.1
 */
export function TakenBack({
  no,
  row,
  meta,
}: {
  readonly no: string;
  readonly row: Pick<TimelineEntry, "type" | "streamId" | "details">;
  readonly meta: Meta;
}): ReactNode {
  const { t, named } = useText();
  const reason = row.details["withdrawn"];
  const request = useQuery({ ...requestQuery(no), enabled: typeof reason === "string" }).data;
  if (typeof reason !== "string") return null;
  const name = nameIn(meta.lists.withdrawReasons, reason, named) ?? reason;
  const version = request?.linkages.find(({ id }) => id === row.streamId)?.catalogueVersion;
  return (
    <>
      <p className="aside">{name}</p>
      {row.type.startsWith("command.") && version !== undefined ? (
        <WhyLater label={t("why.withdrawal")} ask={{ kind: "withdrawal", code: reason, version }} />
      ) : null}
    </>
  );
}
