/**
 * How long a time limit may stand still. Neither plan prints a number: the catalogue's policies say so, as proposals of this project
 * (`default`, 待会商) until two desks agree on others.
 * @source nmg:2.2.5
 */
export type Standstill = {
  /** Natural days after which a pause ends by itself: who needs longer says so anew. */
  readonly pauseDays: number;
  /** So many days before that the desk is reminded. */
  readonly remindDays: number;
  /** So many days a requester may be waited for at most: who waits longer says so anew. */
  readonly awaitDays: number;
  /** So often may one time limit wait for the requester. */
  readonly awaitTimes: number;
};

/** The bounds that hold where a version of the catalogue is silent. */
export const STANDSTILL: Standstill = { pauseDays: 30, remindDays: 3, awaitDays: 10, awaitTimes: 3 };

/** A natural day, in ms. */
export const STANDSTILL_DAY_MS = 86_400_000;
