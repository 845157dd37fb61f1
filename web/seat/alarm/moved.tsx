import { useLayoutEffect, useRef, useState } from "react";
import type { ReactNode } from "react";

/**
 * An element for each line of the bar, kept as long as its line stands: what is drawn into it moves from one part of the bar to
 * another without being drawn anew, so that the second for which it has to stand in view goes on.
 */
export function useHosts(names: readonly string[]): (name: string) => HTMLElement {
  const [hosts] = useState(() => new Map<string, HTMLElement>());
  useLayoutEffect(() => {
    for (const name of hosts.keys()) if (!names.includes(name)) hosts.delete(name);
  });
  return (name) => {
    const host = hosts.get(name) ?? document.createElement("div");
    hosts.set(name, host);
    return host;
  };
}

/** Where a line stands now. */
export function Place({ host, className }: { readonly host: HTMLElement; readonly className?: string }): ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    ref.current?.append(host);
  }, [host]);
  return <div ref={ref} className={className} />;
}
