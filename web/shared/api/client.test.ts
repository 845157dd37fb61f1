import { afterEach, describe, expect, test, vi } from "vitest";
import { ApiFailure, callApi } from "./client.ts";

/** An answer whose head came and whose body breaks off. */
function breaksOff(): Response {
  const body = new ReadableStream({ start: (stream) => stream.error(new DOMException("timed out", "TimeoutError")) });
  return new Response(body, { status: 200 });
}

describe("an answer that begins and breaks off", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("counts as a server that was not reached, so that the screen says what to do and the command is tried again (P1)", async () => {
    vi.stubGlobal("fetch", async () => breaksOff());
    const failure = await callApi("/queue").catch((fault: unknown) => fault);
    expect(failure).toBeInstanceOf(ApiFailure);
    expect(failure).toMatchObject({ network: true, code: "NETWORK" });
  });

  test("that nobody waits for any more is no failure of the line", async () => {
    vi.stubGlobal("fetch", async () => breaksOff());
    const waits = new AbortController();
    waits.abort();
    expect(await callApi("/queue", { signal: waits.signal }).catch((fault: unknown) => fault)).toMatchObject({
      name: "TimeoutError",
    });
  });
});
