import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Static } from "typebox";
import type {
  Advice,
  AdviceBody,
  AgreementBoard,
  ConsultationBoard,
  AlarmList,
  DeadLetterList,
  DutyBoard,
  ExplanationAnswer,
  ExplanationQuery,
  ItemList,
  LinkList,
  Meta,
  OwnPushList,
  PeerFiguresList,
  QueueCounts,
  QueuePage,
  RequestView,
  SessionView,
  StandingPage,
  Timeline,
  UnitList,
  UnitOrderPage,
  VersionChanges,
} from "../../../src/http/contract/index.ts";
import { ApiFailure, callApi, setCsrf } from "./client.ts";
import { ASK_PATHS, fillPath, READ_PATHS } from "./paths.ts";

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

/** Why something is so. Rules of one version never change: it is asked once, and again while nobody here knows the version. */
export const explanationQuery = (query: ExplanationQuery) =>
  queryOptions({
    queryKey: ["explanation", query],
    queryFn: ({ signal }) =>
      callApi<Static<typeof ExplanationAnswer>>(search(READ_PATHS.explanation, query), { signal }),
    staleTime: ({ state }) => (state.data?.explanation === null ? 0 : 3_600_000),
    retry: false,
  });

/** What to ask about an item or about what was said; it is a help, and nothing waits for it. */
export const adviceQuery = (body: AdviceBody) =>
  queryOptions({
    queryKey: ["advice", body],
    queryFn: ({ signal }) => callApi<Advice>(ASK_PATHS.advise, { method: "POST", body, signal, patienceMs: 5_000 }),
    staleTime: 600_000,
    gcTime: 60_000,
    retry: false,
  });

/** Whom to ring now; a shift may change at any minute. */
export const dutyQuery = (q: string) =>
  queryOptions({
    queryKey: ["duty", q],
    queryFn: ({ signal }) => callApi<DutyBoard>(search(READ_PATHS.duty, { q }), { signal }),
    refetchInterval: 60_000,
  });

/** Units by words of their name or by code, those first whom item and place point to. */
export const unitsQuery = (item: string | null, place: string | null, q: string) =>
  queryOptions({
    queryKey: ["units", item, place, q],
    queryFn: ({ signal }) => callApi<Static<typeof UnitList>>(search(READ_PATHS.units, { item, place, q }), { signal }),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
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

/** Asked when a screen is loaded, not kept: afterwards the screen itself knows what it pushed. */
export function readOwnPushes(signal: AbortSignal): Promise<Static<typeof OwnPushList>> {
  return callApi(READ_PATHS.ownPushes, { signal });
}

export const linksQuery = queryOptions({
  queryKey: ["links"],
  queryFn: ({ signal }) => callApi<Static<typeof LinkList>>(READ_PATHS.links, { signal }),
  refetchInterval: 15_000,
});

/** Polled: what stands still is told by the time that passes, not by an event. */
export const standingQuery = infiniteQueryOptions({
  queryKey: ["standing"],
  queryFn: ({ signal, pageParam }) =>
    callApi<Static<typeof StandingPage>>(search(READ_PATHS.standing, { cursor: pageParam, limit: "50" }), { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next,
  refetchInterval: 5_000,
});

export const peerFiguresQuery = queryOptions({
  queryKey: ["links", "figures"],
  queryFn: ({ signal }) => callApi<Static<typeof PeerFiguresList>>(READ_PATHS.peerFigures, { signal }),
  refetchInterval: 15_000,
});

export const deadLettersQuery = queryOptions({
  queryKey: ["dead"],
  queryFn: ({ signal }) => callApi<Static<typeof DeadLetterList>>(READ_PATHS.deadLetters, { signal }),
  refetchInterval: 30_000,
});

export const agreementQuery = queryOptions({
  queryKey: ["agreement"],
  queryFn: ({ signal }) => callApi<AgreementBoard>(READ_PATHS.agreement, { signal }),
  refetchInterval: 10_000,
});

/** What both sides must talk about, and what was decided. */
export const consultationsQuery = queryOptions({
  queryKey: ["consultations"],
  queryFn: ({ signal }) => callApi<ConsultationBoard>(READ_PATHS.consultations, { signal }),
  refetchInterval: 60_000,
});

/** What a version would change against the one in force. */
export const versionChangesQuery = (version: string) =>
  queryOptions({
    queryKey: ["agreement", "changes", version],
    queryFn: ({ signal }) => callApi<VersionChanges>(search(READ_PATHS.versionChanges, { version }), { signal }),
    staleTime: 60_000,
  });
