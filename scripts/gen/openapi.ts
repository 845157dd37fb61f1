import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createHttpServer, openApiText } from "../../src/http/index.ts";
import type { AppApi, HttpServerOptions } from "../../src/http/index.ts";
import { instantOf } from "../../src/kernel/index.ts";
import type { Generator } from "./generator.ts";

/** docs/generated/openapi.json: the public API as the routes describe themselves. */
export const openapiGenerator: Generator = {
  name: "openapi",
  file: "docs/generated/openapi.json",
  make: async (root) => {
    const app = await createHttpServer({
      nodeCode: "hotline-150100",
      side: "hotline",
      version: versionOf(root),
      api: unasked<AppApi>({
        feed: { subscribe: () => () => undefined, since: async () => null },
        onAlarms: () => () => undefined,
      }),
      sessions: unasked<HttpServerOptions["sessions"]>({}),
      clock: { now: () => instantOf(0) },
      health: async () => ({ database: false, migration: null }),
      exchange: null,
      webFolder: null,
      logger: false,
    });
    await app.ready();
    const text = openApiText(app);
    await app.close();
    return text;
  },
};

/** Stands where the application would: a server that only describes itself asks it nothing but what is `known`. */
function unasked<T extends object>(known: Partial<T>): T {
  const refuse = (): never => {
    throw new Error("a description asks nothing of the application");
  };
  return new Proxy(known, { get: (_, name) => Reflect.get(known, name) ?? refuse }) as T;
}

function versionOf(root: string): string {
  const read = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };
  return read.version;
}
