import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { consumeUnread, enclose, receiveMessage } from "../../src/app/index.ts";
import type { Deps, EnclosedValue } from "../../src/app/index.ts";
import type { LinkageMessage } from "../../src/core/linkage/index.ts";
import type { RuleBook } from "../../src/main/rules.ts";
import type { NamedInput, Target } from "../../src/app/index.ts";
import { createWorld } from "./world.ts";
import type { World } from "./world.ts";
import { loadRuleBook } from "./rule-book.ts";
import { NOTHING_PLANTED } from "./plants.ts";
import { createStory } from "./story.ts";
import type { Story } from "./story.ts";

let rules: RuleBook;
beforeAll(async () => {
  rules = await loadRuleBook();
});

let world: World;
let story: Story;
beforeEach(() => {
  // The wires are cut: what is carried here is carried by hand.
  world = createWorld({ seed: 1, rules, plant: NOTHING_PLANTED });
  world.network.cut(true);
  story = createStory(world);
});

const HOTLINE = 0;
const POLICE = 1;

function nodeAt(n: number): World["nodes"][number] {
  const node = world.nodes[n];
  if (node === undefined) throw new Error(`no node ${n}`);
  return node;
}

function depsAt(n: number): Deps {
  const deps = nodeAt(n).running()?.deps;
  if (deps === undefined) throw new Error("not running");
  return deps;
}

async function tell(n: number, target: Target, input: NamedInput): Promise<string | null> {
  return story.tell(nodeAt(n), { target, input }, null);
}

function messages(): readonly LinkageMessage[] {
  return world.witness.sent();
}

function said(type: LinkageMessage["body"]["type"], nth = 0): LinkageMessage {
  const found = messages().filter((m) => m.body.type === type)[nth];
  if (found === undefined) throw new Error(`no ${type} was said`);
  return found;
}

async function carry(message: LinkageMessage): Promise<string> {
  const from = message.sender === nodeAt(HOTLINE).code ? HOTLINE : POLICE;
  const enclosure: readonly EnclosedValue[] = await enclose(depsAt(from), message);
  return (await receiveMessage(depsAt(from === HOTLINE ? POLICE : HOTLINE), message, enclosure)).status;
}

/** A desk registers a request. */
async function registered(n: number): Promise<Target> {
  await tell(n, { kind: "new" }, { name: "register", body: { fields: { text: world.canaries.text("text") } } });
  const [caseId] = world.witness.mirror(nodeAt(n).code).cases();
  const no = caseId === undefined ? undefined : world.witness.mirror(nodeAt(n).code).file(caseId)?.case?.requestNo;
  if (no === undefined) throw new Error("not registered");
  return { kind: "request", no };
}

async function entry(n: number, request: Target): Promise<void> {
  const body = { manner: "byPhone", entry: world.canaries.text("entry") } as const;
  expect(await tell(n, request, { name: "recordInitialResponse", body })).toBe("ok");
}

async function inboxOf(message: LinkageMessage): Promise<string | undefined> {
  const node = world.nodes.find((n) => n.code === message.receiver);
  return (await node?.stores.inbox.find(message.id))?.status;
}

describe("what the simulation found, each as the shortest story (linkage table, 2 and 10)", () => {
  test("an entry that travels with a second offer is found again, not written twice: the offer is folded", async () => {
    const request = await registered(POLICE);
    await entry(POLICE, request);
    expect(await tell(POLICE, request, { name: "handOver", body: {} })).toBe("ok");
    expect(await carry(said("offer"))).toBe("applied");
    const first: Target = { kind: "linkage", id: said("offer").conversation };
    expect(await tell(POLICE, first, { name: "withdraw", body: { reason: "keep" } })).toBe("ok");
    expect(await carry(said("withdrawn"))).toBe("applied");
    expect(await tell(POLICE, request, { name: "handOver", body: {} })).toBe("ok");
    expect(await carry(said("offer", 1))).toBe("applied");
  });

  test("a push that brings our own entry back to us is folded (nmg:2.2.1)", async () => {
    const request = await registered(POLICE);
    await entry(POLICE, request);
    await tell(POLICE, request, { name: "handOver", body: {} });
    await carry(said("offer"));
    expect(await tell(HOTLINE, request, { name: "danger", body: {} })).toBe("ok");
    expect(await carry(said("push"))).toBe("applied");
  });

  test("the other desk reads the entry that came with an offer (nmg:2.2.2)", async () => {
    const request = await registered(POLICE);
    await entry(POLICE, request);
    await tell(POLICE, request, { name: "handOver", body: {} });
    await carry(said("offer"));
    const [file] = world.witness.files(said("offer").caseId).filter((f) => f.case?.self === nodeAt(HOTLINE).code);
    expect(Object.keys(file?.case?.sealed ?? {}).some((f) => f.startsWith("initialResponse."))).toBe(true);
  });
});

describe("a message that waits for its turn never waits for ever (2.2)", () => {
  /** Push 1 is there; 2 and 3 are under way. */
  async function pushedThrice(): Promise<readonly [LinkageMessage, LinkageMessage, LinkageMessage]> {
    const request = await registered(HOTLINE);
    for (let n = 0; n < 3; n++) await tell(HOTLINE, request, { name: "danger", body: {} });
    return [said("push", 0), said("push", 1), said("push", 2)];
  }

  test("when it comes while the one before it is being folded", async () => {
    const [one, two, three] = await pushedThrice();
    // Every way in which three at once can interleave within a few turns: all of them end applied.
    await Promise.all([carry(three), carry(two), carry(one)]);
    for (const message of [one, two, three]) expect(await inboxOf(message)).toBe("applied");
  });

  test.each([2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 20])(
    "when the process dies %i calls after the one before it was begun, and that one comes again",
    async (calls) => {
      const [one, two, three] = await pushedThrice();
      expect(await carry(three)).toBe("waiting");
      expect(await carry(two)).toBe("waiting");
      nodeAt(POLICE).running()?.process.dieIn(calls);
      void carry(one);
      await world.drain();
      nodeAt(POLICE).running()?.process.kill();
      nodeAt(POLICE).start();
      await carry(one);
      await nodeAt(POLICE).runInbox();
      for (const message of [one, two, three]) expect(await inboxOf(message)).toBe("applied");
    },
  );

  test("when the one before it is of a type that this program does not know", async () => {
    const [one, two, three] = await pushedThrice();
    await carry(one);
    expect(await carry(three)).toBe("waiting");
    const envelope = { ...two, body: { type: "future" } };
    expect((await consumeUnread(depsAt(POLICE), { envelope, code: "UNKNOWN_TYPE" })).status).toBe("noted");
    await nodeAt(POLICE).runInbox();
    expect(await inboxOf(three)).toBe("applied");
  });
});
