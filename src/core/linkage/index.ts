/** Interface of the linkage automata; see the tables. */
export * from "./command.ts";
export * from "./message.ts";
