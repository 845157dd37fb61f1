const CODES: Readonly<Record<string, string>> = {
  ENOENT: "没有这个文件或文件夹 there is no such file or folder",
  EACCES: "没有权限读写 not allowed to read or write",
  ENOTDIR: "不是文件夹 this is no folder",
  EISDIR: "这是文件夹，不是文件 this is a folder, not a file",
  SCHEMA_OLDER:
    "数据库结构比程序旧，只读命令不会更改它；备份后启动一次节点即升级 the database is older than this program and a reading command changes nothing: back up, then start the node once",
  MIGRATION_UNKNOWN: "数据库结构比程序新，请用新版程序 the database is newer than this program: use the newer program",
  ALREADY_RUNNING:
    "联动正在运行，请先在它的窗口按 Ctrl-C 停止 Liandong is running: stop it first with Ctrl-C in its own window",
  DATA_FOLDER_USED:
    "数据文件夹里已有数据，恢复不覆盖它；请用 LIANDONG_DATA 指定空文件夹 the data folder holds data, which a restore does not overwrite: name an empty one by LIANDONG_DATA",
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
