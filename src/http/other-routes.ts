/** Routes that are in no table of the contract, each with the reason why. The server refuses to build with any other. */
export const OTHER_ROUTES = [
  { method: "GET", path: "/api/public/status", reason: "for citizens: number and check code instead of a log-in" },
  { method: "GET", path: "/api/health", reason: "for monitors; shows nothing of any request" },
  { method: "GET", path: "/api/problems", reason: "the place a problem's `type` leads to" },
  { method: "GET", path: "/api/openapi.json", reason: "description of this API" },
  {
    method: "GET",
    path: "/metrics",
    reason: "for monitors: counts and ages by peer and lane; guarded by address or token",
  },
  {
    method: "POST",
    path: "/exchange/v1/batches",
    reason: "other nodes: signed batches, judged by the exchange adapter",
  },
  { method: "GET", path: "/exchange/v1/capability", reason: "other nodes: what this node understands" },
  {
    method: "POST",
    path: "/exchange/v1/catalogue-requests",
    reason: "other nodes: a signed request for a catalogue version an offer named, judged by the exchange adapter",
  },
  {
    method: "POST",
    path: "/exchange/v1/catalogue-approvals",
    reason: "other nodes: a signed approval of a catalogue version, judged by the exchange adapter",
  },
  { method: "GET", path: "/*", reason: "the screens: files of dist/web" },
] as const;
