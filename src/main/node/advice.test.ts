import type { LightMyRequestResponse } from "fastify";
import { Check, Errors } from "typebox/value";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Advice, ExplanationAnswer } from "../../http/contract/index.ts";
import { aNode, WORKS } from "./a-node.test-data.ts";
import type { TestNode } from "./a-node.test-data.ts";

type Node = TestNode;

describe("the deciding questions in use (nmg:a, REQ-94, REQ-08)", () => {
  type Seat = Awaited<ReturnType<Node["seat"]>>;
  type Group = { group: string; question: { code: string; askZh: string } | null; outcome: { item: { code: string } } };
  const body = async (answer: Promise<LightMyRequestResponse>) => (await answer).json();
  const yes = [{ question: "G01-1", answer: "yes", how: "asked" }];
  let taker: Seat;
  let node: Node;

  beforeAll(async () => {
    node = await aNode();
    taker = await node.seat({ login: "taker", roles: ["callTaker", "dispatcher"], unit: null });
  });
  afterAll(() => node.server.close());

  test("an item that stands in several parts is asked about, and the answers lead to the item with its reason", async () => {
    const first = await body(taker.give("/catalogue/advice", { item: "A01-10" }));
    expect(first).toMatchObject({
      about: { item: { code: "A01-10" }, why: { clause: "nmg:a1.1" } },
      groups: [
        { group: "G01", question: { code: "G01-1", askZh: expect.stringContaining("警示标志") }, outcome: null },
      ],
    });
    const then = await body(taker.give("/catalogue/advice", { item: "A01-10", answers: yes }));
    for (const advice of [first, then]) expect(Errors(Advice, advice)).toEqual([]);
    expect(then.groups).toMatchObject([
      {
        question: null,
        outcome: { item: { code: "D06-01" }, why: { sentenceZh: expect.stringContaining("110先到") } },
      },
    ]);
  });

  test("without an item the words are asked about, and words that sound like nothing ask nothing", async () => {
    const found: { about: Group["outcome"]; groups: Group[] } = await body(
      taker.give("/catalogue/advice", { words: "井盖" }),
    );
    expect([found.about.item.code, found.groups[0]?.group]).toEqual(["A01-10", "G01"]);
    expect(await body(taker.give("/catalogue/advice", { words: "你好" }))).toMatchObject({ about: null, groups: [] });
    expect(await body(taker.give("/catalogue/advice", {}))).toMatchObject({ about: null, groups: [] });
  });

  test("answers are kept with the verdict of a registration and of a judgement, by the version judged by", async () => {
    const made = await body(taker.give("/requests", { fields: { channel: "phone" }, item: "D06-01", answers: yes }));
    const asked = [
      {
        group: "G01",
        answers: [{ ...yes[0], askZh: expect.stringContaining("井盖"), askEn: expect.stringContaining("police") }],
        outcome: "D06-01",
        outcomeName: "井盖缺失",
        outcomeNameEn: expect.any(String),
      },
    ];
    expect(made.view.verdict).toMatchObject({
      item: "D06-01",
      catalogueVersion: expect.stringContaining("nmg"),
      asked,
    });
    const no = [{ question: "G01-1", answer: "unknown", how: "asked" }];
    const judged = await body(taker.give(`/requests/${made.requestNo}/judge`, { item: "A01-10", answers: no }));
    expect(judged.view.verdict.asked).toMatchObject([{ outcome: "negotiate", answers: [{ answer: "unknown" }] }]);
    const { rows }: { rows: { type: string; details: { verdict?: { asked?: unknown } } }[] } = await body(
      taker.read(`/requests/${made.requestNo}/timeline`),
    );
    const events = rows.filter(({ type }) => type === "CaseJudged").map(({ details }) => details.verdict?.asked);
    expect(events).toEqual([
      [{ group: "G01", answers: yes, outcome: "D06-01" }],
      [{ group: "G01", answers: no, outcome: "negotiate" }],
    ]);
  });

  test("an answer to a question nobody knows is left out and refuses nothing; one that is no code is refused by name", async () => {
    const made = await body(
      taker.give("/requests", {
        fields: { channel: "phone", text: "井盖" },
        item: "A01-10",
        answers: [{ question: "G77-1", answer: "yes", how: "asked" }],
      }),
    );
    expect(made.view.verdict.asked).toBeUndefined();
    const wrong = [{ question: "张三说了", answer: "yes", how: "asked" }];
    const refused = await taker.give("/requests", { fields: {}, item: "A01-10", answers: wrong });
    expect([refused.statusCode, refused.json().code]).toEqual([400, "SCHEMA_INVALID"]);
  });

  test("a danger goes out whatever its answers look like, and nothing said is lost (P3, P4, nmg:a3)", async () => {
    const answers = [{ question: "看见有人往井里跳", answer: 7 }];
    const pushed = await taker.give("/requests", {
      fields: { channel: "phone" },
      item: "D06-01",
      answers,
      danger: true,
    });
    expect([pushed.statusCode, pushed.json().corrected]).toEqual([201, ["answers"]]);
    expect(pushed.json().view).toMatchObject({
      danger: true,
      fields: { text: { value: expect.stringContaining("往井里跳") } },
    });
  });
});

