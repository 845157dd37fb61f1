import type { FileNotice } from "../core/file/index.ts";
import { parseCheckCode, parseRequestNo } from "../core/request-number/index.ts";
import type { Result } from "../kernel/index.ts";
import { err, ok } from "../kernel/index.ts";

type Template = FileNotice["template"];

/** What a text may be made of; nothing else of a notice's params is ever printed. */
type TextParts = { readonly requestNo: string; readonly checkCode: string | null };

/** Chinese line, then English line. */
type Lines = readonly [zh: string, en: string];

const TEXTS: Readonly<Record<Template, (parts: TextParts) => Lines>> = {
  orderDispatched: ({ requestNo }) => [
    `您单位有新工单，编号${requestNo}，请登录系统签收办理。`,
    `New work order ${requestNo} for your unit. Please log in to acknowledge and handle it.`,
  ],
  requestRegistered: ({ requestNo, checkCode }) =>
    checkCode === null
      ? [
          `您的诉求已登记，编号${requestNo}，请保存。`,
          `Your request is registered: ${requestNo}. Please keep this number.`,
        ]
      : [
          `您的诉求已登记，编号${requestNo}，查询码${checkCode}，凭两者可查询进展，请勿转告他人。`,
          `Your request is registered: ${requestNo}, check code ${checkCode}. Use both to see its status; keep the code to yourself.`,
        ],
  deadlineNear: ({ requestNo }) => [
    `您单位的工单（编号${requestNo}）办理时限将至，请及时登录系统办理。`,
    `The time limit of work order ${requestNo} of your unit is near. Please log in and handle it.`,
  ],
  deadlinePassed: ({ requestNo }) => [
    `您单位的工单（编号${requestNo}）已超过办理时限，请立即登录系统办理。`,
    `The time limit of work order ${requestNo} of your unit has passed. Please log in and handle it at once.`,
  ],
  requestConcluded: ({ requestNo }) => [
    `您的诉求（编号${requestNo}）已办结，工作人员将与您联系告知结果；进展可凭编号和查询码查询。`,
    `Your request ${requestNo} is concluded. We will call you with the result; its number and your check code show the status.`,
  ],
};

/** The param that is not what its name says is named, its value is not: it may be anything. */
export type NoticeTextRefusal =
  | { readonly code: "NOTICE_TEMPLATE_UNKNOWN"; readonly template: string }
  | { readonly code: "NOTICE_PARAM_WRONG"; readonly param: "requestNo" | "checkCode" };

/**
 * The words of a notice: two lines, Chinese first, English second. Made only of a template and of params that pass for a
 * request number and a check code, so that no personal value can slip into a message. `checkCode` belongs to
 * `requestRegistered` only and may be absent there (it lies in the vault; the caller adds it at the last moment).
 * @source nmg:2.2.1
 */
export function noticeText(
  template: string,
  params: Readonly<Record<string, string>>,
): Result<string, NoticeTextRefusal> {
  if (!isTemplate(template)) return err({ code: "NOTICE_TEMPLATE_UNKNOWN", template });
  const number = parseRequestNo(params["requestNo"] ?? "");
  if (!number.ok) return err({ code: "NOTICE_PARAM_WRONG", param: "requestNo" });
  const given = params["checkCode"];
  const checkCode = given === undefined ? null : parseCheckCode(given);
  if (given !== undefined && checkCode === null) return err({ code: "NOTICE_PARAM_WRONG", param: "checkCode" });
  return ok(TEXTS[template]({ requestNo: number.value.no, checkCode }).join("\n"));
}

function isTemplate(template: string): template is Template {
  return Object.hasOwn(TEXTS, template);
}
