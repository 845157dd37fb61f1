import type { GivenCommand, NamedInput, Target } from "../../src/app/index.ts";
import type { Actor, Role } from "../../src/core/access/index.ts";
import { allowedCaseVerbs } from "../../src/core/case/index.ts";
import type { CaseFile } from "../../src/core/file/index.ts";
import { fileVersion, linkageView } from "../../src/core/file/index.ts";
import { allowedLinkageCommands } from "../../src/core/linkage/index.ts";
import { allowedOrderCommands } from "../../src/core/order/index.ts";
import type { CommandId, NodeCode, RequestNo, UserId } from "../../src/kernel/index.ts";
import type { RuleBook } from "../../src/main/rules.ts";
import { canonicalJson } from "../../src/storage/index.ts";
import type { Canaries } from "./canary.ts";
import { REGION } from "./rule-book.ts";
import type { Random } from "./random.ts";
import { hashOf } from "./random.ts";
import { holdsOrdinary } from "./responsible.ts";

/** One thing a person could ask now. */
export type Wish = { readonly target: Target; readonly input: NamedInput };

/** What the people of one desk say and type. */
export type Desk = {
  readonly side: "hotline" | "police";
  /** The desks it is linked with. */
  readonly others: readonly NodeCode[];
  readonly rules: RuleBook;
  readonly random: Random;
  readonly canaries: Canaries;
};

const PLACES = ["150102", "150103", "150100", "150102001000", null] as const;

export function supervisor(side: string): Actor {
  return {
    id: `u-${side}-chief` as UserId,
    roles: ["supervisor", "dispatcher", "callTaker"],
    regions: [REGION],
    unit: null,
  };
}

function anyone({ side, random }: Desk): Actor {
  const roles: readonly (readonly Role[])[] = [
    ["callTaker"],
    ["dispatcher"],
    ["supervisor"],
    ["unitClerk"],
    ["operator"],
  ];
  const n = random.int(roles.length);
  return { id: `u-${side}-${n}` as UserId, roles: roles[n] ?? [], regions: [REGION], unit: null };
}

/** A command as the API hands it in; the same wish with the same id is a repeat. */
export function asCommand(desk: Desk, wish: Wish, file: CaseFile | null, id: string): GivenCommand {
  const ifMatch = file !== null && desk.random.chance(0.15) ? fileVersion(file) : null;
  const nobody = desk.random.chance(0.03) && !isDanger(wish.input);
  return {
    actor: nobody ? anyone(desk) : supervisor(desk.side),
    onDuty: true,
    id: id as CommandId,
    digest: String(hashOf(canonicalJson([wish.target, wish.input]))),
    ifMatch,
    target: wish.target,
    input: wish.input,
  };
}

export function isDanger(input: NamedInput): boolean {
  return (
    input.name === "danger" || input.name === "orderDanger" || (input.name === "register" && input.body.danger === true)
  );
}

function itemFor({ rules, side, random }: Desk): string {
  const items = rules.catalogue.items;
  const wanted = random.int(10);
  const fits = items.filter((i) => {
    if (wanted < 4) return i.side === (side === "hotline" ? "police" : "hotline") && i.urgency !== "urgent";
    if (wanted < 7) return i.side === side && i.urgency !== "urgent";
    if (wanted === 7) return i.mode === "policeFirstThenHotline";
    if (wanted === 8) return i.side === "neither";
    return true;
  });
  return random.pick(fits.length > 0 ? fits : items).code;
}

function fields(desk: Desk, complete: boolean) {
  const { random, canaries } = desk;
  const some = (): boolean => complete || random.chance(0.6);
  return {
    ...(some() ? { place: random.pick(PLACES) } : {}),
    ...(some() ? { requestKind: random.pick(["complaint", "nonUrgentHelp", "tipOff", "policeReport"]) } : {}),
    ...(some() ? { field: "publicServices" } : {}),
    ...(some() ? { requesterType: "person" } : {}),
    ...(random.chance(0.1) ? { confidential: true } : {}),
    ...(some() ? { requesterName: canaries.text("name") } : {}),
    ...(some() ? { requesterPhone: canaries.phone() } : {}),
    ...(random.chance(0.3) ? { address: canaries.text("address") } : {}),
    ...(some() ? { text: canaries.text("text") } : {}),
  };
}

