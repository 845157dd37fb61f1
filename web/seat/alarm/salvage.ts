import type { Registration } from "../../shared/api/commands.ts";

/**
 * The same registration with every word moved into the free text, for a server that refused a field:
 * a wrongly typed number must not hold back a push. @source nmg:2.2.1
 */
export function salvage(body: Registration): Registration {
  const words = Object.values(body.fields).filter(
    (value): value is string => typeof value === "string" && value !== "",
  );
  const text = words.join("\n").slice(0, 20_000);
  return { fields: { channel: "phone", ...(text === "" ? {} : { text }) }, danger: true };
}
