/**
 * Keeps large contents (recordings, attachments, exports) as files named by their SM3 digest. Decides how a content gets to
 * disk whole or not at all and whether it is still what it was. Refuses to know what a content is, whose it is and who may
 * read it. Serves nmg:2.3.2 (nothing shared changes unseen).
 */
export { openDigestFiles } from "./digest-files.ts";
export type { DigestFilesOptions } from "./digest-files.ts";
