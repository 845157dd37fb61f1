import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import {
  COMMANDS,
  DutyBody,
  LoginBody,
  RegisterBody,
  RequestView,
  RevealBody,
  SearchByPhoneBody,
} from "../../../src/http/contract/index.ts";
import type { CommandName } from "../../../src/http/contract/index.ts";
import { adviceAnswer } from "./advice.ts";
import { approveVersion } from "./agreement.ts";
import { answerAlarm } from "./alarms.ts";
import { carryOut, push } from "./commands.ts";
import { foundByPhone, readAnswer } from "./reads.ts";
import { checked, Refused } from "./refused.ts";
import { instant, newCopy, tell } from "./world.ts";
import type { Copy, Node, Session, Side, World } from "./world.ts";
import { requestView } from "./views.ts";
import { accountOf } from "./accounts.ts";
import { comeLate } from "./late.ts";

const DIST = join(import.meta.dirname, "../../../dist/web");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};
/** What the real node sends with its pages: the screens must live under it. */
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data:";

/** Words for the few refusals the tests provoke. */
const WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  FACTS_MISSING: [
    "办结前还须填写：诉求类型、领域、诉求人类型",
    "Before it is concluded these must be filled in: kind, field, requester",
  ],
  UNREAD_ADDITION: [
    "对方有补充内容尚未阅读：先看补充，再按 Y（补充已阅）",
    "The other desk added something: read it, then press Y, which marks it as read",
  ],
  NOT_CALLED_BACK: ["尚未回访成功", "Not called back yet"],
  ETAG_STALE: ["诉求已被他人更新", "Somebody changed the request meanwhile"],
  FORBIDDEN: ["您没有此项权限", "You may not do this"],
};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : JSON.parse(text);
}

