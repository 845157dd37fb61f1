import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

/** Folders that hold code of ours. */
const codeFolders = ["src", "web", "simulators", "test", "bench", "scripts"] as const;

/** Those of them that exist. */
export function existingCodeFolders(root: string): readonly string[] {
  return codeFolders.filter((folder) => existsSync(join(root, folder)));
}

/** Every .ts and .tsx file of ours, with forward slashes, sorted. */
export function sourceFiles(root: string): readonly string[] {
  return filesMatching(root, [`{${codeFolders.join(",")}}/**/*.{ts,tsx}`]);
}

export function filesMatching(
  root: string,
  patterns: readonly string[],
  exclude: readonly string[] = [],
): readonly string[] {
  const never = ["**/node_modules/**", "**/dist/**", ...exclude];
  const found = globSync([...patterns], { cwd: root, exclude: never });
  return [...new Set(found.map((path) => path.split(sep).join("/")))].sort();
}

/**
 * Every file that is or would be committed; links and deleted files are left out.
 * Without git (an unpacked archive) every file but those of other people and of this run.
 */
export function committedFiles(root: string): readonly string[] {
  try {
    const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return listed.split("\0").filter((path) => path !== "" && path !== "node_modules" && existsSync(join(root, path)));
  } catch {
    return filesMatching(root, ["**/*.*", "LICENSE", ".ci/*"], [".git/**", ".liandong/**"]);
  }
}

/** Text of a committed file, or null for a binary or very large one. */
export function textOf(root: string, path: string): string | null {
  const bytes = readFileSync(join(root, path));
  return bytes.length > 4_000_000 || bytes.subarray(0, 8000).includes(0) ? null : bytes.toString("utf8");
}
