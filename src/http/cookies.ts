import type { FastifyRequest } from "fastify";

/** Cookies ignore ports: two desks in one browser on one host must not overwrite each other's session. */
export function sessionCookieName(nodeCode: string): string {
  return `ld_${nodeCode}`;
}

/** The value of one cookie, or null. Only the alphabet of our session ids counts. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of header?.split(";") ?? []) {
    const at = part.indexOf("=");
    if (at < 0 || part.slice(0, at).trim() !== name) continue;
    const value = part.slice(at + 1).trim();
    return /^[A-Za-z0-9_-]{20,128}$/.test(value) ? value : null;
  }
  return null;
}

/** `Set-Cookie` of a session; the browser forgets it when it closes, the node by its own clock. */
export function sessionCookie(name: string, value: string, secure: boolean): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
}

/** `Set-Cookie` that takes the session out of the browser. */
export function clearedCookie(name: string, secure: boolean): string {
  return `${sessionCookie(name, "", secure)}; Max-Age=0`;
}

/** Cookies are `Secure` unless the call came over plain HTTP to a loopback name: browsers treat that as safe. */
export function needsSecureCookie(request: FastifyRequest): boolean {
  return request.protocol === "https" || !isLoopbackHost(request.hostname);
}

function isLoopbackHost(hostname: string): boolean {
  const name = hostname.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name.endsWith(".localhost") || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}
