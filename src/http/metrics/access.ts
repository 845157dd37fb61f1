import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";

/** Who may read the figures: nobody, programs on this machine, or who shows the token. */
export type MetricsAccess = "off" | "loopback" | { readonly token: string };

/** What decides: the address at the other end of the connection and two headers. */
export type MetricsCaller = {
  readonly address: string | undefined;
  /** Somebody handed the call on: then the address is that of a proxy, and says nothing of who asks. */
  readonly forwarded: boolean;
  readonly authorization: string | undefined;
};

/** Whether this caller may read the figures. @source nmg:2.3.2 */
export function mayReadMetrics(access: MetricsAccess, caller: MetricsCaller): boolean {
  if (access === "off") return false;
  if (access === "loopback") return !caller.forwarded && isLoopback(caller.address);
  const given = /^Bearer (\S+)$/i.exec(caller.authorization ?? "")?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(access.token));
}

/** Digests are of one length: how long the token is cannot be learned from the time it takes. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.replace(/^::ffff:/i, "");
  return plain === "::1" || (isIP(plain) === 4 && plain.startsWith("127."));
}
