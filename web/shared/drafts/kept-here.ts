import { openDrafts } from "./drafts.ts";

/** Nobody waits for it: a draft that is a minute too old is not found anyway, it only still lies there. */
const SWEEP_MS = 60_000;

/** The drafts of this browser. Storage is asked for at each use: where it is forbidden the drafts live as long as the page. */
export const drafts = openDrafts({
  box: {
    getItem: (name) => localStorage.getItem(name),
    setItem: (name, value) => localStorage.setItem(name, value),
    removeItem: (name) => localStorage.removeItem(name),
    key: (i) => localStorage.key(i),
    get length() {
      return localStorage.length;
    },
  },
  clock: Date.now,
});

setInterval(drafts.sweep, SWEEP_MS);

// What another tab keeps is the same here; what it has sent or discarded is not offered any more.
window.addEventListener("storage", (event) => {
  if (event.key !== null) drafts.reread(event.key);
});
