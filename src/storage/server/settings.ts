import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterPaths } from "./cluster.ts";

/** Server settings by name, as `postgres -c` takes them. */
export type ServerSettings = { readonly [name: string]: string };

/**
 * One small machine with two databases: the pair stays under 1.5 GB (60 sessions of about 10 MB beside 128 MB of buffers).
 * Nothing acknowledged may be lost (P1), so the three safety settings are written out although they are the defaults.
 */
const DEFAULTS: ServerSettings = {
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  wal_level: "replica",
  max_wal_size: "1GB",
  min_wal_size: "128MB",
  checkpoint_timeout: "5min",
  shared_buffers: "128MB",
  effective_cache_size: "512MB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  max_connections: "100",
  jit: "off",
  // Shared memory of parallel queries may not fit the 64 MB that containers give, and a desk must not wait for a report.
  max_parallel_workers_per_gather: "0",
  max_worker_processes: "6",
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  datestyle: "ISO, YMD",
  lc_messages: "C",
  default_text_search_config: "pg_catalog.simple",
  logging_collector: "on",
  log_directory: "log",
  log_filename: "postgresql-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_age: "1d",
  log_rotation_size: "0",
  // Details and statements of errors quote row values, and personal values have no place in a log (P5).
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
};

/** Only this machine, only with a password, whatever the files say. */
const FIXED: ServerSettings = { listen_addresses: "127.0.0.1", unix_socket_directories: "" };

function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/**
 * Writes the configuration files anew, so that a newer program brings newer settings. They lie beside the data, not in it:
 * the server's account must not be able to change them or to lead a writing root elsewhere by a link. An operator's own
 * lines belong into `operator.conf` beside them, or `ALTER SYSTEM`; both win over ours.
 */
export function writeConfiguration(dataDir: string): void {
  const lines = Object.entries(DEFAULTS).map(([name, value]) => `${name} = ${quote(value)}`);
  const head = "# Written at every start. Your own settings belong into operator.conf in this folder.";
  const own = existsSync(join(dataDir, "operator.conf")) ? ["include = 'operator.conf'"] : [];
  write(dataDir, "postgresql.conf", [head, ...lines, ...own]);
  write(dataDir, "pg_hba.conf", ["host all all 127.0.0.1/32 scram-sha-256"]);
  write(dataDir, "pg_ident.conf", []);
}

function write(dataDir: string, name: string, lines: readonly string[]): void {
  const path = join(dataDir, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  chmodSync(path, 0o644);
}

/** Arguments of `postgres` for one start; `extra` wins over the files but not over what is fixed. */
export function serverArguments(paths: ClusterPaths, port: number, extra: ServerSettings): readonly string[] {
  const settings = Object.entries({
    ...extra,
    ...FIXED,
    port: String(port),
    config_file: join(paths.dataDir, "postgresql.conf"),
    hba_file: join(paths.dataDir, "pg_hba.conf"),
    ident_file: join(paths.dataDir, "pg_ident.conf"),
  });
  return ["-D", paths.pgdata, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}
