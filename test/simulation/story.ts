import type { NamedInput } from "../../src/app/index.ts";
import { giveCommand, readQueue, readRequest, readTimeline } from "../../src/app/index.ts";
import type { CaseFile } from "../../src/core/file/index.ts";
import type { CaseId } from "../../src/kernel/index.ts";
import { showsCanary } from "./canary.ts";
import { asCommand, isDanger, registration, sensible, supervisor } from "./desk.ts";
import { nonsense } from "./nonsense.ts";
import type { Wish } from "./desk.ts";
import type { SimNode } from "./node.ts";
import type { Weather } from "./network.ts";
import { CALM } from "./network.ts";
import type { World } from "./world.ts";

/** What was asked for and how often. */
export type Told = Map<string, number>;

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

type Given = Parameters<typeof giveCommand>[1];

/** A command a person gave; whether it was answered is not known to who crashed. */
type Pending = { readonly node: SimNode; readonly given: Given; answered: boolean };

/** The unruly part of a run. */
export type Story = {
  readonly step: () => Promise<void>;
  readonly told: Told;
  /** Gives one command and checks what is promised about its answer; resolves with the code, or null when the process died. */
  readonly tell: (node: SimNode, wish: Wish, file: CaseFile | null) => Promise<string | null>;
};

export function createStory(world: World): Story {
  const { random, nodes, network, witness } = world;
  const told: Told = new Map();
  const pendings: Pending[] = [];
  const most = random.between(2, 5);
  let commands = 0;

  const count = (what: string): void => {
    told.set(what, (told.get(what) ?? 0) + 1);
  };

  function checkRefusal(given: Given, code: string, node: SimNode): void {
    if (isDanger(given.input) && code !== "IDEMPOTENCY_KEY_REUSED")
      witness.broken("P3", `${node.code} refused ${given.input.name} with ${code}`);
  }

  function checkPushed(node: SimNode, id: string, caseId: CaseId, input: NamedInput): void {
    if (!isDanger(input) || node.side !== "hotline") return;
    const pushed = witness.sent().some((m) => m.cause === id && m.body.type === "push" && m.caseId === caseId);
    if (!pushed) witness.broken("P3", `${input.name} was told as done and nothing was pushed`);
  }

  async function give(pending: Pending): Promise<string | null> {
    const { node, given } = pending;
    const running = node.running();
    if (running === null) return null;
    const done = await giveCommand(running.deps, given);
    pending.answered = true;
    count(`${given.input.name} ${done.ok ? "done" : done.error.code}`);
    if (!done.ok) {
      checkRefusal(given, done.error.code, node);
      return done.error.code;
    }
    witness.acknowledged(node.code, given.id, done.value);
    checkPushed(node, given.id, done.value.caseId, given.input);
    return "ok";
  }

  function tell(node: SimNode, wish: Wish, file: CaseFile | null): Promise<string | null> {
    commands += 1;
    const pending: Pending = {
      node,
      given: asCommand(world.deskOf(node), wish, file, `command-${commands}`),
      answered: false,
    };
    pendings.push(pending);
    const answer = give(pending);
    world.launch(answer);
    // Whoever died answers no more: the caller goes on after the drain.
    return answer;
  }

  function act(): void {
    const node = random.pick(nodes);
    if (node.running() === null) return;
    const known = witness.mirror(node.code).cases();
    if (known.length === 0 || (known.length < most && random.chance(0.15))) {
      void tell(node, registration(world.deskOf(node)), null);
      return;
    }
    const file = witness.mirror(node.code).file(random.pick(known));
    if (file === null) return;
    const desk = world.deskOf(node);
    // Two clerks at once now and then: the second one decided before the first one's change was there.
    for (let clerks = random.chance(0.25) ? 2 : 1; clerks > 0; clerks--) {
      const wishes = sensible(desk, file);
      void tell(node, random.chance(0.1) || wishes.length === 0 ? nonsense(desk, file) : random.pick(wishes), file);
    }
  }

  function again(): void {
    const pending = pendings.length === 0 ? null : random.pick(pendings.slice(-8));
    if (pending !== null && pending.node.running() !== null) world.launch(give(pending));
  }

  async function look(): Promise<void> {
    const node = random.pick(nodes);
    const running = node.running();
    const known = witness.mirror(node.code).cases();
    if (running === null || known.length === 0) return;
    const file = witness.mirror(node.code).file(random.pick(known));
    const no = file?.case?.requestNo;
    if (no === undefined) return;
    const before = node.stores.reads.length;
    const reader = supervisor(node.side);
    const { deps } = running;
    const page = {
      view: "all",
      status: null,
      item: null,
      place: null,
      unit: null,
      phoneIndex: null,
      regions: null,
    } as const;
    const kind = random.int(3);
    const shown =
      kind === 0
        ? await readRequest(deps, reader, no)
        : kind === 1
          ? await readTimeline(deps, reader, no, () => null)
          : await readQueue(deps, reader, { ...page, cursor: null, limit: 20 });
    const rows = node.stores.reads.slice(before).filter((r) => r.reader.kind === "user" && r.reader.id === reader.id);
    if (showsCanary(JSON.stringify(shown)) && rows.length === 0)
      witness.broken(
        "P5",
        `${node.code} showed a value and wrote no row in the read log: ${kind} ${JSON.stringify(shown).replace(/.*(.{60}(?:鸣鸟|139\d{8}).{40}).*/s, "$1")}`,
      );
  }

  function trouble(): void {
    const node = random.pick(nodes);
    switch (random.int(7)) {
      case 0:
        node.running()?.process.kill();
        count("killed");
        return;
      case 1:
      case 2:
        node.running()?.process.dieIn(random.between(1, 40));
        return;
      case 3:
        node.jump(random.pick([-1, 1]) * random.pick([2 * SECOND, 90 * SECOND, HOUR, 26 * HOUR]));
        count("clock jumped");
        return;
      case 4:
        network.cut(!network.isCut());
        count("cut or mended");
        return;
      case 5:
        network.setWeather(weather());
        return;
      default:
        node.setSeat(random.chance(0.6));
    }
  }

  function weather(): Weather {
    if (random.chance(0.3)) return CALM;
    const bad = random.next() * 0.4;
    return {
      lost: bad * random.next(),
      answerLost: bad * random.next(),
      doubled: bad,
      late: bad * 0.5,
      latencyMs: random.pick([30, 400, 2_500]),
      latestMs: random.pick([20 * SECOND, HOUR, 72 * HOUR]),
    };
  }

  function pause(): number {
    const kind = random.int(20);
    if (kind < 12) return random.between(5, 1_500);
    if (kind < 17) return random.between(1_500, 30 * SECOND);
    return kind < 19 ? random.between(SECOND, HOUR) : random.between(HOUR, 30 * HOUR);
  }

  network.setWeather(weather());
  return {
    told,
    tell,
    step: async () => {
      for (const node of nodes) if (node.running() === null && random.chance(0.35)) node.start();
      if (random.chance(0.08)) trouble();
      for (let acts = random.pick([0, 1, 1, 1, 2]); acts > 0; acts--) act();
      if (random.chance(0.06)) again();
      for (const node of nodes) {
        if (random.chance(0.5)) world.launch(node.runTimers());
        if (random.chance(0.4)) world.launch(node.runInbox());
      }
      await world.advance(pause());
      if (random.chance(0.1)) world.launch(look());
      await world.drain();
    },
  };
}
