/**
 * Where a code appears: `batch` the whole batch is not taken; `entry` in one line of a receipt; `warning` in a receipt;
 * `sender` found by the sender itself.
 */
export type CodePlace = "batch" | "entry" | "warning" | "sender";

/**
 * Whose fault it is, which decides what the sender does: `link` send again by itself; `peer` send again and tell an
 * operator; `message` this message will never be read as it stands: a dead letter; `none` nothing to do.
 */
export type CodeBlame = "link" | "peer" | "message" | "none";

type CodeRow = {
  readonly places: readonly CodePlace[];
  readonly blame: CodeBlame;
  /** HTTP status when it refuses a request; null when it never does. */
  readonly http: number | null;
  readonly zh: string;
  readonly en: string;
};

/** Every code of the exchange, once: place, blame, HTTP status and both texts. `docs/protocol/errors.md` explains each. */
export const EXCHANGE_CODES = {
  EXCHANGE_SCHEMA_INVALID: {
    places: ["batch", "entry"],
    blame: "message",
    http: 400,
    zh: "报文不符合约定格式，见所指字段",
    en: "the message departs from the agreed form at the named field",
  },
  EXCHANGE_PROTOCOL_UNSUPPORTED: {
    places: ["batch", "sender"],
    blame: "peer",
    http: 400,
    zh: "协议版本不受支持",
    en: "the protocol version is not supported",
  },
  EXCHANGE_BATCH_TOO_LARGE: {
    places: ["batch"],
    blame: "link",
    http: 413,
    zh: "批次过大：普通批次最多256条，紧急批次只能1条",
    en: "the batch is too large: at most 256 ordinary messages, exactly one urgent",
  },
  EXCHANGE_WRONG_RECEIVER: {
    places: ["batch"],
    blame: "peer",
    http: 421,
    zh: "该批次不是发给本节点的",
    en: "this batch is addressed to another node",
  },
  EXCHANGE_UNKNOWN_PEER: {
    places: ["batch", "sender"],
    blame: "peer",
    http: 403,
    zh: "发送方未在本节点登记",
    en: "the sender is not registered here",
  },
  EXCHANGE_KEY_UNKNOWN: {
    places: ["batch", "sender"],
    blame: "peer",
    http: 403,
    zh: "签名公钥与登记的不一致",
    en: "the signing key is not the registered one",
  },
  EXCHANGE_SIGNATURE_WRONG: {
    places: ["batch", "sender"],
    blame: "peer",
    http: 401,
    zh: "签名验证不通过",
    en: "the signature does not verify",
  },
  EXCHANGE_BATCH_ID_REUSED: {
    places: ["batch"],
    blame: "link",
    http: 409,
    zh: "批次号已用于另一批内容",
    en: "the batch number was used for other content",
  },
  EXCHANGE_BUSY: {
    places: ["batch"],
    blame: "link",
    http: 429,
    zh: "普通通道繁忙，请稍后重发",
    en: "the ordinary lane is busy, send again later",
  },
  EXCHANGE_RECEIVER_FAULT: {
    places: ["batch", "entry"],
    blame: "link",
    http: 503,
    zh: "接收方暂时无法保存，请重发",
    en: "the receiver cannot store it now, send again",
  },
  EXCHANGE_CATALOGUE_UNKNOWN: {
    places: ["batch"],
    blame: "peer",
    http: 404,
    zh: "没有这个版本的目录",
    en: "there is no such version of the catalogue",
  },
  EXCHANGE_APPROVALS_FULL: {
    places: ["batch"],
    blame: "peer",
    http: 409,
    zh: "对方所签目录版本中未生效的已达上限，不再收存",
    en: "as many of the sender's approvals as are kept have not taken effect here",
  },
  EXCHANGE_APPROVAL_AHEAD: {
    places: ["batch"],
    blame: "peer",
    http: 409,
    zh: "目录签署时间比本节点时钟超前5分钟以上，请核对时钟",
    en: "the approval is dated more than 5 minutes ahead of the receiver's clock; check both clocks",
  },
  EXCHANGE_DIGEST_MISMATCH: {
    places: ["entry"],
    blame: "link",
    http: null,
    zh: "报文内容与签名摘要不符，未采用",
    en: "the message is not the one that was signed and was not taken",
  },
  EXCHANGE_ENTRY_UNREADABLE: {
    places: ["entry"],
    blame: "message",
    http: null,
    zh: "报文缺少编号、会话或序号，无法归位",
    en: "the message lacks what places it: id, conversation or sequence",
  },
  EXCHANGE_SENDER_MISMATCH: {
    places: ["entry"],
    blame: "message",
    http: null,
    zh: "报文的收发方与批次不一致",
    en: "the message is not from or not for the parties of its batch",
  },
  UNKNOWN_TYPE: {
    places: ["entry"],
    blame: "none",
    http: null,
    zh: "报文类型未知，已留存",
    en: "the message type is unknown; it is kept",
  },
  EXCHANGE_REPAIRED: {
    places: ["entry"],
    blame: "peer",
    http: null,
    zh: "紧急推送有字段不合格式，已按缺失处理并送达",
    en: "fields of an urgent push were unreadable and taken as missing; it went through",
  },
  EXCHANGE_ENCLOSURE_MISMATCH: {
    places: ["entry"],
    blame: "peer",
    http: null,
    zh: "随附内容与承诺值不符，已另存并标记",
    en: "an enclosed value does not match its commitment and is kept apart, marked",
  },
  EXCHANGE_ENCLOSURE_UNREADABLE: {
    places: ["entry"],
    blame: "peer",
    http: null,
    zh: "随附内容不符合约定格式，已另存并标记",
    en: "an enclosed value departs from the agreed form and is kept apart, marked",
  },
  EXCHANGE_ENCLOSURE_UNREFERENCED: {
    places: ["entry"],
    blame: "peer",
    http: null,
    zh: "随附内容未被报文引用，已另存并标记",
    en: "an enclosed value is not referred to by its message and is kept apart, marked",
  },
  EXCHANGE_CLOCK_FAR: {
    places: ["warning"],
    blame: "none",
    http: null,
    zh: "双方时钟相差超过5分钟",
    en: "the two clocks are more than 5 minutes apart",
  },
  EXCHANGE_LINK_DOWN: {
    places: ["sender"],
    blame: "link",
    http: null,
    zh: "对方节点无法连接",
    en: "the peer cannot be reached",
  },
  EXCHANGE_LINK_TIMEOUT: {
    places: ["sender"],
    blame: "link",
    http: null,
    zh: "对方节点未在时限内答复",
    en: "the peer did not answer in time",
  },
  EXCHANGE_ANSWER_UNREADABLE: {
    places: ["sender"],
    blame: "peer",
    http: null,
    zh: "对方答复不符合约定格式",
    en: "the peer's answer departs from the agreed form",
  },
  EXCHANGE_RECEIPT_FORGED: {
    places: ["sender"],
    blame: "peer",
    http: null,
    zh: "回执签名验证不通过",
    en: "the receipt's signature does not verify",
  },
  EXCHANGE_RECEIPT_MISMATCH: {
    places: ["sender"],
    blame: "peer",
    http: null,
    zh: "回执所列摘要不是本批次的",
    en: "the receipt quotes other digests than the batch's",
  },
  EXCHANGE_MESSAGE_UNWRITABLE: {
    places: ["sender"],
    blame: "message",
    http: null,
    zh: "报文无法写成规范形式",
    en: "the message has no canonical form",
  },
} as const satisfies Record<string, CodeRow>;

export type ExchangeCode = keyof typeof EXCHANGE_CODES;

/** A code as this node knows it; null for one of a later version or of the receiving application. */
export function knownCode(code: string): ExchangeCode | null {
  return isExchangeCode(code) ? code : null;
}

function isExchangeCode(code: string): code is ExchangeCode {
  return Object.hasOwn(EXCHANGE_CODES, code);
}

/** What a sender does about a code; one it does not know is nobody's fault and changes nothing. */
export function blameOf(code: string | undefined): CodeBlame {
  const known = code === undefined ? null : knownCode(code);
  return known === null ? "none" : EXCHANGE_CODES[known].blame;
}
