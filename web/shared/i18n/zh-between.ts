/** Words of what goes between the two desks: facts told, returns, doubtful values, missing halves; Chinese; en-between.ts must hold the same keys. */
export const zhBetween = {
  "step.NO_INITIAL_RESPONSE": "先记录先期处置",
  "step.NOT_CONFIRMED": "等对方确认本台的受理",
  "step.NOT_HOLDER": "本件现不由本台负责",
  "step.NOT_IN_STATE": "与对方的对接还没有走完",
  "step.DANGER_NOT_TAKEN_OVER": "危险推送还没有在对方上屏，先电话告知",
} as const;
