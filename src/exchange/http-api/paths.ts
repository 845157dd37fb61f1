/** Where a node's exchange answers, below its base URL. */
export const EXCHANGE_PATHS = {
  /** POST a batch, answered by a receipt or a refusal. */
  batches: "/exchange/v1/batches",
  /** GET what this node can do. */
  capability: "/exchange/v1/capability",
  /** GET one version of the catalogue: the version follows, percent-encoded. */
  catalogue: "/exchange/v1/catalogue/",
} as const;
