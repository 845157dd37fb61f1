import {
  AlarmList,
  DeadLetterList,
  DutyBoard,
  ItemList,
  LinkList,
  Meta,
  OwnPushList,
  QueueCounts,
  QueuePage,
  RequestView,
  SessionView,
  Timeline,
  UnitList,
  UnitOrderPage,
} from "../../../src/http/contract/index.ts";
import { explanationAnswer } from "./advice.ts";
import { ITEMS, UNITS } from "./catalogue.ts";
import { alarmsNow } from "./alarms.ts";
import { agreementBoard, versionChanges } from "./agreement.ts";
import { checked } from "./refused.ts";
import { peerFigures, standing } from "./standing.ts";
import { metaView, queueRow, requestView, unitOrderRow, viewsOf } from "./views.ts";
import { DUTY_PHONE, instant, other } from "./world.ts";
import type { Copy, Node, Session, World } from "./world.ts";

const byTime = (a: Copy, b: Copy) => (a.first.registeredAt < b.first.registeredAt ? 1 : -1);

function queue(world: World, at: Node, query: URLSearchParams): unknown {
  const limit = Number(query.get("limit") ?? "50");
  const from = Number(query.get("cursor") ?? "0");
  const all = [...at.copies.values()].filter((copy) => viewsOf(copy).includes(query.get("view") ?? "all")).sort(byTime);
  const rows = all.slice(from, from + limit).map((copy) => queueRow(world, at, copy));
  return checked(QueuePage, { rows, next: from + limit < all.length ? String(from + limit) : null }, 500);
}

/** Earlier requests of a number, as the node finds them by their index. */
export function foundByPhone(world: World, at: Node, phone: string): unknown {
  const digits = (text: string | undefined) => text?.replaceAll(/\D/g, "");
  const found = [...at.copies.values()].filter(
    ({ texts, facts }) => digits(texts["requester.phone"]) === digits(phone) && !facts.confidential,
  );
  return checked(QueuePage, { rows: found.sort(byTime).map((copy) => queueRow(world, at, copy)), next: null }, 500);
}

function counts(at: Node): unknown {
  const views = ["mine", "incoming", "returned", "theirs", "danger", "closed", "all"];
  const count = (view: string) => [...at.copies.values()].filter((copy) => viewsOf(copy).includes(view)).length;
  return checked(QueueCounts, Object.fromEntries(views.map((view) => [view, count(view)])), 500);
}

function units(at: Node, item: string | null, q: string): unknown {
  const kind = ITEMS.find((one) => one.code === item)?.unitKind;
  const found = UNITS.filter(
    ({ side, nameZh, nameEn, code }) => side === at.side && `${nameZh} ${nameEn} ${code}`.includes(q),
  );
  const rows = found
    .map((unit) => ({ ...unit, suggested: unit.unitKind === kind }))
    .toSorted((a, b) => Number(b.suggested) - Number(a.suggested));
  return checked(UnitList, { rows }, 500);
}

/** Whom to ring: one unit whose night is open, one that was never verified, the others as they should be. */
function duty(q: string): unknown {
  const found = UNITS.filter(({ nameZh, code }) => q.split(" ").every((word) => `${nameZh} ${code}`.includes(word)));
  const rows = found.map(({ code, nameZh, nameEn, side, dutyPhone }, n) => ({
    code,
    nameZh,
    nameEn,
    side,
    kind: { nameZh: "值守单位", nameEn: "unit on duty" },
    area: "呼和浩特市",
    dutyPhone,
    verifiedOn: n === 1 ? null : n === 2 ? "2026-01-05" : "2026-11-20",
    stale: n === 1 || n === 2,
    invented: true,
    rostered: n !== 2,
    now: n < 2 ? [{ functionZh: "值班员", functionEn: "duty officer", phone: `${dutyPhone}` }] : [],
    gap: n === 1 ? { from: "2026-11-24T12:00:00.000Z", to: "2026-11-25T00:00:00.000Z" } : null,
    next:
      n === 4
        ? []
        : [
            { unit: null, functionZh: "值班领导", phone: "0471-000-0090", afterMinutes: 5 },
            {
              unit: { nameZh: "市人民政府24小时值班室", nameEn: "Local government duty desk" },
              functionZh: null,
              phone: "0471-000-0001",
              afterMinutes: 5,
            },
          ],
  }));
  return checked(DutyBoard, { at: new Date().toISOString(), rows, more: 0 }, 500);
}