function explanationIn(answer: unknown): object | null {
  if (!Check(ExplanationAnswer, answer)) throw new Error(JSON.stringify(answer));
  return answer.explanation;
}

describe("why something is so, for every account (P6, REQ-08)", () => {
  test("a refusal by a number that nobody has agreed is explained as the proposal it is, not as the plan's word (nmg:2.2.5)", async () => {
    const node = await aNode();
    const clerk = await node.seat({ login: "clerk", roles: ["unitClerk"], unit: WORKS });
    const why = async (query: string) => explanationIn((await clerk.read(`/catalogue/explanation?${query}`)).json());
    const window = await why("kind=policy&code=handOverAnswerMinutes");
    expect(window).toMatchObject({ basis: "default", sentenceZh: expect.stringContaining("30分钟") });
    expect(await why("kind=refusal&code=RETURN_LAPSED")).toEqual(window);
    expect(await why("kind=refusal&code=CLOCK_AWAITED_ENOUGH")).toMatchObject({ basis: "default" });
    expect(await why("kind=refusal&code=NO_INITIAL_RESPONSE")).toMatchObject({ basis: "plan" });
  });

  test("a verdict, a hand-over, a return, a limit, a refusal and a clause are explained; what is unknown is not made up", async () => {
    const node = await aNode();
    const clerk = await node.seat({ login: "clerk", roles: ["unitClerk"], unit: WORKS });
    const why = async (query: string) => explanationIn((await clerk.read(`/catalogue/explanation?${query}`)).json());
    for (const query of [
      "kind=verdict&code=A01-05",
      "kind=transfer&code=clear&to=police&item=B01-01",
      "kind=return&code=outOfScope",
      "kind=guidance&code=N00-01",
      "kind=deadline&code=reply-general",
      "kind=refusal&code=NO_INITIAL_RESPONSE",
      "kind=refusal&code=NOT_CALLED_BACK",
      "kind=clause&code=nmg:2.2.1",
    ])
      expect(await why(query)).toMatchObject({
        version: "nmg-2022-89@4",
        sourceText: expect.stringMatching(/.{8}/),
        documentZh: expect.stringContaining("实施方案"),
        sentenceZh: expect.stringMatching(/^[^{}]{6,}[。？]$/),
        sentenceEn: expect.stringMatching(/^[^{}]{6,}[.?]$/),
      });
    expect(await why("kind=verdict&code=X99-01")).toBeNull();
    expect(await why("kind=refusal&code=INTERNAL")).toBeNull();
    expect(await why("kind=verdict&code=A01-05&version=other@9")).toBeNull();
    expect((await clerk.read("/catalogue/explanation?kind=whim&code=A01-05")).statusCode).toBe(400);
    expect((await clerk.give("/catalogue/advice", { item: "A01-10" })).statusCode).toBe(403);
    await node.server.close();
  });
});

test("110 is offered no item that says only what 12345 does not take; 12345 is (nmg:2.1, REQ-06)", async () => {
  const offered = async (side: "hotline" | "police") => {
    const node = await aNode(side);
    const taker = await node.seat({ login: "taker", roles: ["callTaker"], unit: null });
    const { rows }: { rows: { code: string }[] } = (await taker.read("/catalogue/items?q=N00&limit=5")).json();
    await node.server.close();
    return rows.map(({ code }) => code);
  };
  expect(await offered("police")).toEqual(["N00-99"]);
  expect(await offered("hotline")).toEqual(["N00-01", "N00-02", "N00-03", "N00-04", "N00-05"]);
});
