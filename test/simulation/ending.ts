import { dangerNotTakenOver, isTellingOpen } from "../../src/core/file/index.ts";
import type { CaseFile } from "../../src/core/file/index.ts";
import { callbacksNow, missingFacts } from "../../src/core/case/index.ts";
import { isPushed } from "../../src/core/linkage/index.ts";
import type { Linkage, LinkageState } from "../../src/core/linkage/index.ts";
import type { CaseId } from "../../src/kernel/index.ts";
import type { StoredFile } from "../../src/app/index.ts";
import { canonicalJson } from "../../src/storage/index.ts";
import type { Wish } from "./desk.ts";
import { findCanary } from "./canary.ts";
import { CALM } from "./network.ts";
import type { SimNode } from "./node.ts";
import { holdsOrdinary, isOpen, pairInWords, pairsOf, unrest } from "./responsible.ts";
import { unsharedAtRest, untoldAtRest } from "./untold.ts";
import type { Story } from "./story.ts";
import type { World } from "./world.ts";

const HOUR = 3_600_000;

/** Both processes run and the wires are good; then waits until nothing is under way. */
export async function settle(world: World): Promise<void> {
  const { network, nodes, witness } = world;
  network.cut(false);
  network.setWeather(CALM);
  for (const node of nodes) node.setSeat(true);
  let quiet = 0;
  for (let round = 0; quiet < 2; round++) {
    if (round > 300) {
      witness.broken("convergence", `the nodes never come to rest: ${await backlogOf(world)}`);
      return;
    }
    for (const node of nodes) {
      if (node.running() === null) node.start();
      world.launch(node.runInbox());
    }
    await world.advance(Math.min(6 * HOUR, Math.round(150 * 1.12 ** Math.max(0, round - 25) + 150)));
    quiet = (await isQuiet(world)) ? quiet + 1 : 0;
    if (witness.violations.length > 0) return;
  }
}

async function isQuiet(world: World): Promise<boolean> {
  if (world.network.underWay() > 0) return false;
  for (const { stores } of world.nodes) {
    if ((await stores.outbox.backlog()).some((lane) => lane.waiting > 0)) return false;
  }
  return true;
}

async function backlogOf({ nodes }: World): Promise<string> {
  const lanes = await Promise.all(nodes.map(({ stores }) => stores.outbox.backlog()));
  return JSON.stringify(lanes.flat());
}

/** What must hold whenever nothing is under way. */
export async function checkRest(world: World): Promise<void> {
  const { witness, nodes } = world;
  for (const caseId of witness.cases()) {
    const odd = unrest(witness.files(caseId), witness.reopened(caseId));
    if (odd !== null) witness.broken("rest", odd);
    const half = halfClosedAtRest(witness.files(caseId));
    if (half !== null) witness.broken("P1", half);
    const untold = untoldAtRest(witness.files(caseId), witness.sent()) ?? unsharedAtRest(witness.files(caseId));
    if (untold !== null) witness.broken("P4", untold);
  }
  for (const message of witness.sent()) {
    const node = nodes.find((n) => n.code === message.receiver);
    const found = (await node?.stores.inbox.find(message.id)) ?? null;
    if (found?.status !== "applied" || node === undefined || !witness.consumed(node.code).has(message.id))
      witness.broken(
        "P1",
        `${message.body.type} ${message.seq} for ${message.receiver} rests as ${found?.status ?? "lost"}`,
      );
  }
  for (const { code, stores } of nodes) {
    const dead = await stores.queries.deadLetters();
    if (dead.length > 0)
      witness.broken("P1", `${code} has dead letters: ${dead.map((d) => `${d.type} ${d.error}`).join()}`);
  }
}

/** A desk that closed a matter has closed it towards the desk it came from, too. */
function halfClosedAtRest(files: readonly CaseFile[]): string | null {
  for (const { case: state, linkages } of files) {
    const open = linkages.find((l) => l.role === "R" && l.state === "toCallBack");
    if (state?.status === "closed" && open !== undefined)
      return `${state.self} closed its copy, and ${open.peer} was never told`;
  }
  return null;
}

const DISPUTED: readonly LinkageState[] = ["offered", "negotiating", "returned"];

