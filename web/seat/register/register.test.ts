import { describe, expect, test } from "vitest";
import { salvage } from "../alarm/salvage.ts";
import { draftWords, EMPTY_DRAFT, isEmptyDraft, parseSaved, saysNothing } from "./draft.ts";
import { isBeginning, isPhone, oddDigits, toFields, toRegistration } from "./to-fields.ts";

describe("what a call taker typed, as the contract takes it", () => {
  test("an empty form is a registration: nothing is mandatory (nmg:2.2.1)", () => {
    expect(toRegistration(EMPTY_DRAFT)).toEqual({ fields: { channel: "phone" } });
  });

  test("blanks are left out, not sent as empty texts", () => {
    expect(toFields({ ...EMPTY_DRAFT, name: "  ", address: " 东库街 " })).toEqual({
      channel: "phone",
      address: "东库街",
    });
  });

  test("a number that is no number stands beside the other contact", () => {
    const fields = toFields({ ...EMPTY_DRAFT, phone: "138 不清楚", contact: "邻居 某" });
    expect(fields).toEqual({ channel: "phone", requesterContact: "邻居 某 138 不清楚" });
    expect([isPhone(""), isPhone("0471-000-0001"), isPhone("+86 138"), isPhone("一三八")]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test("a form by which nobody could act or ask back says nothing; a word, a number, a name, a place or an item is something", () => {
    const alone = { ...EMPTY_DRAFT, requestKind: "complaint", channel: "web", confidential: true, text: " \n" };
    expect(saysNothing(alone)).toBe(true);
    const said = [
      { text: "响" },
      { phone: "1" },
      { name: "某" },
      { contact: "x" },
      { address: "街" },
      { place: "150102" },
      { item: "A01-05" },
    ];
    expect(said.filter((one) => saysNothing({ ...alone, ...one }))).toEqual([]);
  });

  test("a number that looks like none of this country is said to have so many digits, and is no less stored", () => {
    const usual = [
      "",
      "13800001001",
      "138 0000 1001",
      "+86 13800001001",
      "0471-0000001",
      "0471 6000 001",
      "12345",
      "110",
      "4001234567",
      "6543210",
      "+1 202 555 0100",
      "一三八",
    ];
    expect(usual.filter((phone) => oddDigits(phone) !== null)).toEqual([]);
    expect(["1380000100", "138000010011", "12800001001", "131313", "+86 1380000"].map(oddDigits)).toEqual([
      10, 12, 11, 6, 9,
    ]);
    expect(toFields({ ...EMPTY_DRAFT, phone: "1380000100" }).requesterPhone).toBe("1380000100");
  });

  test("a number that is begun is not yet said to be none", () => {
    expect(["", "1", "13", "+8", "1三", "138不清楚"].map(isBeginning)).toEqual([true, true, true, true, false, false]);
  });

  test("a push that was refused for a field goes out with every word as text", () => {
    const body = toRegistration({ ...EMPTY_DRAFT, phone: "13800000000", text: "有刀", place: "150102" });
    expect(salvage(body)).toEqual({
      fields: { channel: "phone", text: "phone\n150102\n13800000000\n有刀" },
      danger: true,
    });
  });
});

describe("a draft that was left behind", () => {
  test("is read with what this version knows of it", () => {
    const stored = { draft: { text: "灯", item: null, gone: "x", confidential: true, name: 3 } };
    expect(parseSaved(stored)).toEqual({
      draft: { ...EMPTY_DRAFT, text: "灯", confidential: true },
      sent: null,
      made: null,
    });
  });

  test("knows what was sent without an answer", () => {
    const sent = { body: { fields: { text: "灯" } }, key: "k1" };
    expect(parseSaved({ draft: { text: "灯，三天了" }, sent })?.sent).toEqual(sent);
    expect(parseSaved({ draft: {}, sent: { key: 3, body: {} } })?.sent).toBeNull();
  });

  test("knows the request it has become, so that it is never registered again", () => {
    const made = { no: "1501002611220000017", body: { fields: { text: "灯" } } };
    expect(parseSaved({ draft: { text: "灯，三天了" }, made })?.made).toEqual(made);
    expect(parseSaved({ draft: {}, made: { no: "17", body: {} } })?.made).toBeNull();
  });

  test("that cannot be read is not offered", () => {
    expect([parseSaved(null), parseSaved("{"), parseSaved(3), parseSaved({ draft: "x" })]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test("is known again by the first words that stand in it", () => {
    expect([draftWords({ ...EMPTY_DRAFT, phone: "138", text: " 灯不亮 " }), draftWords(EMPTY_DRAFT)]).toEqual([
      "灯不亮",
      "",
    ]);
  });

  test("with nothing but the channel in it is no draft", () => {
    expect([
      isEmptyDraft({ ...EMPTY_DRAFT, channel: "web" }),
      isEmptyDraft({ ...EMPTY_DRAFT, name: "诉求人甲" }),
    ]).toEqual([true, false]);
  });
});
