/** What tabs of one browser say to each other about their forms. */
type Said = { readonly is: "who" } | { readonly is: "open"; readonly tab: string; readonly names: readonly string[] };

/** The line between the tabs; what one posts, the others hear. */
export type Line = {
  readonly post: (said: Said) => void;
  readonly hear: (ear: (said: unknown) => void) => void;
};

/** Drafts whose forms stand open in other tabs: nobody has left them behind. */
export type Elsewhere = {
  /** Says that this tab has the form open, until the answer is called. */
  readonly hold: (name: string) => () => void;
  /** Whether another tab has it open. */
  readonly has: (name: string) => boolean;
  /** Asks again and forgets tabs that have not answered since `before`: a tab that crashed says no goodbye. */
  readonly ask: (before: number) => void;
  /** Says that nothing is open here any more, or that it is again. */
  readonly leave: () => void;
  readonly back: () => void;
  readonly listen: (ear: () => void) => () => void;
  readonly version: () => number;
};

function parseSaid(said: unknown): Said | null {
  if (typeof said !== "object" || said === null || !("is" in said)) return null;
  if (said.is === "who") return { is: "who" };
  if (said.is !== "open" || !("tab" in said) || !("names" in said)) return null;
  const { tab, names } = said;
  if (typeof tab !== "string" || !Array.isArray(names)) return null;
  return { is: "open", tab, names: names.filter((one) => typeof one === "string") };
}

/** Keeps count of open forms over all tabs. `tab` = name of this one; `now` in milliseconds. */
export function openElsewhere(line: Line, tab: string, now: () => number): Elsewhere {
  const own = new Map<string, number>();
  const others = new Map<string, { readonly names: readonly string[]; readonly at: number }>();
  const ears = new Set<() => void>();
  let version = 0;
  const changed = () => {
    version += 1;
    for (const ear of ears) ear();
  };
  const say = () => line.post({ is: "open", tab, names: [...own.keys()] });
  const count = (name: string, by: 1 | -1) => {
    const left = (own.get(name) ?? 0) + by;
    if (left > 0) own.set(name, left);
    else own.delete(name);
    say();
  };
  line.hear((heard) => {
    const said = parseSaid(heard);
    if (said === null || (said.is === "open" && said.tab === tab)) return;
    if (said.is === "who") return own.size > 0 ? say() : undefined;
    const before = others.get(said.tab)?.names ?? [];
    if (said.names.length === 0) others.delete(said.tab);
    else others.set(said.tab, { names: said.names, at: now() });
    if (before.join("\n") !== said.names.join("\n")) changed();
  });
  line.post({ is: "who" });
  return {
    hold: (name) => {
      count(name, 1);
      let held = true;
      return () => {
        if (held) count(name, -1);
        held = false;
      };
    },
    has: (name) => [...others.values()].some(({ names }) => names.includes(name)),
    ask: (before) => {
      const gone = [...others].filter(([, { at }]) => at < before);
      for (const [other] of gone) others.delete(other);
      if (gone.length > 0) changed();
      if (others.size > 0) line.post({ is: "who" });
    },
    leave: () => line.post({ is: "open", tab, names: [] }),
    back: () => {
      line.post({ is: "who" });
      if (own.size > 0) say();
    },
    listen: (ear) => {
      ears.add(ear);
      return () => ears.delete(ear);
    },
    version: () => version,
  };
}
