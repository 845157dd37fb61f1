import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiFailure } from "../shared/api/client.ts";
import { metaQuery } from "../shared/api/reads.ts";
import { Bones, Empty, ProblemNote } from "../shared/design/states.tsx";
import { useText } from "../shared/i18n/text.tsx";
import type { PlainKey } from "../shared/i18n/text.tsx";
import { deskOf } from "../shared/list-names.ts";

/** As much of a query as a panel shows: whole lists and lists by the page alike. */
export type Asked = {
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly isSuccess: boolean;
  readonly error: Error | null;
  readonly refetch: () => unknown;
};

/** A table with its own loading, error and empty states; a part that the account may not see says so instead of failing. */
export function Panel({
  title,
  note,
  empty,
  query,
  count,
  heads,
  children,
}: {
  readonly title: string;
  readonly note?: string;
  readonly empty: string;
  readonly query: Asked;
  readonly count: number;
  readonly heads: readonly PlainKey[];
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useText();
  const forbidden = query.error instanceof ApiFailure && query.error.status === 403;
  return (
    <section className="panel" aria-label={title}>
      <h2>
        {title} {count === 0 ? null : <span className="count">{count}</span>}
        {note === undefined ? null : <span className="note">{note}</span>}
      </h2>
      {forbidden ? <Empty title={t("supervision.notAllowed")} /> : null}
      {query.isPending ? <Bones rows={1} /> : null}
      {query.isError && !forbidden ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && count === 0 ? <Empty title={empty} /> : null}
      {count === 0 ? null : (
        // Keyboards must be able to scroll a wide table.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <section className="table" tabIndex={0} aria-label={title}>
          <table>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {t(head)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </section>
      )}
    </section>
  );
}

/** A neighbour by what people call it, with its code. */
export function useNodeName(): (node: string) => string {
  const { code } = useText();
  const meta = useQuery(metaQuery).data;
  return (node) => {
    const desk = deskOf(meta, node);
    return desk === null ? node : `${code("sideName", desk)} · ${node}`;
  };
}