/** A new request; one in five is dangerous. */
export function registration(desk: Desk): Wish {
  const danger = desk.random.chance(0.2);
  const item = desk.random.chance(0.7) ? { item: itemFor(desk) } : {};
  return {
    target: { kind: "new" },
    input: {
      name: "register",
      body: { fields: fields(desk, desk.random.chance(0.5)), ...item, ...(danger ? { danger } : {}) },
    },
  };
}

/** A ground each desk may turn a matter away by. */
const GROUND = { hotline: "N00-01", police: "N00-99" } as const;

function onCase(desk: Desk, file: CaseFile, no: RequestNo): readonly Wish[] {
  const { random, canaries, rules, side } = desk;
  const target: Target = { kind: "request", no };
  const wish = (input: NamedInput): Wish => ({ target, input });
  const asked = { item: null, place: null, kind: random.chance(0.5) ? "work" : "police", words: "" } as const;
  const unit = random.pick(rules.unitsFor({ ...asked, limit: 1_000 }));
  const kind = unit.side === "police" ? "police" : "work";
  const all: Readonly<Record<string, () => Wish>> = {
    amend: () => wish({ name: "amend", body: { fields: fields(desk, false), note: canaries.text("note") } }),
    judge: () => wish({ name: "judge", body: { item: itemFor(desk) } }),
    accept: () => wish({ name: "accept", body: {} }),
    guide: () => wish({ name: "guide", body: { reason: GROUND[side], guidance: canaries.text("guidance") } }),
    answer: () => wish({ name: "answer", body: { answer: canaries.text("answer") } }),
    dispatch: () =>
      wish({ name: "dispatch", body: { kind, unit: unit.code, instruction: canaries.text("instruction") } }),
    recordInitialResponse: () =>
      wish({ name: "recordInitialResponse", body: { manner: "byPhone", entry: canaries.text("entry") } }),
    conclude: () =>
      wish({
        name: "conclude",
        body: { resolution: side === "hotline" ? "resolved" : "handled", result: canaries.text("result") },
      }),
    callBack: () =>
      wish({
        name: "callBack",
        body: random.chance(0.5)
          ? { outcome: "reached", satisfaction: 4, solved: true, note: canaries.text("note") }
          : { outcome: "notReached" },
      }),
    rate: () => wish({ name: "rate", body: { satisfaction: random.between(1, 5) } }),
    close: () => wish({ name: "close", body: {} }),
    reopen: () => wish({ name: "reopen", body: { reason: "badCallback", note: canaries.text("note") } }),
  };
  const state = file.case;
  if (state === null) return [];
  const verbs = allowedCaseVerbs(state, holdsOrdinary(file));
  const mine = verbs.flatMap((v) => all[v]?.() ?? []);
  // A person looks for the way on: what leads to an end is tried more often than what talks about it.
  const eager = ["conclude", "close", "callBack", "judge"].flatMap((v) =>
    verbs.some((x) => x === v) ? (all[v]?.() ?? []) : [],
  );
  return [
    ...mine,
    ...eager,
    wish({ name: "handOver", body: {} }),
    wish({ name: "handOver", body: desk.others.length > 1 ? { to: random.pick(desk.others) } : {} }),
    ...tellings(desk).map(wish),
    ...(random.chance(0.25) ? [wish({ name: "danger", body: { note: canaries.text("note") } })] : []),
  ];
}

/** Now and then the other desk is told something, or asked for help; sometimes with nothing said. */
function tellings({ random, canaries, others }: Desk): readonly NamedInput[] {
  const to = others.length > 1 && random.chance(0.7) ? { to: random.pick(others) } : {};
  const where = random.chance(0.5) ? { where: canaries.text("where"), when: canaries.text("when") } : {};
  const said = random.chance(0.9);
  return [
    ...(random.chance(0.3)
      ? [{ name: "askJoint", body: { ...to, ...(said ? { what: canaries.text("what") } : {}) } } as const]
      : []),
    ...(random.chance(0.4)
      ? [{ name: "notify", body: { ...to, text: said ? canaries.text("notice") : "" } } as const]
      : []),
    ...(random.chance(0.4)
      ? [{ name: "askSupport", body: { ...to, ...where, what: said ? canaries.text("what") : " " } } as const]
      : []),
  ];
}

