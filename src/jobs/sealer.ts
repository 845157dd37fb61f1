import type { Keys } from "../app/ports/keys.ts";
import { startLoop } from "./loop.ts";
import type { Loop } from "./loop.ts";

/** What sealing needs of the store: the next events into the chain, and a signed checkpoint now and then. */
type SealStore = {
  readonly sealNext: (limit: number) => Promise<{
    readonly sealed: number;
    readonly busy: boolean;
    readonly head: { readonly no: string; readonly chain: Uint8Array } | null;
  }>;
  readonly saveCheckpoint: (no: string, chain: Uint8Array, signature: Uint8Array) => Promise<void>;
};

type SealJob = {
  readonly seals: SealStore;
  readonly keys: Pick<Keys, "sign">;
  readonly onFault: (name: string, fault: unknown) => void;
};

const LIMIT = 500;
const EVERY_MS = 2_000;

/** Orders committed events into the hash chain every few seconds and signs its head. Writers never wait for it. */
export function startSealer(job: SealJob): Loop {
  const signed = { no: "" };
  return startLoop({
    name: "sealer",
    everyMs: EVERY_MS,
    onFault: job.onFault,
    run: async () => {
      const { sealed, head } = await job.seals.sealNext(LIMIT);
      if (sealed === LIMIT) return true;
      if (head !== null && head.no !== signed.no && head.no !== "0") {
        const signature = await job.keys.sign(head.chain);
        await job.seals.saveCheckpoint(head.no, head.chain, Buffer.from(signature, "hex"));
        signed.no = head.no;
      }
      return false;
    },
  });
}
