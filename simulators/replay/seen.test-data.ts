import type { Seen, SeenLinkage, SeenOrder } from "./seen.ts";

/** A request as a desk may show it, with what the test is about. */
export function aSeen(more: Partial<Seen> = {}): Seen {
  return {
    no: "1",
    caseId: "c",
    etag: "1",
    status: "registered",
    responsible: true,
    origin: "intake",
    danger: false,
    dangerOpen: false,
    place: null,
    item: null,
    side: null,
    mode: null,
    missing: [],
    initialResponse: false,
    conclusion: null,
    callbacks: [],
    rated: false,
    registeredAt: "2026-01-01T00:00:00.000Z",
    changedAt: "2026-01-01T00:00:00.000Z",
    orders: [],
    linkages: [],
    allowed: [],
    ...more,
  };
}

export function aLinkage(more: Partial<SeenLinkage> = {}): SeenLinkage {
  return {
    id: "l",
    kind: "clear",
    role: "S",
    state: "offered",
    openedAt: "2026-01-01T00:00:10.000Z",
    deliveredAt: null,
    acceptedAt: null,
    signedAt: null,
    additionsUnread: 0,
    pushNo: 1,
    allowed: [],
    ...more,
  };
}

export function anOrder(more: Partial<SeenOrder> = {}): SeenOrder {
  return {
    id: "o",
    kind: "work",
    unit: "u1",
    status: "dispatched",
    dispatchedAt: "2026-01-01T00:00:05.000Z",
    acknowledgedAt: null,
    arrivedAt: null,
    endedAt: null,
    allowed: [],
    ...more,
  };
}
