import { row, rowOfPlan } from "./row.ts";
import type { ProblemRow } from "./row.ts";

/** What use cases refuse besides the rules. */
export type AppCode =
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "ETAG_STALE"
  | "IDEMPOTENCY_KEY_REUSED"
  | "CONFLICT"
  | "BUSY"
  | "UNAVAILABLE"
  | "ITEM_UNKNOWN"
  | "UNIT_UNKNOWN"
  | "UNIT_WRONG_SIDE"
  | "UNIT_RETIRED"
  | "PEER_UNKNOWN"
  | "NO_ARBITER"
  | "PLACE_UNKNOWN"
  | "CODE_UNKNOWN"
  | "FIELD_UNKNOWN"
  | "FIELD_NOT_REVEALABLE"
  | "FIELD_ERASED"
  | "NOT_ON_DUTY"
  | "PUSH_SUPERSEDED"
  | "ALARM_UNKNOWN"
  | "ALARM_OUTCOME_NEEDED"
  | "DEAD_LETTER_UNKNOWN"
  | "STATUS_UNKNOWN"
  | "VERSION_UNKNOWN"
  | "VERSION_STATE"
  | "VERSION_OLDER"
  | "VERSION_DIFFERS"
  | "VERSION_UNUSABLE"
  | "VERSION_OTHER_TEXT"
  | "CURSOR_UNKNOWN";

/** What the edge itself refuses. */
export type HttpCode =
  | "NOT_LOGGED_IN"
  | "LOGIN_FAILED"
  | "LOCKED_OUT"
  | "CSRF"
  | "RATE_LIMITED"
  | "TOO_MANY_STREAMS"
  | "IDEMPOTENCY_KEY_MISSING"
  | "IDEMPOTENCY_KEY_INVALID"
  | "IF_MATCH_INVALID"
  | "SCHEMA_INVALID"
  | "JSON_INVALID"
  | "BODY_TOO_LARGE"
  | "MEDIA_TYPE"
  | "ROUTE_UNKNOWN"
  | "PRESENT_BYPASSED"
  | "INTERNAL";

const APP_ROWS = {
  FORBIDDEN: row(403, "您没有此项权限", "You may not do this", "nmg:2.3.2"),
  NOT_FOUND: row(404, "没有找到", "Not found"),
  ETAG_STALE: row(
    412,
    "诉求已被他人更新，请重新读取后再操作",
    "Somebody changed the request meanwhile; read it again first",
  ),
  IDEMPOTENCY_KEY_REUSED: row(
    422,
    "同一 Idempotency-Key 已用于另一内容",
    "This Idempotency-Key was used with another body",
  ),
  CONFLICT: row(409, "他人正在同时办理，请重试", "Somebody else acted at the same moment; try again"),
  BUSY: row(503, "系统繁忙，请稍后重试", "The system is busy; try again shortly"),
  UNAVAILABLE: row(
    503,
    "数据库暂时无法访问，请重试；紧急情况请直接拨打对方值班电话",
    "The database cannot be reached; try again. In danger dial the other desk's duty phone",
  ),
  ITEM_UNKNOWN: row(422, "事项目录中没有编号 {item}", "The catalogue has no item {item}"),
  UNIT_UNKNOWN: row(422, "没有单位 {unit}", "There is no unit {unit}"),
  UNIT_WRONG_SIDE: row(
    422,
    "{unit} 不办这类单：工单派给政府单位，警单派给公安单位",
    "{unit} takes no such order: work orders go to government units, police orders to police units",
  ),
  UNIT_RETIRED: row(
    422,
    "{unit} 自 {from} 起不再接收新单，请派给接替单位：{successor}",
    "{unit} takes no new order since {from}; its successor: {successor}",
  ),
  PEER_UNKNOWN: row(422, "没有登记平台 {nodeCode}", "No desk {nodeCode} is registered here"),
  NO_ARBITER: row(
    403,
    "没有协议授权本平台值班裁定；请选“会商”并写明会商结果",
    "No agreement lets this desk rule by its duty lead; choose consultation and write down its result",
    "nmg:2.2.4",
  ),
  PLACE_UNKNOWN: row(422, "没有行政区划代码 {place}", "There is no division {place}"),
  CODE_UNKNOWN: row(422, "“{field}”没有代码 {value}", "{field} has no code {value}"),
  FIELD_UNKNOWN: row(404, "没有字段 {field}", "There is no field {field}"),
  FIELD_NOT_REVEALABLE: rowOfPlan(
    { nmg: { clause: "nmg:2.3.2", words: "明确知悉范围" } },
    row(403, "字段 {field} 不在您的知悉范围内", "Field {field} is outside your scope", "nmg:2.3.2"),
  ),
  FIELD_ERASED: row(410, "该内容已依规删除", "The value was erased by rule", "nmg:2.3.2"),
  NOT_ON_DUTY: row(
    409,
    "本席位未在岗，不能确认推送已上屏；请先设为在岗",
    "This seat is not on duty, so it cannot confirm a push as shown; go on duty first",
    "nmg:2.2.1",
  ),
  PUSH_SUPERSEDED: row(
    409,
    "紧急推送已有更新（第 {pushNo} 次），请看过最新内容再确认",
    "The urgent push has changed (push {pushNo}); look at the newest first",
    "nmg:2.2.1",
  ),
  ALARM_UNKNOWN: row(404, "该告警已不存在", "The alarm is not there any more"),
  ALARM_OUTCOME_NEEDED: row(
    422,
    "须拨打电话并填写结果（reached、notReached: …、handedOverByVoice: …），才能解除此告警",
    "Dial the number and say what came of it (reached, notReached: …, handedOverByVoice: …) to end this alarm",
  ),
  DEAD_LETTER_UNKNOWN: row(404, "没有这条待处理消息", "There is no such dead letter"),
  STATUS_UNKNOWN: row(404, "编号或查询码不正确", "The number or its check code is not right"),
  VERSION_UNKNOWN: row(404, "本节点没有目录版本 {version}", "This node keeps no version {version} of the catalogue"),
  VERSION_STATE: row(409, "{version} 已被后来的版本取代", "{version} was followed by a later version"),
  VERSION_OLDER: row(409, "已有比 {version} 更新的版本生效", "A later version than {version} is in force"),
  VERSION_DIFFERS: row(
    409,
    "{version} 与您看到的文本不同，请重新读取后再签",
    "{version} is another text than the one you looked at; read it again before you sign",
  ),
  VERSION_UNUSABLE: row(
    422,
    "{version} 的时限无法计算，不能签署：{problems}",
    "The limits of {version} cannot be counted, so it cannot be signed: {problems}",
  ),
  VERSION_OTHER_TEXT: row(
    409,
    "对方以 {version} 之名签的是另一文本，须由一方改用下一版本号",
    "The other desk signed another text under {version}; one of the two takes the next number",
  ),
  CURSOR_UNKNOWN: row(400, "游标无效，请从头读取", "The cursor is not known; start again"),
} as const satisfies Record<AppCode, ProblemRow>;

