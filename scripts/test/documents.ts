import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { committedFiles, textOf } from "./source-files.ts";
import { oneCheck, type Step, sum } from "./step.ts";
import { forbiddenTexts } from "./forbidden-texts.ts";

/** Every relative link of every Markdown file leads to a committed file or folder. */
export const linksStep: Step = {
  name: "links",
  title: "links in Markdown files",
  run: async ({ root }) => {
    const problems = committedFiles(root)
      .filter((path) => path.endsWith(".md"))
      .flatMap((path) => brokenLinks(root, path, textOf(root, path) ?? ""));
    return oneCheck("links", problems);
  },
};

/** No committed file holds a path of somebody's machine, a secret, or an unfinished mark. */
export const wordsStep: Step = {
  name: "words",
  title: "machine paths, secrets and unfinished marks",
  run: async ({ root }) => {
    const problems = committedFiles(root).flatMap((path) => {
      const text = textOf(root, path);
      return text === null ? [] : forbiddenIn(path, text);
    });
    return sum([oneCheck("words", problems)]);
  },
};

export function brokenLinks(root: string, path: string, text: string): readonly string[] {
  const withoutCode = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").replace(/`[^`\n]*`/g, "");
  const inline = [...withoutCode.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].map((match) => match[1] ?? "");
  const reference = [...withoutCode.matchAll(/^\[[^\]^]+\]:\s+(\S+)/gm)].map((match) => match[1] ?? "");
  return [...inline, ...reference].flatMap((link) => {
    const target = decodeURIComponent(link.split("#")[0] ?? "");
    if (target === "" || /^[a-z][a-z+.-]*:/i.test(target)) return [];
    const file = normalize(target.startsWith("/") ? join(root, target) : join(root, dirname(path), target));
    return existsSync(file) ? [] : [`${path}: ${link} leads nowhere`];
  });
}

export function forbiddenIn(path: string, text: string): readonly string[] {
  return forbiddenTexts
    .filter((one) => one.only === undefined || one.only.test(path))
    .flatMap(({ pattern, why }) => {
      const at = text.search(pattern);
      return at < 0 ? [] : [`${path}:${text.slice(0, at).split("\n").length}: ${why}`];
    });
}
