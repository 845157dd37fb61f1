/** The two calls we use of a package that brings no types. */
declare module "pg-copy-streams" {
  import type { Readable, Writable } from "node:stream";
  import type { Submittable } from "pg";

  /** Rows the server said it copied; known once the query after the stream has been answered. */
  type Copied = { readonly rowCount: number };

  export function to(sql: string): Readable & Submittable & Copied;
  export function from(sql: string): Writable & Submittable & Copied;
}
