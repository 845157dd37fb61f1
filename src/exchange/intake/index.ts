/**
 * Decides whether a batch from another node is taken and what its receipt says, for every carrier alike. It refuses to
 * know what a message means (the application folds it) and how the batch came. Urgent batches are bounded by no load, words of
 * somebody who cannot sign are.
 * @source nmg:2.2.1
 * @source nmg:2.3.1
 */
export * from "./peer-documents.ts";
export * from "./ports.ts";
export * from "./receive-approval.ts";
export * from "./receive-batch.ts";
