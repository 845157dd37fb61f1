/** One setting of the configuration file: what it means, what it may be, and an example to copy. */
export type Setting = {
  readonly path: string;
  readonly kind: "text" | "integer" | "flag" | "choice" | "list" | "peers";
  readonly required: boolean;
  readonly fallback?: unknown;
  readonly choices?: readonly string[];
  readonly pattern?: RegExp;
  readonly min?: number;
  readonly max?: number;
  readonly example: string;
  readonly meaning: string;
};

/**
 * Every key of the configuration file, in the order of the documentation. A key that is not here is refused by name.
 * `${NAME}` in a text is taken from the environment.
 */
export const SETTINGS: readonly Setting[] = [
  {
    path: "node.code",
    kind: "text",
    required: true,
    pattern: /^[a-z][a-z0-9-]{2,39}$/,
    example: "hotline-150100",
    meaning: "name of this node among all nodes; never changes",
  },
  {
    path: "node.side",
    kind: "choice",
    required: true,
    choices: ["hotline", "police"],
    example: "hotline",
    meaning: "12345 (hotline) or 110 (police)",
  },
  {
    path: "node.region",
    kind: "text",
    required: true,
    pattern: /^\d{6}$/,
    example: '"150100"',
    meaning: "GB/T 2260 division this desk serves",
  },
  {
    path: "node.dutyPhone",
    kind: "text",
    required: true,
    pattern: /^[0-9+ -]{3,24}$/,
    example: '"12345"',
    meaning: "number another desk dials to reach this one by voice",
  },
  {
    path: "listen.host",
    kind: "text",
    required: false,
    fallback: "127.0.0.1",
    example: "127.0.0.1",
    meaning: "address to listen on; off loopback production wants TLS",
  },
  {
    path: "listen.port",
    kind: "integer",
    required: false,
    fallback: 12345,
    min: 0,
    max: 65535,
    example: "12345",
    meaning: "port; 0 takes any free one",
  },
  {
    path: "listen.tlsCert",
    kind: "text",
    required: false,
    example: "/etc/liandong/tls.crt",
    meaning: "PEM certificate; with tlsKey the listener speaks HTTPS",
  },
  {
    path: "listen.tlsKey",
    kind: "text",
    required: false,
    example: "/etc/liandong/tls.key",
    meaning: "PEM private key",
  },
  {
    path: "listen.behindTlsProxy",
    kind: "flag",
    required: false,
    fallback: false,
    example: "true",
    meaning: "a proxy in front ends TLS; cookies are then marked Secure",
  },
  {
    path: "listen.metrics",
    kind: "text",
    required: false,
    pattern: /^(off|loopback|[A-Za-z0-9._~+/=-]{16,200})$/,
    example: "${METRICS_TOKEN}",
    meaning:
      "who may read /metrics: off, loopback (programs on this machine), or a token of at least 16 characters that a monitor shows as Authorization: Bearer; left out: loopback for a demonstration, else off",
  },
  {
    path: "database.url",
    kind: "text",
    required: true,
    pattern: /^postgres(ql)?:\/\//,
    example: "${DATABASE_URL}",
    meaning: "PostgreSQL 15 or newer; used by the running node",
  },
  {
    path: "database.migratorUrl",
    kind: "text",
    required: false,
    pattern: /^postgres(ql)?:\/\//,
    example: "${DATABASE_MIGRATOR_URL}",
    meaning: "role that may change the schema; left out: the same as url",
  },
  {
    path: "database.connections",
    kind: "integer",
    required: false,
    fallback: 12,
    min: 2,
    max: 200,
    example: "12",
    meaning: "size of the connection pool; 4 more are kept for dangers alone",
  },
  {
    path: "storage.keys",
    kind: "text",
    required: true,
    example: "/var/lib/liandong/hotline/keys",
    meaning: "folder of the node's keys (mode 0700)",
  },
  {
    path: "storage.files",
    kind: "text",
    required: true,
    example: "/var/lib/liandong/hotline/files",
    meaning: "folder of digest-named files and of sent notices",
  },
  {
    path: "catalogue.folder",
    kind: "text",
    required: false,
    fallback: "catalogue/nmg-2022-89",
    example: "catalogue/nmg-2022-89",
    meaning: "files that seed the catalogue; relative to the program",
  },
  {
    path: "catalogue.units",
    kind: "text",
    required: false,
    fallback: "catalogue/demo/units-150100.csv",
    example: "/etc/liandong/units.csv",
    meaning: "directory of units (CSV)",
  },
  {
    path: "catalogue.routing",
    kind: "text",
    required: false,
    example: "/etc/liandong/routing",
    meaning:
      "folder with desks.csv and service-areas.csv: which 110 desk and which 12345 centre serve a division; a linked node they do not name serves the regions of its entry in peers",
  },
  {
    path: "policy.follow",
    kind: "choice",
    required: false,
    fallback: "handOff",
    choices: ["handOff", "follow"],
    example: "handOff",
    meaning: "who owes callback and closing after a hand-over: the receiver (handOff) or the origin (follow)",
  },
  {
    path: "policy.assessment",
    kind: "choice",
    required: false,
    fallback: "nmg",
    choices: ["nmg", "yn"],
    example: "nmg",
    meaning: "whose yardstick counts: nmg:2.2.5 (three cases) or yn:5.3 (who accepts assesses)",
  },
  {
    path: "policy.callbackAttempts",
    kind: "integer",
    required: false,
    fallback: 1,
    min: 1,
    max: 20,
    example: "3",
    meaning:
      "tries to reach the requester before an unanswered request may be closed; 1 is the call-back of nmg:2.2.1, more only where that was agreed",
  },
  {
    path: "policy.urgentSignSeconds",
    kind: "integer",
    required: false,
    fallback: 60,
    min: 4,
    max: 600,
    example: "60",
    meaning:
      "how long an urgent push may wait for a signature before the supervisor is rung; the desk at half of it (default, 待会商)",
  },
  {
    path: "notify.url",
    kind: "text",
    required: false,
    pattern: /^https?:\/\//,
    example: "https://sms-gateway.example.gov.cn/send",
    meaning: "gateway that takes notices as signed JSON; left out: notices are written to files under storage.files",
  },
  {
    path: "notify.secret",
    kind: "text",
    required: false,
    example: "${NOTIFY_SECRET}",
    meaning: "key of the HMAC-SM3 signature on every notice",
  },
  {
    path: "demo",
    kind: "flag",
    required: false,
    fallback: false,
    example: "false",
    meaning: "demonstration accounts with printed passwords; refused in production",
  },
  {
    path: "peers",
    kind: "peers",
    required: false,
    fallback: [],
    example: "see docs/operator.md",
    meaning: "nodes this one is linked with: code, side, regions, url, publicKey, dutyPhone",
  },
];

/** Keys of one entry of `peers`. */
export const PEER_SETTINGS: readonly Setting[] = [
  {
    path: "code",
    kind: "text",
    required: true,
    pattern: /^[a-z][a-z0-9-]{2,39}$/,
    example: "police-150100",
    meaning: "the peer's node.code",
  },
  {
    path: "side",
    kind: "choice",
    required: true,
    choices: ["hotline", "police"],
    example: "police",
    meaning: "its side",
  },
  { path: "regions", kind: "list", required: true, example: '["150100"]', meaning: "divisions it serves" },
  {
    path: "url",
    kind: "text",
    required: true,
    pattern: /^https?:\/\//,
    example: "https://110.example.gov.cn",
    meaning: "where its exchange listens",
  },
  {
    path: "publicKey",
    kind: "text",
    required: true,
    pattern: /^04[0-9a-f]{128}$/,
    example: "04…",
    meaning: "its SM2 public key, 130 hex digits, exchanged in person (npx liandong keys show)",
  },
  {
    path: "dutyPhone",
    kind: "text",
    required: true,
    pattern: /^[0-9+ -]{3,24}$/,
    example: '"110"',
    meaning: "number to dial when the link is silent",
  },
];
