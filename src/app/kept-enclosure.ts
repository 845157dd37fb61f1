import type { LinkageMessage } from "../core/linkage/index.ts";
import type { ArrivedValue } from "./ports/outbox.ts";
import type { Keys } from "./ports/keys.ts";

/** Values of a message that waits lie locked under the node's key: a table of waiting messages must not be a table of callers. */
export async function sealEnclosure(
  keys: Keys,
  message: LinkageMessage,
  values: readonly ArrivedValue[],
): Promise<string> {
  const box = await keys.wrap(new TextEncoder().encode(JSON.stringify(values)), contextOf(message));
  return Buffer.from(box).toString("hex");
}

/** Opens what `sealEnclosure` locked. Anything else is a damaged row: it throws and the message stays kept. */
export async function openEnclosure(
  keys: Keys,
  message: LinkageMessage,
  kept: unknown,
): Promise<readonly ArrivedValue[]> {
  const opened = await keys.unwrap(Buffer.from(String(kept), "hex"), contextOf(message));
  if (!opened.ok) throw new Error(`values kept with ${message.id}: ${opened.error.code}`);
  return parseValues(new TextDecoder().decode(opened.value));
}

/** Sealed by this node and authenticated by its key: only the form of the whole is looked at. */
function parseValues(text: string): readonly ArrivedValue[] {
  const values: unknown = JSON.parse(text);
  if (!Array.isArray(values)) throw new Error("kept values are not a list");
  return values as readonly ArrivedValue[];
}

function contextOf(message: LinkageMessage): string {
  return `kept/${message.id}`;
}
