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
  EADDRINUSE:
    "端口已被占用：停掉占用它的程序，或换一个端口 the port is taken: stop the program that holds it, or choose another port",
  ECONNREFUSED:
    "连不上，对方没有在那里监听（没有启动，或地址、端口不对） nothing listens there: it is not started, or address or port is wrong",
  ECONNRESET: "连接被对方断开 the other end broke the connection off",
  ETIMEDOUT: "连接超时，没有应答 the connection timed out, nothing answered",
  ENOTFOUND: "找不到这个主机名 there is no host of this name",
  FOLDER_NOT_EMPTY: "文件夹不是空的，请换一个空文件夹 the folder is not empty; name an empty one",
};

/** What the database's driver says without a code. */
const TIMED_OUT = /timeout exceeded when trying to connect|connection terminated due to connection timeout/i;

/** The file or the address that a fault speaks of; null = it names none. */
function placeOf(fault: Error): string | null {
  if ("path" in fault && typeof fault.path === "string") return fault.path;
  const host = "address" in fault ? fault.address : "hostname" in fault ? fault.hostname : null;
  if (typeof host !== "string") return null;
  return "port" in fault && typeof fault.port === "number" ? `${host}:${fault.port}` : host;
}

/** A fault in words for whoever typed the command, Chinese first; one that has no words here says what it says itself. */
export function faultWords(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const code = "code" in fault && typeof fault.code === "string" ? fault.code : "";
  const known = code in CODES ? code : TIMED_OUT.test(fault.message) ? "ETIMEDOUT" : code;
  const words = CODES[known];
  if (words === undefined) return fault.message;
  const where = placeOf(fault);
  return `${words}${where === null ? "" : `: ${where}`} (${known})`;
}
