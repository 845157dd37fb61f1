type Waiting<T> = {
  readonly item: T;
  readonly written: () => void;
  readonly failed: (fault: unknown) => void;
};

/**
 * Small writes that come at the same moment share one statement and one flush to disk. At most `atOnce` statements are
 * under way, each with at most `atMost` items; what comes meanwhile goes out together with the next one. Nobody is told "written" before the statement that
 * holds his item is committed, and an item that cannot be written fails alone.
 */
export function writeTogether<T>(
  write: (items: readonly T[]) => Promise<void>,
  { atOnce, atMost }: { readonly atOnce: number; readonly atMost: number },
): (item: T) => Promise<void> {
  const waiting: Waiting<T>[] = [];
  let running = 0;

  async function writeAll(batch: readonly Waiting<T>[]): Promise<void> {
    try {
      await write(batch.map(({ item }) => item));
      for (const each of batch) each.written();
    } catch (fault) {
      const [only] = batch;
      if (batch.length > 1) await Promise.all(batch.map((each) => writeAll([each])));
      else only?.failed(fault);
    }
  }

  async function pump(): Promise<void> {
    running += 1;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, atMost);
      await writeAll(batch);
    }
    running -= 1;
  }

  return (item) =>
    new Promise((written, failed) => {
      waiting.push({ item, written, failed });
      if (running < atOnce) void pump();
    });
}
