import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { brokenLinks, forbiddenIn } from "./documents.ts";
import { forbiddenTexts } from "./forbidden-texts.ts";

const root = join(import.meta.dirname, "..", "..");

describe("links of Markdown files", () => {
  test("a relative link that leads nowhere is named with its file", () => {
    expect(brokenLinks(root, "docs/a.md", "see [b](nowhere.md#part)")).toEqual([
      "docs/a.md: nowhere.md#part leads nowhere",
    ]);
    expect(brokenLinks(root, "docs/a.md", "[b]: ../nowhere.md")).toEqual(["docs/a.md: ../nowhere.md leads nowhere"]);
  });

  test("an existing file, an anchor, an address and a link inside code are fine", () => {
    const text =
      "[a](../package.json#x) [b](#here) [c](https://example.org/x) [d](mailto:a@example.org)\n`[e](gone.md)`\n";
    expect(brokenLinks(root, "docs/a.md", `${text}\`\`\`\n[f](gone.md)\n\`\`\`\n`)).toEqual([]);
  });
});

describe("texts no committed file may hold", () => {
  const planted = [
    ["a.md", ["see /ro", "ot/x"].join("")],
    ["a.md", ["(/ho", "me/me/x)"].join("")],
    ["a.ts", ['"/wo', 'rk/x"'].join("")],
    ["a.md", ["/tm", "p/bas", "h_jobs"].join("")],
    ["a.md", ["C:\\Us", "ers\\me"].join("")],
    ["a.json", ["https://registry.np", "mjs.org/x"].join("")],
    ["a.pem", ["-----BEG", "IN PRIVATE KEY-----\n", "MC4CAQAwBQYDK2Vw"].join("")],
    ["a.md", ["<<<", "<<<< HEAD"].join("")],
    ["a.ts", ["// TO", "DO later"].join("")],
    ["a.md", ["Co-authored-", "by: x"].join("")],
    ["a.test.ts", ["test.on", "ly("].join("")],
  ] as const;

  test.each(planted)("planted in %s: %s", (path, text) => {
    expect(forbiddenIn(path, `first line\n${text}`)).toHaveLength(1);
    expect(forbiddenIn(path, `first line\n${text}`)[0]).toContain(`${path}:2: `);
  });

  test("every pattern has a planted text", () => {
    const idle = forbiddenTexts.filter(
      (one) => !planted.some(([path, text]) => one.pattern.test(text) && (one.only?.test(path) ?? true)),
    );
    expect(idle).toEqual([]);
  });

  test("code that writes a key's frame holds no key", () => {
    expect(forbiddenIn("a.ts", ["`-----BEG", "IN PRIVATE KEY-----\\n${body}`"].join(""))).toEqual([]);
  });

  test("paths of an address or of a server are no machine paths", () => {
    expect(forbiddenIn("a.md", "GET /api/work/items and /var/lib/liandong and web/home/page.tsx")).toEqual([]);
  });
});
