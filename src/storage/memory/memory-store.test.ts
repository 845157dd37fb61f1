import { instantOf } from "../../kernel/index.ts";
import { storageConformance } from "../conformance.ts";
import { HOME } from "../sample-commits.ts";
import { createMemoryStores } from "./memory-store.ts";

storageConformance("memory", async () => {
  let now = Date.UTC(2026, 10, 22);
  return {
    ...createMemoryStores(HOME, { now: () => instantOf(now) }),
    elapse: async (ms) => {
      now += ms;
    },
    inMs: (ms) => instantOf(now + ms),
    close: async () => {},
  };
});
