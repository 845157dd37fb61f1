import type { Ids } from "../app/ports/clock.ts";
import { randomPooled } from "../keys/index.ts";

/** UUIDv7: time first, so that rows written together lie together; within a millisecond a counter keeps the order. */
export function createIds(now: () => number): Ids {
  let last = 0;
  let counter = 0;
  return {
    next: () => {
      const ms = Math.max(now(), last);
      counter = ms === last ? counter + 1 : randomPooled(2).readUInt16BE() & 0x7ff;
      last = ms;
      if (counter > 0xfff) {
        last += 1;
        counter = 0;
      }
      const bytes = randomPooled(16);
      bytes.writeUIntBE(last, 0, 6);
      bytes.writeUInt16BE(0x7000 | counter, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      const hex = bytes.toString("hex");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
    random: randomPooled,
  };
}
