import { expect, test } from "vitest";
import { err, ok } from "../../kernel/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import type { PeerConfig } from "../config/load.ts";
import { createRegistry, KINDS_TAKEN } from "./peer-registry.ts";

const POLICE = "police-159999" as NodeCode;
const configured: readonly PeerConfig[] = [
  { code: POLICE, side: "police", regions: [], url: "http://127.0.0.1:9/", dutyPhone: "000", publicKey: "" },
];

test("what a peer takes follows from the versions it last named; before that nobody knows (nmg:2.3.2, REQ-53)", () => {
  const registry = createRegistry(configured);
  expect(registry.kinds(POLICE)).toBeNull();
  registry.learn(POLICE, err("EXCHANGE_LINK_DOWN"));
  expect(registry.kinds(POLICE)).toBeNull();
  registry.learn(POLICE, ok({ protocols: { min: 1, max: 5 } }));
  expect(registry.kinds(POLICE)).toEqual(["clear", "afterInitialResponse", "urgent"]);
  // Renewed while this node runs.
  registry.learn(POLICE, ok({ protocols: { min: 1, max: 6 } }));
  expect(registry.kinds(POLICE)).toEqual(["clear", "afterInitialResponse", "urgent", "notice", "support"]);
  registry.learn(POLICE, ok({ protocols: { min: 1, max: 7 } }));
  expect(registry.kinds(POLICE)).toEqual(KINDS_TAKEN);
  registry.learn(POLICE, err("EXCHANGE_LINK_DOWN"));
  expect(registry.kinds(POLICE)).toEqual(KINDS_TAKEN);
});
