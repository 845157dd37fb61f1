import { expect, test } from "vitest";
import type {
  FieldShown,
  LinkageCard,
  OrderCard,
  QueueLine,
  RequestCard,
  RevealedField,
  TimelineLine,
  UnitOrderLine,
  VerdictCard,
} from "../app/present/cards.ts";
import type {
  FieldView,
  LinkageView,
  OrderView,
  QueueRow,
  RequestView,
  Revealed,
  TimelineEntry,
  UnitOrderRow,
} from "./contract/index.ts";
import type { DeepReadonly } from "./deep-readonly.ts";

/** `true` when a card fits its schema and says nothing the schema does not name; otherwise the lines below do not compile. */
type Agrees<Card, View> = [Card] extends [DeepReadonly<View>]
  ? [Exclude<keyof Card, keyof View>] extends [never]
    ? true
    : false
  : false;

test("what the use cases show is what the contract describes, field by field (nmg:2.3.2)", () => {
  const agree = {
    field: true satisfies Agrees<FieldShown, FieldView>,
    verdict: true satisfies Agrees<VerdictCard, NonNullable<RequestView["verdict"]>>,
    order: true satisfies Agrees<OrderCard, OrderView>,
    linkage: true satisfies Agrees<LinkageCard, LinkageView>,
    request: true satisfies Agrees<RequestCard, RequestView>,
    callback: true satisfies Agrees<RequestCard["callbacks"][number], RequestView["callbacks"][number]>,
    conclusion: true satisfies Agrees<NonNullable<RequestCard["conclusion"]>, NonNullable<RequestView["conclusion"]>>,
    queue: true satisfies Agrees<QueueLine, QueueRow>,
    unitOrder: true satisfies Agrees<UnitOrderLine, UnitOrderRow>,
    timeline: true satisfies Agrees<TimelineLine, TimelineEntry>,
    revealed: true satisfies Agrees<RevealedField, Revealed>,
  };
  expect(Object.values(agree).every((fits) => fits)).toBe(true);
  const planted: Agrees<QueueLine & { readonly phone: string }, QueueRow> = false;
  const missing: Agrees<Omit<QueueLine, "summary">, QueueRow> = false;
  expect([planted, missing]).toEqual([false, false]);
});
