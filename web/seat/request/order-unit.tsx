import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { requestQuery } from "../../shared/api/reads.ts";
import type { TimelineEntry } from "./contract-types.ts";

/** Whose order a line of the history speaks of: where several are out, the line alone does not tell. */
export function OrderUnit({
  no,
  row,
}: {
  readonly no: string;
  readonly row: Pick<TimelineEntry, "stream" | "streamId">;
}): ReactNode {
  const request = useQuery({ ...requestQuery(no), enabled: row.stream === "order" }).data;
  const order = row.stream === "order" ? request?.orders.find(({ id }) => id === row.streamId) : undefined;
  return order === undefined ? null : (
    <p className="aside" lang="zh-CN">
      {order.unitName}
    </p>
  );
}