const HTTP_ROWS = {
  NOT_LOGGED_IN: row(401, "请先登录", "Log in first"),
  LOGIN_FAILED: row(401, "账号或密码不正确", "The login or the password is not right"),
  LOCKED_OUT: row(
    429,
    "尝试次数过多，请在 {retryAfterSeconds} 秒后再试",
    "Too many tries; try again in {retryAfterSeconds} seconds",
  ),
  CSRF: row(403, "页面已过期，请刷新后再试", "The page is out of date; reload it"),
  RATE_LIMITED: row(
    429,
    "请求过于频繁，请在 {retryAfterSeconds} 秒后再试",
    "Too many requests; try again in {retryAfterSeconds} seconds",
  ),
  TOO_MANY_STREAMS: row(429, "打开的页面过多，请关闭一些", "Too many live pages are open; close some"),
  IDEMPOTENCY_KEY_MISSING: row(
    400,
    "缺少请求头 Idempotency-Key（UUID）",
    "The header Idempotency-Key (a UUID) is missing",
  ),
  IDEMPOTENCY_KEY_INVALID: row(400, "请求头 Idempotency-Key 不是 UUID", "The header Idempotency-Key is not a UUID"),
  IF_MATCH_INVALID: row(400, "请求头 If-Match 须为一个带引号的 ETag", "The header If-Match must be one quoted ETag"),
  SCHEMA_INVALID: row(400, "填写有误：{what}", "Not valid: {what}"),
  JSON_INVALID: row(400, "内容不是有效的 JSON", "The body is not valid JSON"),
  BODY_TOO_LARGE: row(413, "内容过大", "The body is too large"),
  MEDIA_TYPE: row(415, "只接受 application/json", "Only application/json is accepted"),
  ROUTE_UNKNOWN: row(404, "没有这个地址", "There is no such address"),
  PRESENT_BYPASSED: row(500, "系统内部错误，内容已被拦截", "Internal error: the answer was held back", "nmg:2.3.2"),
  INTERNAL: row(500, "系统内部错误", "Internal error"),
} as const satisfies Record<HttpCode, ProblemRow>;

export const EDGE_ROWS = { ...APP_ROWS, ...HTTP_ROWS } as const satisfies Record<AppCode | HttpCode, ProblemRow>;
