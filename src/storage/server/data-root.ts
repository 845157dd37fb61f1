import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** What `defaultDataRoot` reads of the environment. */
export type DataRootEnvironment = { readonly [name: string]: string | undefined };

/**
 * The folder for everything this machine keeps: `LIANDONG_DATA` if set; as root `/var/lib/liandong`, because the server's
 * account can enter neither a 0700 home nor a private temporary folder; else the XDG data folder of the user.
 */
export function defaultDataRoot(environment: DataRootEnvironment = process.env): string {
  const chosen = environment["LIANDONG_DATA"];
  if (chosen !== undefined && chosen !== "") return resolve(chosen);
  if (process.getuid?.() === 0) return "/var/lib/liandong";
  const xdg = environment["XDG_DATA_HOME"];
  // The XDG specification tells programs to ignore a relative path here.
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), ".local", "share");
  return join(base, "liandong");
}