function orders(at: Node, unit: string | null, open: boolean): unknown {
  const rows = [...at.copies.values()]
    .flatMap((copy) => copy.orders.map((order) => ({ copy, order })))
    .filter(({ order }) => order.unit === unit && (!open || order.endedAt === null))
    .sort((a, b) => (a.order.dispatchedAt < b.order.dispatchedAt ? 1 : -1))
    .map(({ copy, order }) => unitOrderRow(copy, order));
  return checked(UnitOrderPage, { rows, next: null }, 500);
}

/** Dangers of this desk that this person pushed and nobody over there has signed. */
function ownPushes(at: Node, session: Session | null): unknown {
  const rows = [...at.copies.values()].flatMap(({ no, linkages, timeline }) => {
    const unsigned = linkages.filter((one) => one.kind === "urgent" && one.role === "S" && one.state !== "ended");
    const waiting = unsigned.filter((one) => one.signedAt === null).map((one) => one.id);
    const mine = timeline.filter(
      ({ streamId, type, by }) =>
        waiting.includes(streamId) && type.startsWith("command.") && by.id === session?.user.displayName,
    );
    return mine.slice(-1).map(({ at: pushedAt }) => ({ requestNo: no, at: pushedAt }));
  });
  return checked(OwnPushList, { rows: rows.sort((a, b) => (a.at < b.at ? 1 : -1)) }, 500);
}

function links(world: World, at: Node): unknown {
  const peer = other(world, at);
  const row = {
    peer: peer.code,
    up: world.linkUp,
    since: instant(3_600_000),
    lastReceiptAt: instant(world.linkUp ? 4_000 : 95_000),
    backlogUrgent: world.linkUp ? 0 : 1,
    backlogOrdinary: world.linkUp ? 0 : 6,
    dead: at.dead.length,
    dutyPhone: DUTY_PHONE[peer.side],
  };
  return checked(LinkList, { rows: [row] }, 500);
}

function deadLetters(world: World, at: Node): unknown {
  const rows = at.dead.map((one) => ({
    ...one,
    direction: "out",
    peer: other(world, at).code,
    lane: "ordinary",
    conversation: one.messageId,
    type: "progress",
    requestNo: null,
    error: "HTTP 502",
    attempts: 12,
  }));
  return checked(DeadLetterList, { rows }, 500);
}

function ofRequest(world: World, at: Node, session: Session | null, path: string): unknown {
  const [, no = "", rest] = /^\/requests\/(\d{19})(\/timeline)?$/.exec(path) ?? [];
  const copy = at.copies.get(no);
  if (copy === undefined) throw new Error(`no request ${path}`);
  return rest === undefined
    ? checked(RequestView, requestView(world, at, copy, session?.user.roles), 500)
    : checked(Timeline, { rows: copy.timeline }, 500);
}

/** Every GET of the contract, from the invented world, each answer held against its schema. */
export function readAnswer(
  world: World,
  at: Node,
  session: Session | null,
  path: string,
  query: URLSearchParams,
): unknown {
  switch (path) {
    case "/meta":
      return checked(Meta, metaView(world, at), 500);
    case "/session":
      return checked(SessionView, session, 500);
    case "/requests":
      return queue(world, at, query);
    case "/requests/counts":
      return counts(at);
    case "/catalogue/items": {
      const q = query.get("q") ?? "";
      return checked(
        ItemList,
        { rows: ITEMS.filter((item) => `${item.code}${item.nameZh}${item.nameEn}`.includes(q)) },
        500,
      );
    }
    case "/catalogue/explanation":
      return explanationAnswer(at, query);
    case "/units":
      return units(at, query.get("item"), query.get("q") ?? "");
    case "/duty":
      return duty(query.get("q") ?? "");
    case "/orders":
      return orders(at, session?.user.unit ?? null, query.get("open") === "true");
    case "/catalogue/agreement":
      return agreementBoard(world, at, session);
    case "/catalogue/agreement/changes":
      return versionChanges(session, query.get("version") ?? "");
    case "/alarms":
      return checked(AlarmList, { rows: alarmsNow(world, at) }, 500);
    case "/pushes":
      return ownPushes(at, session);
    case "/links":
      return links(world, at);
    case "/standing":
      return standing(world, at, session, query);
    case "/links/figures":
      return peerFigures(world, at, session);
    case "/dead-letters":
      return deadLetters(world, at);
    default:
      return ofRequest(world, at, session, path);
  }
}