/** Decided: the timers at the sender alone lead every open offer on, also with the link cut. */
export async function decide(world: World): Promise<void> {
  const { network, nodes, witness } = world;
  network.cut(world.random.chance(0.5));
  for (let step = 0; step < 24 && witness.violations.length === 0; step++) {
    for (const node of nodes) {
      if (node.running() === null) node.start();
      world.launch(node.runTimers());
    }
    // A backward jump of a clock makes its timers late by as much.
    await world.advance(step < 12 ? HOUR / 2 : 24 * HOUR);
  }
  for (const caseId of witness.cases()) {
    for (const pair of pairsOf(witness.files(caseId))) {
      if (pair.s.part === "ordinary" && DISPUTED.includes(pair.s.state))
        witness.broken("decided", `the timers leave ${pairInWords(pair)}`);
    }
  }
}

/** No dead end: sensible people can bring every request to its end from wherever the story left it. */
export async function finish(world: World, story: Story): Promise<void> {
  const { nodes, witness } = world;
  for (let cycle = 0; cycle < 24 && witness.violations.length === 0; cycle++) {
    let asked = 0;
    for (const node of nodes) {
      for (const caseId of witness.mirror(node.code).cases()) {
        for (let n = 0; n < 6; n++) {
          const file = witness.mirror(node.code).file(caseId);
          const wish = file === null ? null : wayOn(world, node, file);
          if (wish === null || file === null) break;
          asked += 1;
          if ((await answerOf(world, story.tell(node, wish, null))) !== "ok") break;
        }
      }
    }
    if (asked === 0) break;
    await settle(world);
  }
  for (const caseId of witness.cases()) checkEnded(world, caseId);
}

/** What a command was answered once everything that can go on has gone on; null when its process died over it. */
async function answerOf(world: World, told: Promise<string | null>): Promise<string | null> {
  const answers: (string | null)[] = [];
  world.launch(
    (async () => {
      answers.push(await told);
    })(),
  );
  await world.drain();
  return answers[0] ?? null;
}

function checkEnded({ witness }: World, caseId: CaseId): void {
  const files = witness.files(caseId);
  const pairs = pairsOf(files);
  const open = isOpen(files, pairs, witness.reopened(caseId));
  const pushed = pairs.some((p) => isPushed(p.s) && p.s.state !== "ended");
  const telling = files.some((f) => f.linkages.some(isTellingOpen));
  if (!open && !pushed && !telling) return;
  const states = files.map((f) => `${f.case?.self} ${f.case?.status}${holdsOrdinary(f) ? " holds" : ""}`);
  witness.broken("dead end", `${states.join(", ")}; ${pairs.map(pairInWords).join(" ")}`);
}

/** The next sensible step of this desk towards an end; null when it is not this desk's turn. */
function wayOn(world: World, node: SimNode, file: CaseFile): Wish | null {
  for (const linkage of file.linkages) {
    // A part beside the matter is ended only when its orders have been answered.
    if (linkage.kind === "joint" && file.orders.some((o) => o.endedAt === null)) continue;
    const wish =
      linkage.part === "none"
        ? overOf(world, linkage)
        : isPushed(linkage)
          ? endOf(world, linkage)
          : (saidAgain(world, file, linkage) ?? answerTo(world, linkage));
    if (wish !== null) return wish;
  }
  const order = file.orders.find((o) => o.endedAt === null);
  if (order !== undefined)
    return {
      target: { kind: "order", id: order.id },
      input: { name: "reply", body: { resolution: "resolved", reply: world.canaries.text("reply") } },
    };
  return holdsOrdinary(file) ? closing(world, node, file) : null;
}

/** Now and then the person rings the first desk once more while the other one, which has concluded, is about to call back. */
function saidAgain({ random, canaries }: World, { case: state }: CaseFile, linkage: Linkage): Wish | null {
  if (state === null || linkage.role !== "S" || linkage.state !== "concluded" || !random.chance(0.1)) return null;
  const target = { kind: "request", no: state.requestNo } as const;
  return { target, input: { name: "amend", body: { fields: {}, note: canaries.text("note") } } };
}

/** A notice is read, support ended by who asked for it. */
function overOf({ canaries }: World, linkage: Linkage): Wish | null {
  const target = { kind: "linkage", id: linkage.id } as const;
  if (!isTellingOpen(linkage)) return null;
  if (linkage.kind === "notice") return { target, input: { name: "readNotice", body: {} } };
  if (linkage.role === "R")
    return linkage.state === "requested" ? { target, input: { name: "grantSupport", body: {} } } : null;
  return { target, input: { name: "endSupport", body: { result: canaries.text("result") } } };
}

