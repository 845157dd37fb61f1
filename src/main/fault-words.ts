const CODES: Readonly<Record<string, string>> = {
  ENOENT: "没有这个文件或文件夹 there is no such file or folder",
  EACCES: "没有权限读写 not allowed to read or write",
  ENOTDIR: "不是文件夹 this is no folder",
  EISDIR: "这是文件夹，不是文件 this is a folder, not a file",
  FOLDER_NOT_EMPTY: "文件夹不是空的，请换一个空文件夹 the folder is not empty; name an empty one",
};

/** A fault in words for whoever typed the command, Chinese first; one that has no words here says what it says itself. */
export function faultWords(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const code = "code" in fault && typeof fault.code === "string" ? fault.code : "";
  const words = CODES[code];
  if (words === undefined) return fault.message;
  const path = "path" in fault && typeof fault.path === "string" ? `: ${fault.path}` : "";
  return `${words}${path} (${code})`;
}
