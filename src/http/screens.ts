import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { isData } from "./headers.ts";
import { refuse } from "./refuse.ts";

/**
 * Serves the built screens. Hashed files below `assets/` never change; every other address that a browser opens as a page is the
 * start page, whose router finds the screen. Without a build the node serves its API alone.
 */
export async function serveScreens(app: FastifyInstance, folder: string | null): Promise<void> {
  const built = folder !== null && existsSync(join(folder, "index.html"));
  if (built)
    await app.register(fastifyStatic, {
      root: folder,
      prefix: "/",
      cacheControl: false,
      setHeaders: (response, path) => {
        const hashed = path.includes("/assets/") || path.includes("\\assets\\");
        response.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  app.setNotFoundHandler((request, reply) => {
    const page =
      request.method === "GET" && !isData(request.url) && /\btext\/html\b/.test(request.headers.accept ?? "");
    if (!built || !page) return refuse(request, reply, { code: "ROUTE_UNKNOWN" });
    return reply.code(200).sendFile("index.html");
  });
}