function onLinkages(desk: Desk, file: CaseFile): readonly Wish[] {
  const { random, canaries } = desk;
  const state = file.case;
  if (state === null) return [];
  return file.linkages.flatMap((linkage) => {
    const target: Target = { kind: "linkage", id: linkage.id };
    const wish = (input: NamedInput): Wish => ({ target, input });
    const all: Readonly<Record<string, () => readonly Wish[]>> = {
      negotiate: () => [wish({ name: "negotiate", body: { note: canaries.text("note") } })],
      hold: () => [wish({ name: "hold", body: {} })],
      ruling: () =>
        random.chance(0.3)
          ? [
              wish({
                name: "rule",
                body: {
                  to: random.pick([linkage.self, linkage.peer, ...(random.chance(0.3) ? desk.others : [])]),
                  ground: "consultation",
                  decision: canaries.text("ruling"),
                },
              }),
            ]
          : [],
      withdraw: () => [
        wish({ name: "withdraw", body: { reason: random.pick(["takeBack", "keep"]), note: canaries.text("note") } }),
      ],
      accept: () => [
        wish({ name: "acceptOffer", body: {} }),
        wish({ name: "acceptOffer", body: {} }),
        wish({ name: "readAdditions", body: {} }),
      ],
      return: () => [
        wish({
          name: "return",
          body: {
            reason: "outOfScope",
            basis: canaries.text("basis"),
            proposedOwner: canaries.text("owner"),
            note: canaries.text("note"),
          },
        }),
      ],
      readAdditions: () =>
        linkage.additionsRead < linkage.additionsReceived ? [wish({ name: "readAdditions", body: {} })] : [],
      readNotice: () => [wish({ name: "readNotice", body: {} })],
      grant: () => [wish({ name: "grantSupport", body: { note: canaries.text("answer") } })],
      decline: () => [wish({ name: "declineSupport", body: { reason: canaries.text("answer") } })],
      endSupport: () => [wish({ name: "endSupport", body: { result: canaries.text("result") } })],
      shown: () => [wish({ name: "shown", body: { pushNo: linkage.k } })],
      sign: () => [wish({ name: "sign", body: {} }), wish({ name: "sign", body: { pushNo: linkage.k } })],
      end: () => [
        linkage.kind === "joint"
          ? wish({
              name: "endJoint",
              body: {
                outcome: random.pick(["settled", "notSettled"]),
                result: random.chance(0.9) ? canaries.text("result") : "",
              },
            })
          : wish({
              name: "endDanger",
              body: {
                outcome: random.chance(0.5) ? "handled" : "noDangerFound",
                result: canaries.text("result"),
                // Who ends it while officers are still out says why, or is refused.
                ...(random.chance(0.5) ? { ordersOpen: canaries.text("note") } : {}),
              },
            }),
      ],
    };
    // Who is in a hurry accepts, returns and concludes before he has read what was added.
    const hasty = linkage.role === "R" && linkage.additionsRead < linkage.additionsReceived;
    const allowed = allowedLinkageCommands(linkageView(state, file.linkages), linkage.id);
    return [...allowed, ...(hasty ? ["accept", "return"] : [])].flatMap((c) => all[c]?.() ?? []);
  });
}

function onOrders(desk: Desk, file: CaseFile): readonly Wish[] {
  return file.orders.flatMap((order) => {
    const target: Target = { kind: "order", id: order.id };
    const inputs: Readonly<Record<string, NamedInput>> = {
      acknowledge: { name: "acknowledgeOrder", body: {} },
      arrive: { name: "arrive", body: {} },
      reply: { name: "reply", body: { resolution: "resolved", reply: desk.canaries.text("reply") } },
      recall: { name: "recall", body: { reason: "done" } },
    };
    const wishes = allowedOrderCommands(order).flatMap((c) => {
      const input = inputs[c];
      return input === undefined ? [] : [{ target, input }];
    });
    return desk.random.chance(0.1)
      ? [...wishes, { target, input: { name: "orderDanger", body: { note: desk.canaries.text("note") } } as const }]
      : wishes;
  });
}

/** Everything that makes sense to ask of a request now, at this desk. */
export function sensible(desk: Desk, file: CaseFile): readonly Wish[] {
  const no = file.case?.requestNo;
  return no === undefined ? [] : [...onCase(desk, file, no), ...onLinkages(desk, file), ...onOrders(desk, file)];
}
