import type { Ids } from "../app/ports/clock.ts";
import { randomPooled, randomPooledHex } from "../keys/index.ts";

/** UUIDv7: time first, so that rows written together lie together; within a millisecond a counter keeps the order. */
export function createIds(now: () => number): Ids {
  let last = 0;
  let counter = 0;
  return {
    next: () => {
      const ms = Math.max(Math.trunc(now()), last);
      counter = ms === last ? counter + 1 : randomPooled(2).readUInt16BE() & 0x7ff;
      last = ms;
      if (counter > 0xfff) {
        last += 1;
        counter = 0;
      }
      const time = last.toString(16).padStart(12, "0");
      const order = (0x7000 | counter).toString(16);
      const random = randomPooledHex(8);
      // RFC 9562 sets the two highest bits of the last half to 1 and 0.
      const variant = ((Number.parseInt(random.slice(0, 1), 16) & 0x3) | 0x8).toString(16);
      return `${time.slice(0, 8)}-${time.slice(8)}-${order}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
    },
    random: randomPooled,
  };
}
