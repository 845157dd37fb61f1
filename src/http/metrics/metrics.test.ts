import { describe, expect, test } from "vitest";
import { openTestDesk } from "../test-desk.ts";
import { mayReadMetrics } from "./access.ts";
import type { MetricsAccess } from "./access.ts";
import { EXPOSITION_TYPE, expositionOf } from "./exposition.ts";

const TOKEN = "monitor-token-0123456789";
const FAMILIES = [
  {
    name: "liandong_outbox_unsent",
    help: "Messages\nnot receipted \\ sent.",
    samples: [{ labels: { peer: 'a"b\\c', lane: "urgent" }, value: 2 }],
  },
  { name: "liandong_alarms", help: "Marks.", samples: [] },
  { name: "liandong_plain", help: "One.", samples: [{ labels: {}, value: 0.5 }] },
];

const local = { address: "127.0.0.1", forwarded: false, authorization: undefined };

async function asked(access: MetricsAccess | null, headers: Record<string, string> = {}, remoteAddress = "127.0.0.1") {
  let reads = 0;
  const read = async () => {
    reads += 1;
    return FAMILIES;
  };
  const desk = await openTestDesk({ metrics: access === null ? null : { access, read } });
  const answer = await desk.app.inject({ method: "GET", url: "/metrics", headers, remoteAddress });
  await desk.app.close();
  return { answer, reads };
}

describe("figures for monitors (nmg:2.3.1)", () => {
  test("are written as the text format 0.0.4 says: help, type, then one sample a line, escaped", () => {
    expect(expositionOf(FAMILIES)).toBe(
      [
        "# HELP liandong_outbox_unsent Messages\\nnot receipted \\\\ sent.",
        "# TYPE liandong_outbox_unsent gauge",
        'liandong_outbox_unsent{peer="a\\"b\\\\c",lane="urgent"} 2',
        "# HELP liandong_alarms Marks.",
        "# TYPE liandong_alarms gauge",
        "# HELP liandong_plain One.",
        "# TYPE liandong_plain gauge",
        "liandong_plain 0.5",
        "",
      ].join("\n"),
    );
  });

  test("are given to this machine where the configuration says loopback, with their media type and not kept (nmg:2.3.2)", async () => {
    const { answer } = await asked("loopback");
    expect([answer.statusCode, answer.headers["content-type"], answer.headers["cache-control"]]).toEqual([
      200,
      EXPOSITION_TYPE,
      "no-store",
    ]);
    expect(answer.body).toBe(expositionOf(FAMILIES));
  });

  test("are not counted for who may not read them: off, from elsewhere, handed on, or without the token (nmg:2.3.2)", async () => {
    const refused = [
      [await asked(null), 404],
      [await asked("off"), 404],
      [await asked("loopback", {}, "10.0.0.7"), 403],
      [await asked("loopback", { "x-forwarded-for": "127.0.0.1" }), 403],
      [await asked({ token: TOKEN }), 403],
      [await asked({ token: TOKEN }, { authorization: `Bearer ${TOKEN}x` }), 403],
      [await asked({ token: TOKEN }, { authorization: TOKEN }), 403],
    ] as const;
    for (const [{ answer, reads }, status] of refused) expect([answer.statusCode, reads]).toEqual([status, 0]);
    const { answer } = await asked({ token: TOKEN }, { authorization: `Bearer ${TOKEN}` }, "10.0.0.7");
    expect(answer.statusCode).toBe(200);
  });

  test("know this machine by every address it has for itself", () => {
    const may = (address: string | undefined) => mayReadMetrics("loopback", { ...local, address });
    expect(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"].map(may)).toEqual([true, true, true, true]);
    expect(["10.0.0.1", "::ffff:10.0.0.1", "fe80::1", "127.evil", undefined].map(may)).toEqual(Array(5).fill(false));
  });
});