function endOf({ canaries }: World, linkage: Linkage): Wish | null {
  if (linkage.role === "S" || linkage.state !== "active") return null;
  const target = { kind: "linkage", id: linkage.id } as const;
  return linkage.kShown < linkage.k
    ? { target, input: { name: "shown", body: { pushNo: linkage.k } } }
    : linkage.kind === "joint"
      ? { target, input: { name: "endJoint", body: { outcome: "settled", result: canaries.text("result") } } }
      : {
          target,
          input: {
            name: "endDanger",
            body: { outcome: "handled", result: canaries.text("result"), ordersOpen: canaries.text("note") },
          },
        };
}

function answerTo({ random }: World, linkage: Linkage): Wish | null {
  const target = { kind: "linkage", id: linkage.id } as const;
  if (linkage.role === "S")
    return linkage.state === "returned" ? { target, input: { name: "withdraw", body: { reason: "keep" } } } : null;
  const live: readonly LinkageState[] = ["offered", "negotiating", "held", "accepted", "toCallBack"];
  if (!live.includes(linkage.state)) return null;
  // Some would close before they have read; they are refused and read then.
  if (linkage.state === "toCallBack" && random.chance(0.5)) return null;
  if (linkage.additionsRead < linkage.additionsReceived) return { target, input: { name: "readAdditions", body: {} } };
  return linkage.state === "accepted" || linkage.state === "toCallBack"
    ? null
    : { target, input: { name: "acceptOffer", body: {} } };
}

const PASSED_ON: readonly LinkageState[] = ["offered", "negotiating", "held", "bound", "returned", "reopening"];

function closing({ canaries }: World, node: SimNode, file: CaseFile): Wish | null {
  const state = file.case;
  // What is offered to the other desk is its to answer first.
  if (state === null || file.linkages.some((l) => l.role === "S" && PASSED_ON.includes(l.state))) return null;
  const target = { kind: "request", no: state.requestNo } as const;
  const hotline = node.side === "hotline";
  // What was pushed is closed only when the other desk has it on screen: that is its turn.
  if (state.status === "concluded" && dangerNotTakenOver(file.linkages) !== null) return null;
  if (state.status === "concluded")
    return callbacksNow(state).some((c) => c.outcome === "reached")
      ? { target, input: { name: "close", body: {} } }
      : { target, input: { name: "callBack", body: { outcome: "reached", satisfaction: 5, solved: true } } };
  if (missingFacts(state).length > 0)
    return {
      target,
      input: {
        name: "amend",
        body: { fields: { requestKind: "complaint", field: "publicServices", requesterType: "person" } },
      },
    };
  if (state.verdict === null) return { target, input: { name: "judge", body: { item: "A01-05" } } };
  if (state.status === "registered") return { target, input: { name: "accept", body: {} } };
  return {
    target,
    input: {
      name: "conclude",
      body: { resolution: hotline ? "resolved" : "handled", result: canaries.text("result") },
    },
  };
}

function sameFile(stored: StoredFile | null, file: CaseFile | null): boolean {
  if (stored === null || file === null) return false;
  const byId = <T extends { readonly id: string }>(rows: readonly T[]): readonly T[] =>
    rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const plain = ({ case: state, linkages, orders, clocks }: CaseFile): string =>
    canonicalJson(
      JSON.parse(JSON.stringify({ state, linkages: byId(linkages), orders: byId(orders), clocks: byId(clocks) })),
    );
  return plain(stored) === plain(file);
}

/** After the end: what is in the stores is what the witness saw, and nothing of it shows a value. */
export async function checkStores(world: World): Promise<void> {
  const { nodes, witness } = world;
  for (const { code, stores } of nodes) {
    const mirror = witness.mirror(code);
    for (const caseId of mirror.cases()) {
      const stored = await stores.cases.loadFile(caseId);
      const file = mirror.file(caseId);
      const rows = stored === null ? [] : ((await stores.cases.findHistory(stored.case.requestNo, []))?.events ?? []);
      if (rows.length !== mirror.eventCount(caseId)) witness.broken("P1", `${code} lost events of ${caseId}`);
      const clear = findCanary(JSON.stringify(rows));
      if (clear !== null) witness.broken("P5", `${code} holds a value in clear: ${clear}`);
      if (!sameFile(stored, file)) witness.broken("P1", `${code}: the rows of ${caseId} are not what was committed`);
    }
    const shown = await Promise.all([
      stores.queries.alarms(["desk", "supervisor", "operator"]),
      stores.queries.feed("0", 100_000),
      stores.notices.claim(100_000, 1),
    ]);
    const clear = findCanary(JSON.stringify(shown));
    if (clear !== null) witness.broken("P5", `${code} shows a value in clear: ${clear}`);
  }
}
