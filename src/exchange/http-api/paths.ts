/** Where a node's exchange answers, below its base URL. */
export const EXCHANGE_PATHS = {
  /** POST a batch, answered by a receipt or a refusal. */
  batches: "/exchange/v1/batches",
  /** GET what this node can do. */
  capability: "/exchange/v1/capability",
  /** POST a signed request for one version of the catalogue, answered by its document. Since version 4. */
  catalogue: "/exchange/v1/catalogue-requests",
  /** POST an approval of a version of the catalogue, answered by the word that it is held. Since version 3. */
  approvals: "/exchange/v1/catalogue-approvals",
} as const;
