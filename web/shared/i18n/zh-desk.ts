/** Words around the screens of a desk: keys that cannot act now, the account, log-in; Chinese; en-desk.ts must hold the same keys. */
export const zhDesk = {
  "queue.returned": "对方已退回，待本台决定",
  "logout.title": "还有 {n} 份草稿没有提交",
  "logout.what": "退出登录就会丢弃，在本浏览器的所有标签页都一样。",
  "logout.back": "先不退出",
  "login.locked": "尝试次数过多，还要等 {n} 秒。",
  "login.again": "现在可以再试。",
  "idle.nothingToSign": "没有待签收的紧急推送。",
  "idle.acceptWhat": "F2 受理对方移交：先从“待受理”打开一件。遇有危险请按 F9。",
  "idle.nothingToAccept": "本件没有等本台受理的移交。遇有危险请按 F9。",
  "idle.noDraft": "没有写到一半的登记。",
  "idle.noMoreAlarms": "报警已全部显示。",
  "idle.handOverWhat": "F8 移交对方：先打开一件诉求。",
  "idle.notToHandOver": "本件现在不能移交。",
} as const;
