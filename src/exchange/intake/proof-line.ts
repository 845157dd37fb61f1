import { urgently } from "../../app/ports/urgency.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { createSlots, type Slots } from "../slots.ts";

/** Where signatures of batches that call themselves urgent are checked. `check` answers null when too much waits already. */
export type ProofLine = {
  readonly check: (sender: NodeCode, remote: string, verify: () => Promise<boolean>) => Promise<boolean | null>;
};

/** Checked at once for an address that has signed before: what one sender has in flight. */
const PROVEN_AT_ONCE = 4;
/** Checked at once for all others together. */
const STRANGERS_AT_ONCE = 2;
/** Waiting at most for one address, and addresses that wait. */
const WAITING = 16;
const ADDRESSES = 256;

type Known = { readonly slots: Slots; inHand: number };

/**
 * Anybody can write "urgent" and a peer's name: until the signature is checked nothing is known, and checking costs. So strangers
 * are checked few at a time, on ordinary capacity, address by address in turn; a flood waits behind itself. An address from which this
 * sender's signature was good before does not stand in that line and is checked with reserved capacity.
 * @source nmg:2.2.1
 */
export function createProofLine(): ProofLine {
  const proven = new Map<string, Known>();
  const waiting = new Map<string, (() => void)[]>();
  let free = STRANGERS_AT_ONCE;

  async function checkKnown(known: Known, verify: () => Promise<boolean>): Promise<boolean | null> {
    if (known.inHand >= PROVEN_AT_ONCE + WAITING) return null;
    known.inHand++;
    try {
      return await known.slots.run(() => urgently(verify));
    } finally {
      known.inHand--;
    }
  }

  async function checkStranger(remote: string, verify: () => Promise<boolean>): Promise<boolean | null> {
    if (free > 0) free--;
    else {
      const line = waiting.get(remote) ?? [];
      if (line.length >= WAITING || (line.length === 0 && waiting.size >= ADDRESSES)) return null;
      await new Promise<void>((resolve) => {
        line.push(resolve);
        waiting.set(remote, line);
      });
    }
    try {
      return await verify();
    } finally {
      passOn();
    }
  }

  /** The place goes to the address that waits longest for a turn; one that has more to check stands last again. */
  function passOn(): void {
    const first = waiting.entries().next();
    if (first.done === true) {
      free++;
      return;
    }
    const [remote, line] = first.value;
    const next = line.shift();
    waiting.delete(remote);
    if (line.length > 0) waiting.set(remote, line);
    next?.();
  }

  return {
    check: async (sender, remote, verify) => {
      const key = `${sender} ${remote}`;
      const known = proven.get(key);
      if (known !== undefined) return checkKnown(known, verify);
      const good = await checkStranger(remote, verify);
      if (good !== true || proven.has(key)) return good;
      proven.set(key, { slots: createSlots(PROVEN_AT_ONCE), inHand: 0 });
      const oldest = proven.keys().next();
      if (proven.size > ADDRESSES && oldest.done !== true) proven.delete(oldest.value);
      return good;
    },
  };
}