function json(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

const cookieName = (at: Node) => `liandong-${at.code}`;

function sessionOf(at: Node, request: IncomingMessage): Session | null {
  const id = new RegExp(`${cookieName(at)}=([\\w-]+)`).exec(request.headers.cookie ?? "")?.[1];
  return id === undefined ? null : (at.sessions.get(id) ?? null);
}

function serveFile(path: string, response: ServerResponse): void {
  const wanted = join(DIST, path === "/" ? "index.html" : path);
  const file = existsSync(wanted) && extname(wanted) !== "" ? wanted : join(DIST, "index.html");
  response.writeHead(200, {
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    "content-security-policy": CSP,
  });
  response.end(readFileSync(file));
}

function stream(at: Node, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(": hello\n\n");
  const send = (frame: (typeof at.frames)[number]) =>
    response.write(`id: ${frame.cursor}\ndata: ${JSON.stringify(frame)}\n\n`);
  const last = Number(request.headers["last-event-id"] ?? at.frames.length);
  for (const frame of at.frames.slice(last)) send(frame);
  at.ears.add(send);
  const sendAlarms = () => response.write("event: alarms\ndata: {}\n\n");
  at.alarmEars.add(sendAlarms);
  const beat = setInterval(() => response.write(": beat\n\n"), 10_000);
  response.on("close", () => {
    clearInterval(beat);
    at.ears.delete(send);
    at.alarmEars.delete(sendAlarms);
  });
}

function register(world: World, at: Node, session: Session, body: unknown): unknown {
  const input = checked(RegisterBody, body, 400) as {
    fields: object;
    item?: string;
    answers?: Copy["answers"];
    danger?: boolean;
  };
  const copy = newCopy(at, input.fields);
  at.copies.set(copy.no, copy);
  copy.item = input.item ?? null;
  copy.answers = input.answers ?? [];
  world.given.push({ side: at.side, name: "register", subject: copy.no, body: input });
  const who = session.user.displayName;
  tell(at, copy, "CaseRegistered", { who, to: "registered", source: "nmg:2.2.1" });
  if (input.danger === true) push({ world, at, copy, who, body: {} });
  return done(world, at, copy);
}

function done(world: World, at: Node, copy: Copy): unknown {
  const view = checked(RequestView, requestView(world, at, copy), 500);
  return { requestNo: copy.no, caseId: copy.caseId, etag: view.etag, view, repeated: false };
}

function findCommand(path: string): { readonly name: CommandName; readonly subject: string } | null {
  for (const [name, { path: pattern }] of Object.entries(COMMANDS)) {
    const whole = new RegExp(`^${pattern.replace(/:(no|id)/, "([\\w-]+)")}$`);
    const subject = whole.exec(path)?.[1];
    if (subject !== undefined) return { name: name as CommandName, subject };
  }
  return null;
}

function give(
  world: World,
  at: Node,
  session: Session,
  request: IncomingMessage,
  path: string,
  body: unknown,
): unknown {
  const found = findCommand(path);
  if (found === null) throw new Refused(404, "ROUTE_UNKNOWN");
  const { name, subject } = found;
  checked(COMMANDS[name].body, body, 400);
  const copy = [...at.copies.values()].find(
    (one) =>
      one.no === subject || one.linkages.some((l) => l.id === subject) || one.orders.some((o) => o.id === subject),
  );
  if (copy === undefined) throw new Refused(404, "NOT_FOUND");
  const asked = request.headers["if-match"];
  if (asked !== undefined && asked !== `"${copy.version}"`) throw new Refused(412, "ETAG_STALE");
  const act = { world, at, copy, who: session.user.displayName, body: body as Readonly<Record<string, unknown>> };
  const refusal = carryOut(name, subject, act);
  if (refusal !== null) throw new Refused(409, refusal);
  world.given.push({ side: at.side, name, subject, body });
  return done(world, at, copy);
}

/** Commands are answered once a key: the same key gives the first answer again. */
function once(at: Node, request: IncomingMessage, content: string, run: () => unknown): unknown {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string") throw new Refused(400, "IDEMPOTENCY_KEY_MISSING");
  const before = at.done.get(key);
  if (before !== undefined) {
    if (before.content !== content) throw new Refused(422, "IDEMPOTENCY_KEY_REUSED");
    return before.answer;
  }
  const first = run();
  at.done.set(key, { content, answer: first });
  return first;
}

async function answer(world: World, at: Node, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://fake");
  if (!url.pathname.startsWith("/api/")) return serveFile(url.pathname, response);
  await comeLate();
  const path = url.pathname.slice(4);
  const method = request.method ?? "GET";
  if (method === "POST" && path === "/session") {
    const input = checked(LoginBody, await bodyOf(request), 400) as { login: string; password: string };
    const user = accountOf(at.side, input.login);
    if (user === null || input.password !== "demo") throw new Refused(401, "LOGIN_FAILED");
    const id = randomUUID();
    at.sessions.set(id, {
      user,
      csrf: randomUUID(),
      onDuty: user.roles.includes("callTaker"),
      expiresAt: instant(-3_600_000),
      draftKeys: [{ id: "1", key: createHash("sha256").update(`${at.code}/${user.id}`).digest("hex") }],
    });
    return json(response, 200, at.sessions.get(id), {
      "set-cookie": `${cookieName(at)}=${id}; HttpOnly; SameSite=Strict; Path=/`,
    });
  }
  const session = sessionOf(at, request);
  if (path === "/meta") return json(response, 200, readAnswer(world, at, session, path, url.searchParams));
  if (session === null) throw new Refused(401, "NOT_LOGGED_IN");
  if (path === "/stream") return stream(at, request, response);
  if (method === "GET") return json(response, 200, readAnswer(world, at, session, path, url.searchParams));
  if (request.headers["x-csrf-token"] !== session.csrf) throw new Refused(403, "CSRF");
  const body = await bodyOf(request);
  return json(response, 200, change(world, at, session, request, path, body));
}

function change(
  world: World,
  at: Node,
  session: Session,
  request: IncomingMessage,
  path: string,
  body: unknown,
): unknown {
  if (request.method === "DELETE" && path === "/session") {
    for (const [id, one] of at.sessions) if (one === session) at.sessions.delete(id);
    return null;
  }
  if (path === "/session/duty") {
    session.onDuty = (checked(DutyBody, body, 400) as { onDuty: boolean }).onDuty;
    return session;
  }
  if (path === "/alarms/acknowledge") return answerAlarm(world, at, session, body);
  if (path === "/catalogue/agreement/approve") return approveVersion(at, session, body);
  const revealed = /^\/requests\/(\d{19})\/reveal$/.exec(path)?.[1];
  if (revealed !== undefined) {
    const input = checked(RevealBody, body, 400) as { field: string };
    const value = at.copies.get(revealed)?.texts[input.field] ?? null;
    return { field: input.field, value: { showing: "clear", value, revealable: false } };
  }
  if (path === "/catalogue/advice") return adviceAnswer(at, body);
  if (path === "/requests/search") {
    const { phone } = checked(SearchByPhoneBody, body, 400) as { phone: string };
    return foundByPhone(world, at, phone);
  }
  const letter = /^\/dead-letters\/(?:in|out)\/([\w-]+)\/retry$/.exec(path)?.[1];
  if (letter !== undefined) {
    at.dead = at.dead.filter((one) => one.messageId !== letter);
    return null;
  }
  const content = `${path} ${JSON.stringify(body)}`;
  return once(at, request, content, () =>
    path === "/requests" ? register(world, at, session, body) : give(world, at, session, request, path, body),
  );
}

function serve(world: World, at: Node): Server {
  return createServer((request, response) => {
    answer(world, at, request, response).catch((failure: unknown) => {
      const refused = failure instanceof Refused ? failure : new Refused(500, `INTERNAL ${String(failure)}`);
      const [title, titleEn] = WORDS[refused.code] ?? [refused.code, refused.code];
      const { status, code } = refused;
      json(response, status, {
        type: `/api/problems#${code}`,
        title,
        titleEn,
        status,
        code: code.split(" ")[0],
        detail: code.split(" ").slice(1).join(" ") || undefined,
      });
    });
  });
}

export type FakeApi = {
  readonly world: World;
  readonly url: Readonly<Record<Side, string>>;
  readonly close: () => Promise<void>;
};

/** Both desks over one invented world, on free ports of this machine. */
export async function startFakeApi(
  world: World,
  ports: Readonly<Record<Side, number>> = { hotline: 0, police: 0 },
): Promise<FakeApi> {
  const servers = { hotline: serve(world, world.nodes.hotline), police: serve(world, world.nodes.police) };
  const listen = (side: Side) =>
    new Promise<string>((resolve) => {
      servers[side].listen(ports[side], "127.0.0.1", () => {
        const address = servers[side].address();
        resolve(`http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`);
      });
    });
  const url = { hotline: await listen("hotline"), police: await listen("police") };
  const close = async () => {
    for (const server of Object.values(servers)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };
  return { world, url, close };
}
