import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { urgently } from "../app/ports/urgency.ts";
import { openSm2Pool } from "./sm2-pool.ts";
import { openPassingKeys } from "./file-keys.ts";
import { keysOf, type OpenKeys } from "./secret-keys.ts";
import { makeSm2Pair, parsePairPem, pemOfPair } from "./sm2-pair.ts";

// Real signatures in threads: a loaded machine may take its time.
vi.setConfig({ testTimeout: 40_000 });

/** Bytes before the point in the public-key form the command line reads (SubjectPublicKeyInfo of the SM2 curve). */
const SPKI_HEAD = "3059301306072a8648ce3d020106082a811ccf5501822d034200";
const DIST_ID = "distid:1234567812345678";

const folder = mkdtempSync(join(tmpdir(), "sm2-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function openssl(args: readonly string[]): string {
  return execFileSync("openssl", args, { cwd: folder, encoding: "utf8" });
}

test("THE OPENSSL COMMAND LINE IS MISSING OR WITHOUT SM2: nothing below proves that our signatures are SM2", () => {
  const version = spawnSync("openssl", ["version"], { encoding: "utf8" });
  expect(version.error).toBeUndefined();
  expect(openssl(["list", "-public-key-algorithms"])).toContain("SM2");
});

describe("SM2 against the openssl command line", () => {
  const pair = makeSm2Pair();
  let keys: OpenKeys;
  beforeAll(() => {
    keys = keysOf({ ...pair, masterKey: Buffer.alloc(32), blindIndexKey: Buffer.alloc(32) });
    writeFileSync(join(folder, "ours.pem"), pemOfPair(pair));
    const spki = Buffer.from(SPKI_HEAD + pair.publicKey, "hex").toString("base64");
    writeFileSync(join(folder, "ours.pub"), `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`);
    writeFileSync(join(folder, "text"), "井盖缺失，已派员。");
  });
  afterAll(() => keys.close());

  test("openssl takes our signature, by dgst and by pkeyutl", async () => {
    const signature = await keys.sign(Buffer.from("井盖缺失，已派员。"));
    writeFileSync(join(folder, "ours.sig"), Buffer.from(signature, "hex"));
    expect(
      openssl(["dgst", "-sm3", "-verify", "ours.pub", "-sigopt", DIST_ID, "-signature", "ours.sig", "text"]),
    ).toContain("Verified OK");
    expect(
      openssl(
        "pkeyutl -verify -pubin -inkey ours.pub -rawin -digest sm3 -in text -sigfile ours.sig -pkeyopt"
          .split(" ")
          .concat(DIST_ID),
      ),
    ).toContain("Signature Verified Successfully");
  });

  test("we take openssl's signature, and not over another text, with another key or another user id", async () => {
    openssl(["dgst", "-sm3", "-sign", "ours.pem", "-sigopt", DIST_ID, "-out", "theirs.sig", "text"]);
    openssl(["dgst", "-sm3", "-sign", "ours.pem", "-sigopt", "distid:another-user-id", "-out", "other.sig", "text"]);
    const read = (name: string): string => openssl(["enc", "-base64", "-A", "-in", name]);
    const hex = (name: string): string => Buffer.from(read(name), "base64").toString("hex");
    const text = Buffer.from("井盖缺失，已派员。");
    expect(await keys.verify(pair.publicKey, text, hex("theirs.sig"))).toBe(true);
    expect(await keys.verify(pair.publicKey, Buffer.from("井盖缺失"), hex("theirs.sig"))).toBe(false);
    expect(await keys.verify(makeSm2Pair().publicKey, text, hex("theirs.sig"))).toBe(false);
    expect(await keys.verify(pair.publicKey, text, hex("other.sig"))).toBe(false);
  });

  test("a key made by openssl opens here, a key of another curve does not", () => {
    const theirs = openssl(["genpkey", "-algorithm", "SM2"]);
    const parsed = parsePairPem(theirs);
    writeFileSync(join(folder, "theirs.pem"), theirs);
    const point = openssl(["pkey", "-in", "theirs.pem", "-noout", "-text"]).replaceAll(/[\s:]/g, "");
    expect(point).toContain(parsed?.publicKey);
    expect(parsePairPem(openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256".split(" ")))).toBeNull();
  });
});

describe("verification", () => {
  const keys = openPassingKeys();
  afterAll(() => keys.close());

  test("malformed signatures and points are false, never a fault", async () => {
    const bytes = Buffer.from("x");
    const signature = await keys.sign(bytes);
    expect(await keys.verify(keys.nodePublicKey, bytes, signature)).toBe(true);
    expect(await keys.verify(keys.nodePublicKey, bytes, "")).toBe(false);
    expect(await keys.verify(keys.nodePublicKey, bytes, `${signature}00`)).toBe(false);
    expect(await keys.verify("", bytes, signature)).toBe(false);
    expect(await keys.verify(`04${"11".repeat(64)}`, bytes, signature)).toBe(false);
  });

  test("many at once are answered each with its own answer", async () => {
    const texts = Array.from({ length: 40 }, (_, i) => Buffer.from(`message ${i}`));
    const signatures = await Promise.all(texts.map((text) => keys.sign(text)));
    const verdicts = await Promise.all(
      texts.map((text, i) => keys.verify(keys.nodePublicKey, text, signatures[i % 2 === 0 ? i : 0] ?? "")),
    );
    expect(verdicts).toEqual(texts.map((_, i) => i % 2 === 0));
  });

  test("what is signed for a danger goes before all that waits (nmg:2.2.1)", async () => {
    const pool = openSm2Pool(makeSm2Pair(), 1);
    const done: string[] = [];
    const ask = async (name: string): Promise<void> => {
      await pool.sign(Buffer.from(name));
      done.push(name);
    };
    const ordinary = Array.from({ length: 60 }, (_, i) => ask(`ordinary ${i}`));
    const urgent = urgently(() => ask("urgent"));
    await Promise.all([...ordinary, urgent]);
    // One thread: the request in its hand and the one that lay ready were ahead, nothing else.
    expect(done.indexOf("urgent")).toBe(2);
    expect(done).toHaveLength(61);
    await pool.close();
  });

  test("after closing, a request is refused instead of waiting for ever", async () => {
    const closing = openPassingKeys();
    await closing.close();
    await expect(closing.sign(Buffer.from("x"))).rejects.toThrow("closed");
  });
});
