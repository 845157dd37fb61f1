import type { OutboxBacklog } from "../../app/ports/outbox.ts";
import type { SESSION_SETTINGS } from "../../storage/index.ts";
import type { ConfigProblem } from "../config/production.ts";

/** The program itself. `packaged` = the Node that comes with the packages; `none` = there is none for this platform. */
export type RuntimeFacts = {
  readonly version: string;
  readonly pinned: string;
  readonly packaged: "present" | "absent" | "none";
  /** `linked` = node_modules belongs to another checkout; `unstamped` = installed by hand. */
  readonly packages: "asLock" | "linked" | "unstamped" | "stale" | "missing";
};

/** A folder the node writes to. `uid` null = the platform has no owners. */
export type FolderFacts = {
  readonly path: string;
  readonly exists: boolean;
  /** For an absent folder: whether it can be made. */
  readonly writable: boolean;
  readonly ownerUid: number | null;
  readonly ownUid: number | null;
};

export type DiskFacts = { readonly path: string; readonly freeBytes: number; readonly totalBytes: number };

/** What a connection made as the node makes it runs under, null = the server knows no such setting; or the code it was refused with. */
export type SettingFacts =
  | { readonly refused: string }
  | Readonly<Record<keyof typeof SESSION_SETTINGS, string | null>>;

/** `detail` names the code of a fault, never an address with its password. */
export type DatabaseFacts =
  | { readonly reachable: false; readonly where: string; readonly detail: string }
  | {
      readonly reachable: true;
      readonly where: string;
      /** `server_version_num`, e.g. 150006. */
      readonly version: number;
      /** Number of the last migration carried out; null = no schema yet. */
      readonly migration: number | null;
      /** The last migration this program knows. */
      readonly newest: number;
      /** The server's clock less ours, milliseconds, half of the round trip taken off. */
      readonly aheadMs: number;
      /** How much of `aheadMs` the round trip leaves open. */
      readonly unsureMs: number;
      /** Addresses of machines whose sessions of this program stand in this database; `local` = by socket. */
      readonly hosts: readonly string[];
      readonly settings: SettingFacts;
    };

/** `ours` = a node with our code and our key answers there. */
export type PortFacts = {
  readonly host: string;
  readonly port: number;
  readonly state: "free" | "ours" | "taken" | "forbidden" | "noAddress";
  readonly detail: string;
};

export type KeyFacts =
  | { readonly state: "absent" | "good"; readonly folder: string }
  | { readonly state: "bad"; readonly folder: string; readonly code: string; readonly file: string };

export type FileProblem = {
  readonly file: string;
  readonly row: number | null;
  readonly code: string;
  readonly detail: string;
};
export type CatalogueFacts = {
  readonly folder: string;
  readonly version: string | null;
  readonly problems: readonly FileProblem[];
};

/** `failure` null = it answered with its pinned key; `aheadMs` its clock less ours then. */
export type PeerFacts = {
  readonly code: string;
  readonly url: string;
  readonly dutyPhone: string;
  readonly failure: { readonly code: string; readonly detail: string; readonly link: boolean } | null;
  readonly aheadMs: number | null;
};

/** Who may read the figures for monitors, and how a call of theirs comes in. */
export type MetricsFacts = {
  readonly access: "off" | "loopback" | "token";
  /** A proxy in front ends TLS. */
  readonly behindProxy: boolean;
  /** The listener is off loopback and speaks without encryption. */
  readonly inClear: boolean;
};

export type WorkFacts = {
  readonly nowMs: number;
  readonly backlog: readonly OutboxBacklog[];
  readonly deadLetters: number;
  readonly givenUpNotices: number;
};

/**
 * What the doctor looks at. Each look may throw and then spoils its own checks only. `work` and what hangs on the database
 * are asked only when the database answers.
 */
export type Probe = {
  readonly configuration: () => Promise<readonly ConfigProblem[]>;
  readonly runtime: () => Promise<RuntimeFacts>;
  readonly nowMs: () => number;
  readonly folders: () => Promise<readonly FolderFacts[]>;
  readonly disk: () => Promise<DiskFacts>;
  readonly keys: () => Promise<KeyFacts>;
  readonly database: () => Promise<DatabaseFacts>;
  readonly port: () => Promise<PortFacts>;
  /** Process ids of nodes that run on this machine by the same configuration file. */
  readonly instances: () => Promise<readonly number[]>;
  readonly catalogue: () => Promise<CatalogueFacts>;
  readonly screens: () => Promise<{ readonly folder: string; readonly built: boolean }>;
  readonly peers: () => Promise<readonly PeerFacts[]>;
  readonly work: () => Promise<WorkFacts>;
  readonly metrics: () => Promise<MetricsFacts>;
};
