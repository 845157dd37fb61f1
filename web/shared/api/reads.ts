import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Static } from "typebox";
import type {
  AlarmList,
  DeadLetterList,
  ItemList,
  LinkList,
  Meta,
  QueueCounts,
  QueuePage,
  RequestView,
  SessionView,
  Timeline,
  UnitList,
  UnitOrderPage,
} from "../../../src/http/contract/index.ts";
import { ApiFailure, callApi, setCsrf } from "./client.ts";
import { fillPath, READ_PATHS } from "./paths.ts";

export type Session = Static<typeof SessionView>;
export type QueueView = "mine" | "incoming" | "returned" | "theirs" | "danger" | "closed";

function search(path: string, values: Readonly<Record<string, string | null | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

/** Who is logged in, null when nobody is. Also keeps the token that changes must carry. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      const session = await callApi<Session>(READ_PATHS.session, { signal });
      setCsrf(session.csrf);
      return session;
    } catch (failure) {
      if (failure instanceof ApiFailure && failure.status === 401) return null;
      throw failure;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export const metaQuery = queryOptions({
  queryKey: ["meta"],
  queryFn: ({ signal }) => callApi<Static<typeof Meta>>(READ_PATHS.meta, { signal }),
  staleTime: 3_600_000,
});

export const queueQuery = (view: QueueView) =>
  infiniteQueryOptions({
    queryKey: ["queue", view],
    queryFn: ({ signal, pageParam }) =>
      callApi<Static<typeof QueuePage>>(search(READ_PATHS.queue, { view, cursor: pageParam, limit: "50" }), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const countsQuery = queryOptions({
  queryKey: ["queue", "counts"],
  queryFn: ({ signal }) => callApi<Static<typeof QueueCounts>>(READ_PATHS.queueCounts, { signal }),
});

export const requestQuery = (no: string) =>
  queryOptions({
    queryKey: ["request", no],
    queryFn: ({ signal }) => callApi<RequestView>(fillPath(READ_PATHS.request, no), { signal }),
  });

export const timelineQuery = (no: string) =>
  queryOptions({
    queryKey: ["timeline", no],
    queryFn: ({ signal }) => callApi<Static<typeof Timeline>>(fillPath(READ_PATHS.timeline, no), { signal }),
  });

export const itemsQuery = (q: string) =>
  queryOptions({
    queryKey: ["items", q],
    queryFn: ({ signal }) => callApi<Static<typeof ItemList>>(search(READ_PATHS.items, { q }), { signal }),
    staleTime: 600_000,
    placeholderData: keepPreviousData,
  });

export const unitsQuery = (item: string | null, place: string | null) =>
  queryOptions({
    queryKey: ["units", item, place],
    queryFn: ({ signal }) => callApi<Static<typeof UnitList>>(search(READ_PATHS.units, { item, place }), { signal }),
    staleTime: 60_000,
  });

export const ordersQuery = (open: boolean) =>
  infiniteQueryOptions({
    queryKey: ["orders", open],
    queryFn: ({ signal, pageParam }) =>
      callApi<Static<typeof UnitOrderPage>>(
        search(READ_PATHS.unitOrders, { open: open ? "true" : "false", cursor: pageParam }),
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** Polled as well as pushed: an alarm must not depend on one stream. Also in the background, where somebody may be reading a map. */
export const alarmsQuery = queryOptions({
  queryKey: ["alarms"],
  queryFn: ({ signal }) => callApi<Static<typeof AlarmList>>(READ_PATHS.alarms, { signal, patienceMs: 5_000 }),
  refetchInterval: 5_000,
  refetchIntervalInBackground: true,
});

export const linksQuery = queryOptions({
  queryKey: ["links"],
  queryFn: ({ signal }) => callApi<Static<typeof LinkList>>(READ_PATHS.links, { signal }),
  refetchInterval: 15_000,
});

export const deadLettersQuery = queryOptions({
  queryKey: ["dead"],
  queryFn: ({ signal }) => callApi<Static<typeof DeadLetterList>>(READ_PATHS.deadLetters, { signal }),
  refetchInterval: 30_000,
});
