/** One step that brings a stored event body from `from` to `from + 1`. Stored events are never rewritten; they are read anew. */
export type Upcaster = {
  readonly stream: "case" | "linkage" | "order";
  readonly type: string;
  readonly from: number;
  readonly up: (body: unknown) => unknown;
};

/**
 * A return of version 1 held its grounds in clear. They stay readable in the member `legacyGrounds`, which no event of today has;
 * sealing them anew would rewrite what is stored.
 */
function returnOfVersion1(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("facts" in body)) return body;
  const { facts } = body;
  if (typeof facts !== "object" || facts === null) return body;
  const legacyGrounds = {
    basis: Reflect.get(facts, "returnBasis"),
    proposedOwner: Reflect.get(facts, "proposedOwner"),
  };
  return { ...body, facts: { ...facts, returnBasis: null, proposedOwner: null }, legacyGrounds };
}

/** All steps ever made, oldest first. A type that is not named stands at version 1. */
export const UPCASTERS: readonly Upcaster[] = [
  { stream: "linkage", type: "command.return", from: 1, up: returnOfVersion1 },
  { stream: "linkage", type: "message.returned", from: 1, up: returnOfVersion1 },
];

/** The version in which an event of this type is written now: one more than its steps. */
export function currentVersion(
  stream: Upcaster["stream"],
  type: string,
  steps: readonly Upcaster[] = UPCASTERS,
): number {
  return 1 + stepsOf(stream, type, steps).length;
}

/**
 * The body of a stored event as today's code reads it. A version above the current one is of a newer program: it throws,
 * because folding what one does not understand would be a lie.
 */
export function upcast(
  event: {
    readonly stream: Upcaster["stream"];
    readonly type: string;
    readonly typeVersion: number;
    readonly body: unknown;
  },
  steps: readonly Upcaster[] = UPCASTERS,
): unknown {
  const current = currentVersion(event.stream, event.type, steps);
  if (event.typeVersion > current)
    throw new Error(`${event.stream} ${event.type} is of version ${event.typeVersion}, known is ${current}`);
  return stepsOf(event.stream, event.type, steps)
    .filter((step) => step.from >= event.typeVersion)
    .reduce((body, step) => step.up(body), event.body);
}

/** The steps of one type, by version, with no hole: a hole is a programmer's mistake and throws. */
function stepsOf(stream: Upcaster["stream"], type: string, steps: readonly Upcaster[]): readonly Upcaster[] {
  const own = steps.filter((s) => s.stream === stream && s.type === type).toSorted((a, b) => a.from - b.from);
  own.forEach((step, i) => {
    if (step.from !== i + 1) throw new Error(`${stream} ${type} has no step from version ${i + 1}`);
  });
  return own;
}
