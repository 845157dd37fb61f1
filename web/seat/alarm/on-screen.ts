import { useEffect, useState } from "react";

/** Of a thing larger than the screen nobody can see most at once: half a screen of it will do. */
const MOST = 0.6;
const HALF_SCREEN = 0.5;
const STEPS = Array.from({ length: 21 }, (_, i) => i / 20);

/** Whether most of an element lies in view, by its share of itself and of the screen (0..1 each). */
export function mostlySeen(ratio: number, seenHeight: number, screenHeight: number): boolean {
  return ratio >= MOST || (screenHeight > 0 && seenHeight / screenHeight >= HALF_SCREEN);
}

/**
 * Whether the element that carries the ref is really in view: not scrolled out of a list, not cut off by its frame. False until
 * the browser has said so for this very element.
 */
export function useOnScreen(): { readonly ref: (element: Element | null) => void; readonly seen: boolean } {
  const [element, setElement] = useState<Element | null>(null);
  const [inView, setInView] = useState<Element | null>(null);
  useEffect(() => {
    if (element === null) return undefined;
    const watch = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1);
        if (last === undefined) return;
        const { intersectionRatio, intersectionRect, rootBounds } = last;
        const seen = mostlySeen(intersectionRatio, intersectionRect.height, rootBounds?.height ?? window.innerHeight);
        setInView(last.isIntersecting && seen ? element : null);
      },
      { threshold: STEPS },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [element]);
  return { ref: setElement, seen: element !== null && inView === element };
}
