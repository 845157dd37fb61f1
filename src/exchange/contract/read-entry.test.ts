import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageDigest } from "./digest.ts";
import { readEntry } from "./read-entry.ts";
import { HOTLINE, POLICE, SPECIMEN_ENCLOSURE, specimenBody, specimenMessage } from "./specimen.test-data.ts";

const parties = { sender: HOTLINE, receiver: POLICE };
const read = (message: unknown, enclosure: unknown = []): ReturnType<typeof readEntry> =>
  readEntry({ message, enclosure }, messageDigest(message), parties);

const offer = specimenMessage(1, specimenBody("offer"));
const push = specimenMessage(2, specimenBody("push"));

describe("reading one entry", () => {
  test("fields of a later minor version are tolerated, kept and covered by the digest", () => {
    const later = { ...offer, tomorrow: 1, body: { ...offer.body, alsoNew: { deep: [] } } };
    const reading = read(later, SPECIMEN_ENCLOSURE);
    expect(reading).toMatchObject({ reading: "read", message: later, doubtful: [] });
    expect(reading.reading === "read" && reading.canonical).toContain('"tomorrow":1');
    expect(messageDigest(later)).not.toBe(messageDigest(offer));
  });

  test("an unknown type keeps its place in the conversation and is marked UNKNOWN_TYPE", () => {
    const reading = read({ ...offer, body: { type: "invented", x: 1 } }, [{ any: "thing" }]);
    expect(reading).toMatchObject({
      reading: "unread",
      code: "UNKNOWN_TYPE",
      envelope: { conversation: offer.conversation, seq: 1 },
      enclosure: [{ any: "thing" }],
    });
  });

  test("types that objects inherit are unknown types too", () => {
    expect(read({ ...offer, body: { type: "constructor" } })).toMatchObject({
      reading: "unread",
      code: "UNKNOWN_TYPE",
    });
  });

  test("a body that departs from its schema names the field", () => {
    const body = { ...specimenBody("offer"), brief: { ...specimenBody("offer").brief, place: "15" } };
    expect(read({ ...offer, body })).toMatchObject({
      reading: "unread",
      code: "EXCHANGE_SCHEMA_INVALID",
      path: "/body/brief/place",
    });
    const { regime: _left, ...without } = specimenBody("offer");
    expect(read({ ...offer, body: without })).toMatchObject({ path: "/body/regime" });
  });

  test("a changed message is refused, whatever was changed", () => {
    const listed = messageDigest(offer);
    const changed = { ...offer, seq: 2 };
    expect(readEntry({ message: changed, enclosure: [] }, listed, parties)).toEqual({
      reading: "refused",
      messageId: offer.id,
      digest: listed,
      code: "EXCHANGE_DIGEST_MISMATCH",
      path: "/message",
    });
    expect(readEntry("nothing", listed, parties)).toMatchObject({ code: "EXCHANGE_DIGEST_MISMATCH", messageId: "" });
  });

  test("a message without id, conversation or sequence cannot be placed and is refused by field", () => {
    expect(read({ ...offer, seq: 0 })).toMatchObject({ code: "EXCHANGE_ENTRY_UNREADABLE", path: "/seq" });
    expect(read({ ...offer, conversation: "a b" })).toMatchObject({ path: "/conversation" });
    expect(read(null)).toMatchObject({ reading: "refused", code: "EXCHANGE_ENTRY_UNREADABLE", messageId: "" });
  });

  test("a message between other parties than its batch is refused", () => {
    expect(read({ ...offer, sender: POLICE })).toMatchObject({ code: "EXCHANGE_SENDER_MISMATCH" });
    expect(read({ ...offer, receiver: HOTLINE })).toMatchObject({ code: "EXCHANGE_SENDER_MISMATCH" });
  });

  test("arbitrary JSON never throws and never passes for a message", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (message, enclosure) => {
        const digest = messageDigest(message);
        expect(readEntry({ message, enclosure }, digest, parties).reading).toBe("refused");
      }),
    );
  });
});

describe("enclosures", () => {
  test("values that match their commitment are handed on, others are kept apart with a mark", () => {
    const [content, phone] = SPECIMEN_ENCLOSURE;
    const forged = { ...phone, value: "00000000001" };
    const stray = { field: "idNumber", version: 1, value: "0", salt: "00".repeat(16) };
    const broken = { field: "content", version: 0, value: 5 };
    expect(read(offer, [content, forged, stray, broken])).toMatchObject({
      reading: "read",
      enclosure: [content],
      doubtful: [
        { ...forged, code: "EXCHANGE_ENCLOSURE_MISMATCH" },
        { ...stray, code: "EXCHANGE_ENCLOSURE_UNREFERENCED" },
        {
          field: "content",
          version: 1,
          value: JSON.stringify(broken),
          salt: "",
          code: "EXCHANGE_ENCLOSURE_UNREADABLE",
        },
      ],
    });
  });

  test("another version of the same field is another value", () => {
    const [content] = SPECIMEN_ENCLOSURE;
    expect(read(offer, [{ ...content, version: 2 }])).toMatchObject({
      enclosure: [],
      doubtful: [{ code: "EXCHANGE_ENCLOSURE_UNREFERENCED" }],
    });
  });

  test("a missing or senseless enclosure does not stop the message", () => {
    expect(read(offer, undefined)).toMatchObject({ reading: "read", enclosure: [] });
    expect(read(offer, "x")).toMatchObject({ reading: "read", enclosure: [] });
  });
});

describe("danger first (nmg:2.2.1)", () => {
  test("a push with unreadable fields goes through with those fields missing", () => {
    const body = {
      ...specimenBody("push"),
      regime: "aRegimeOfTomorrow",
      brief: { ...specimenBody("push").brief, place: "nowhere", danger: "yes" },
    };
    expect(read({ ...push, body }, SPECIMEN_ENCLOSURE)).toMatchObject({
      reading: "read",
      message: {
        id: push.id,
        body: { type: "push", brief: { place: null, danger: true }, regime: "acceptingPlatform" },
      },
      enclosure: SPECIMEN_ENCLOSURE,
      repaired: ["/body/brief/place", "/body/regime"],
    });
  });

  test("a push of which only the type can be read goes through, guarded as confidential", () => {
    const reading = read({ ...push, body: { type: "push" } });
    expect(reading).toMatchObject({
      reading: "read",
      message: {
        body: { k: 1, brief: { danger: true, confidential: true, sealed: [], registeredAt: push.issuedAt } },
      },
    });
  });

  test("no change of a push's body, however wild, keeps it from being read", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("k", "brief", "firstReceiver", "parent"), fc.jsonValue()), (wild) => {
        const message = JSON.parse(JSON.stringify({ ...push, body: { ...specimenBody("push"), ...wild } }));
        expect(read(message)).toMatchObject({ reading: "read", message: { body: { type: "push" } } });
      }),
    );
  });
});
