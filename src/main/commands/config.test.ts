import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "../config/load.ts";
import { exampleLines } from "./config.ts";

describe("config example", () => {
  it("is a configuration that can be used as it is", () => {
    const read = parseConfig(parse(exampleLines().join("\n")), { DATABASE_URL: "postgres://u:p@127.0.0.1/x" });
    expect(read).toMatchObject({ ok: true });
  });

  it("names every setting with its meaning", () => {
    const text = exampleLines().join("\n");
    for (const key of ["code:", "migratorUrl:", "tlsCert:", "callbackAttempts:", "publicKey:", "secret:"])
      expect(text).toContain(key);
  });
});
