import { parse } from "yaml";
import { expect, test } from "vitest";
import { checkConfig } from "../../src/main/config/load.ts";
import { exampleConfig } from "./configuration.ts";

test("the example of the documentation is a configuration that the program takes", () => {
  const environment = {
    DATABASE_URL: "postgres://app@127.0.0.1/liandong",
    DATABASE_MIGRATOR_URL: "postgres://owner@127.0.0.1/liandong",
  };
  const { config, problems } = checkConfig(parse(exampleConfig()), environment);
  expect(problems).toEqual([]);
  expect(config.node.code).toBe("hotline-150100");
  expect(config.peers).toHaveLength(1);
});
