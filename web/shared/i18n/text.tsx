import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { metaQuery } from "../api/reads.ts";
import { en } from "./en.ts";
import { deskWords } from "./desk-words.ts";
import { zh } from "./zh.ts";

export type Language = "zh" | "en";
export type MessageKey = keyof typeof zh;

type Names<S extends string> = S extends `${string}{${infer N}}${infer More}` ? N | Names<More> : never;
type Values<K extends MessageKey> = Names<(typeof zh)[K]>;
type Rest<K extends MessageKey> = [Values<K>] extends [never]
  ? []
  : [values: Readonly<Record<Values<K>, string | number>>];

/** A sentence that names no values: what a table of labels may hold. */
export type PlainKey = { [K in MessageKey]: [Values<K>] extends [never] ? K : never }[MessageKey];

/** A sentence by its key; values named in the Chinese sentence are demanded by the compiler. */
export type Translate = <K extends MessageKey>(key: K, ...rest: Rest<K>) => string;

/** A word for a code that comes from the server; the code itself when this version has no word for it. */
export type TranslateCode = (family: string, code: string) => string;

type Text = {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: Translate;
  readonly code: TranslateCode;
  /** The name in the reader's language of something that carries both. */
  readonly named: (both: { readonly nameZh: string; readonly nameEn: string }) => string;
};

const TextContext = createContext<Text | null>(null);
const KEY = "liandong.language";
const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = { zh, en };

function fill(sentence: string, values: Readonly<Record<string, string | number>> | undefined): string {
  if (values === undefined) return sentence;
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Chinese first: only a person's own choice makes it English. */
function storedLanguage(): Language {
  return localStorage.getItem(KEY) === "en" ? "en" : "zh";
}

/** Gives every screen its words. Stores the choice on this machine. */
export function TextProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(storedLanguage);
  const choose = useCallback((next: Language) => {
    localStorage.setItem(KEY, next);
    setLanguage(next);
  }, []);
  // Whoever works in two windows chooses once.
  useEffect(() => {
    const follow = ({ key }: StorageEvent) => {
      if (key === KEY) setLanguage(storedLanguage());
    };
    window.addEventListener("storage", follow);
    return () => window.removeEventListener("storage", follow);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }, [language]);
  const side = useQuery(metaQuery).data?.side;
  const text = useMemo<Text>(() => {
    const words = deskWords(catalogues[language], side);
    return {
      language,
      setLanguage: choose,
      t: (key, ...rest) => fill(words[key] ?? key, rest[0]),
      code: (family, code) => words[`${family}.${code}`] ?? code,
      named: (both) => (language === "zh" || both.nameEn === "" ? both.nameZh : both.nameEn),
    };
  }, [language, choose, side]);
  return <TextContext value={text}>{children}</TextContext>;
}

/** The words of the reader's language. */
export function useText(): Text {
  const text = useContext(TextContext);
  if (text === null) throw new Error("useText outside TextProvider");
  return text;
}
