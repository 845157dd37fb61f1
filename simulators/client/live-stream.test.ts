import { expect, test } from "vitest";
import { parseAccounts } from "./accounts.ts";
import { parseBlock } from "./live-stream.ts";

test("a block of the live stream gives its id and its frame", () => {
  const frame = { cursor: "7", caseId: "c", requestNo: null, stream: "linkage", streamId: "l", type: "offered" };
  expect(parseBlock(`id: 7\ndata: ${JSON.stringify(frame)}`)).toEqual({
    id: "7",
    name: "message",
    frame: { caseId: "c", requestNo: null, stream: "linkage", type: "offered" },
  });
});

test("heartbeats and named events carry no frame", () => {
  expect(parseBlock(":\nid: 8")).toEqual({ id: "8", name: "message", frame: null });
  expect(parseBlock("id: 9\nevent: reset\ndata: {}").name).toBe("reset");
  expect(parseBlock("retry: 1000")).toEqual({ id: null, name: "message", frame: null });
});

test("accounts without side, address, log-in or password are left out", () => {
  const good = {
    node: "police",
    url: "http://127.0.0.1:11110/",
    login: "p1",
    password: "x",
    roles: ["callTaker"],
    unit: null,
  };
  const list = [good, { ...good, node: "fire" }, { ...good, password: undefined }, "x"];
  expect(parseAccounts(JSON.stringify(list))).toEqual([{ ...good, url: "http://127.0.0.1:11110" }]);
  expect(parseAccounts("no json")).toEqual([]);
});
