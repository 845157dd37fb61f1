import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCatalogueFolder } from "./index.ts";

async function folderOver(top: string, id: string, base: string): Promise<string> {
  const folder = join(top, id);
  await mkdir(folder);
  const head = `id: ${id}\nversion: ${id}@1\nbase: ${base}@1\nregion: "150100"\ndocument: { titleZh: 市清单, titleEn: City list, number: null, issuer: 某市, issuedOn: "2026-04-01" }\nvalidFrom: "2026-05-01"\npolicies: {}\nmilestones: []\n`;
  await writeFile(join(folder, "catalogue.yaml"), head);
  return folder;
}

test("a folder that rests on itself, also by way of another, is refused with the ring it makes, and is not read for ever", async () => {
  const top = await mkdtemp(join(tmpdir(), "liandong-ring-"));
  try {
    const [own, a] = [await folderOver(top, "own", "own"), await folderOver(top, "a", "b")];
    await folderOver(top, "b", "a");
    const said = async (folder: string) => {
      const read = await readCatalogueFolder(folder);
      return read.ok ? [] : read.error.map(({ file, code, detail }) => `${file} ${code} ${detail}`);
    };
    expect(await said(own)).toEqual(["catalogue.yaml HEAD_SHAPE base: own > own"]);
    expect(await said(a)).toEqual(["catalogue.yaml HEAD_SHAPE base: a > b > a"]);
  } finally {
    await rm(top, { recursive: true });
  }
});
