import { openDrafts } from "./drafts.ts";

/** The drafts of this browser. Storage is asked for at each use: where it is forbidden the drafts live as long as the page. */
export const drafts = openDrafts(
  {
    getItem: (name) => localStorage.getItem(name),
    setItem: (name, value) => localStorage.setItem(name, value),
    removeItem: (name) => localStorage.removeItem(name),
    key: (i) => localStorage.key(i),
    get length() {
      return localStorage.length;
    },
  },
  Date.now(),
);

window.addEventListener("storage", (event) => {
  if (event.key !== null) drafts.heard(event.key, event.newValue);
});
