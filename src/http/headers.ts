import type { FastifyInstance } from "fastify";

/** Everything the screens may load lies beside them; no inline script or style, no frame, no plug-in. */
const SCREEN_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

const ALWAYS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
} as const;

/** Security headers of one answer. `data` = not a page: API and exchange. */
export function securityHeaders(data: boolean, https: boolean): Readonly<Record<string, string>> {
  return {
    ...ALWAYS,
    "content-security-policy": data ? DATA_POLICY : SCREEN_POLICY,
    ...(data ? { "cache-control": "no-store" } : {}),
    ...(https ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}

/** Whether an address belongs to machines rather than to the screens. */
export function isData(url: string): boolean {
  return url.startsWith("/api/") || url.startsWith("/exchange/") || /^\/metrics(\?|$)/.test(url);
}

/** Puts the security headers and the request id on every answer, good or bad. */
export function setHeaders(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(securityHeaders(isData(request.url), request.protocol === "https"));
    reply.header("x-request-id", request.id);
  });
}
