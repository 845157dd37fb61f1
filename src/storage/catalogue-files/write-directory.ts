import { DIRECTORY_SHEETS, sheetsOf } from "../../core/directory/index.ts";
import type { DirectoryEntry } from "../../core/directory/index.ts";
import type { FolderFiles } from "./folder-files.ts";
import { directoryFile } from "./read-directory.ts";

/** A directory as the files it is read from: CSV in UTF-8 with the mark by which Excel and WPS know it. */
export function directoryAsFiles(entries: readonly DirectoryEntry[]): FolderFiles {
  return new Map(
    [...sheetsOf(entries)].map(([sheet, rows]) => {
      const lines = [DIRECTORY_SHEETS[sheet], ...rows].map((cells) => cells.map(quoted).join(","));
      return [directoryFile({ suffix: "" }, sheet), new TextEncoder().encode(`\ufeff${lines.join("\n")}\n`)];
    }),
  );
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
