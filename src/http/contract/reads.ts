/**
 * Read routes below `/api`, all GET: path → what comes back (schemas in the files of views) and the permission it needs.
 * `door` says whether the answer shows a request and so passes `present`, which writes the read log.
 */
export const READS = {
  session: { path: "/session", action: null, door: false },
  /** Open: the log-in page says whose desk it is. Lists and names only. */
  meta: { path: "/meta", action: null, door: false, open: true },
  items: { path: "/catalogue/items", action: "readQueue", door: false },
  /** Open to every account: rules are no secret, and a unit's clerk has time limits too. */
  explanation: { path: "/catalogue/explanation", action: null, door: false },
  units: { path: "/units", action: "readQueue", door: false },
  duty: { path: "/duty", action: "readQueue", door: false },
  queue: { path: "/requests", action: "readQueue", door: true },
  queueCounts: { path: "/requests/counts", action: "readQueue", door: false },
  request: { path: "/requests/:no", action: "readRequest", door: true },
  timeline: { path: "/requests/:no/timeline", action: "readRequest", door: true },
  unitOrders: { path: "/orders", action: "readUnitOrders", door: true },
  /** Numbers and instants alone: what they are about is read as any request is. */
  ownPushes: { path: "/pushes", action: "readQueue", door: false },
  alarms: { path: "/alarms", action: "readAlarms", door: false },
  links: { path: "/links", action: "readLinks", door: false },
  deadLetters: { path: "/dead-letters", action: "manageDeadLetters", door: false },
  /** Numbers, codes and instants alone, as with pushes. */
  standing: { path: "/standing", action: "readStanding", door: false },
  peerFigures: { path: "/links/figures", action: "readStanding", door: false },
  /** Numbers, codes and instants of requests alone, and what both sides decided. */
  consultations: { path: "/consultations", action: "readAgenda", door: false },
  agreement: { path: "/catalogue/agreement", action: "approveCatalogue", door: false },
  versionChanges: { path: "/catalogue/agreement/changes", action: "approveCatalogue", door: false },
  stream: { path: "/stream", action: null, door: false },
} as const;

export type ReadName = keyof typeof READS;
