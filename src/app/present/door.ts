import type { Actor } from "../../core/access/index.ts";
import type { Case } from "../../core/case/index.ts";
import { maskField, showingOf } from "../../core/disclosure/index.ts";
import type { Viewer } from "../../core/disclosure/index.ts";
import { isConfidential } from "../../core/file/index.ts";
import type { CaseId, Sealed } from "../../kernel/index.ts";
import { markPresented } from "../present-brand.ts";
import type { Presented } from "../present-brand.ts";
import { openCaseKey, openRefs, refKey } from "../case-keys.ts";
import type { Deps } from "../deps.ts";
import type { EnclosedValue } from "../ports/outbox.ts";
import type { FieldShown, RevealedField } from "./cards.ts";

/** Who reads and why; it decides the scope and goes into the read log. */
export type Reader = { readonly actor: Actor; readonly viewer: Viewer; readonly purpose: string };

/** The reader's scope follows from the account: a clerk of a unit sees what its unit needs to handle. */
export function readerOf(actor: Actor, purpose: string): Reader {
  const onlyUnit = actor.roles.every((r) => r === "unitClerk");
  return { actor, viewer: onlyUnit ? "unit" : "desk", purpose };
}

/** Shows sealed values of one case to one reader. */
export type Show = (ref: Sealed) => FieldShown;

type Asked = { readonly state: Case; readonly wrappedKey: Uint8Array | null; readonly refs: readonly Sealed[] };

/**
 * The single door: every value of a request that leaves this node for a person passes here, by the scope of its reader,
 * and what was shown is in the read log before it is shown.
 * @source nmg:2.3.2 @req REQ-56 @req REQ-57
 */
export async function present<T extends object>(
  deps: Deps,
  reader: Reader,
  asked: readonly Asked[],
  make: (show: (caseId: CaseId) => Show) => T,
): Promise<Presented<T>> {
  const opened = new Map<CaseId, ReadonlyMap<string, EnclosedValue>>();
  await Promise.all(
    asked.map(async ({ state, wrappedKey, refs }) => {
      const wanted = refs.filter((r) => showingOf(reader.viewer, r.field, isConfidential(state)) !== "hidden");
      if (wanted.length === 0 || wrappedKey === null) return;
      opened.set(state.id, await openRefs(deps, await openCaseKey(deps.keys, state.id, wrappedKey), wanted));
    }),
  );
  const states = new Map(asked.map((a) => [a.state.id, a.state]));
  const read = new Map<CaseId, Set<string>>();
  const value = make((caseId) => (ref) => {
    const state = states.get(caseId);
    const showing = state === undefined ? "hidden" : showingOf(reader.viewer, ref.field, isConfidential(state));
    if (showing === "hidden") return { showing, value: null, revealable: false };
    const found = opened.get(caseId)?.get(refKey(ref));
    if (found === undefined) return { showing: "erased", value: null, revealable: false };
    const masked = showing === "masked";
    read.set(caseId, (read.get(caseId) ?? new Set()).add(masked ? `${ref.field} (masked)` : ref.field));
    if (masked) return { showing, value: maskField(ref.field, found.value), revealable: reader.viewer === "desk" };
    return { showing, value: found.value, revealable: false };
  });
  await logReading(deps, reader, read);
  return markPresented(value);
}

/**
 * One masked field in clear, for a stated reason.
 * @source nmg:2.3.2 @req REQ-57
 */
export async function presentRevealed(
  deps: Deps,
  reader: Reader,
  asked: {
    readonly state: Case;
    readonly wrappedKey: Uint8Array | null;
    readonly ref: Sealed;
    readonly reason: string;
  },
): Promise<Presented<RevealedField>> {
  const { state, wrappedKey, ref, reason } = asked;
  await logReading(deps, { ...reader, purpose: `reveal: ${reason}` }, new Map([[state.id, new Set([ref.field])]]));
  const opened =
    wrappedKey === null ? null : await openRefs(deps, await openCaseKey(deps.keys, state.id, wrappedKey), [ref]);
  const value = opened?.get(refKey(ref))?.value ?? null;
  return markPresented({
    field: ref.field,
    value: { showing: value === null ? "erased" : "clear", value, revealable: false },
  });
}

async function logReading(deps: Deps, reader: Reader, read: ReadonlyMap<CaseId, ReadonlySet<string>>): Promise<void> {
  if (read.size === 0) return;
  const fields = new Set([...read.values()].flatMap((f) => [...f]));
  await deps.readLog.write([
    {
      at: deps.clock.now(),
      reader: { kind: "user", id: reader.actor.id },
      purpose: reader.purpose,
      caseIds: [...read.keys()],
      fields: [...fields].sort(),
    },
  ]);
}
