import { parse } from "yaml";
import { expect, test } from "vitest";
import { parseConfig } from "../../src/main/config/load.ts";
import { exampleConfig } from "./configuration.ts";

test("the example of the documentation is a configuration that the program takes", () => {
  const environment = {
    DATABASE_URL: "postgres://app@127.0.0.1/liandong",
    DATABASE_MIGRATOR_URL: "postgres://owner@127.0.0.1/liandong",
    NOTIFY_SECRET: "an example",
    METRICS_TOKEN: "an-example-of-a-token",
  };
  const config = parseConfig(parse(exampleConfig()), environment);
  expect(config).toMatchObject({ ok: true, value: { node: { code: "hotline-150100" } } });
  expect(config.ok && config.value.peers).toHaveLength(1);
});
