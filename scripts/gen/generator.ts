/** One file made from the sources. To add one: write scripts/gen/NAME.ts and list it in generators.ts. */
export type Generator = {
  readonly name: string;
  /** Where the text goes, relative to the checkout. */
  readonly file: string;
  /** Must give the same text for the same sources: no time, no order of a folder listing, no absolute path. */
  readonly make: (root: string) => string | Promise<string>;
};

/** First line of every generated Markdown file. */
export const madeBy = "<!-- Made by `npm run gen`; `npm test` fails when it is stale. Do not edit. -->";
