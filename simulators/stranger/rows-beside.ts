/**
 * Rows of the tables of docs/protocol/linkage.md as they stood when this desk was written, in the notation of that page:
 * row | from | on | if | refused with, unless | to | sends | alarms | noted. Left out: the sender of a push; who pushes to
 * a hotline is not this desk.
 */
export const URGENT_RECEIVER = `
| 6-pushed-no-seat | (born) | message:push | noSeat |  | active | noSeatOnDuty | noSeatOnDuty |  |
| 6-pushed | (born) | message:push |  |  | active |  |  |  |
| 6-pushed-more-no-seat | active | message:push | noSeat |  | active | noSeatOnDuty | noSeatOnDuty |  |
| 6-pushed-more | active | message:push |  |  | active |  |  |  |
| 6-revived-no-seat | endReported, ended | message:push | noSeat |  | active | noSeatOnDuty | noSeatOnDuty |  |
| 6-revived | endReported, ended | message:push |  |  | active |  |  |  |
| 6-shown | active | command:shown | unshown |  | same | delivered |  |  |
| 6-sign-shown | active | command:sign | unshown, onScreen | signsOnce | same | delivered, signed |  |  |
| 6-sign | active | command:sign |  | signsOnce | same | signed |  |  |
| 6-end | active | command:end |  | pushShown | endReported | ended |  |  |
| 6-progress | active, endReported, ended | command:progress |  |  | same | progress |  |  |
| 6-end-held | endReported | message:endHeld | currentPush |  | ended |  |  |  |
| 6-end-held-stale | active, endReported, ended | message:endHeld | stalePush |  | same |  |  | STALE |
| 9-urgent-seat | active | timer:urgentSeat | unshown |  | same | noSeatOnDuty | noSeatOnDuty |  |
| 2-receipt-to-r-urgent | active, endReported, ended | receipt |  |  | same |  |  |  |
`;

export const NOTICE_SENDER = `
| 4-notify | (born) | command:notify |  | noticeSaid | sent | notice |  |  |
| 4-told-received | sent | receipt |  |  | received |  |  |  |
| 4-told-read | sent, received | message:noticeRead |  |  | read |  |  |  |
| 4-told-progress | sent, received, read | message:progress |  |  | same |  |  |  |
| 4-receipt-to-s | received, read | receipt |  |  | same |  |  |  |
`;

export const NOTICE_RECEIVER = `
| 4-noticed | (born) | message:notice |  |  | received |  | noticeUnread |  |
| 4-read | received | command:readNotice |  |  | read | noticeRead |  |  |
| 4-progress | received, read | command:progress |  |  | same | progress |  |  |
| 4-receipt-to-r | received, read | receipt |  |  | same |  |  |  |
`;

export const SUPPORT_SENDER = `
| 7-ask | (born) | command:askSupport |  | supportSaid | requested | support |  |  |
| 7-told-granted | requested | message:granted |  |  | granted |  | supportMoved |  |
| 7-told-declined | requested | message:declined |  |  | declined |  | supportMoved |  |
| 7-end-s | requested, granted | command:endSupport |  | resultSaid | ended | supportEnded |  |  |
| 7-told-ended-s | requested, granted | message:supportEnded |  |  | ended |  | supportMoved |  |
| 7-late-granted | ended | message:granted |  |  | same |  |  | CROSSED |
| 7-late-declined | ended | message:declined |  |  | same |  |  | CROSSED |
| 7-ended-twice-s | ended | message:supportEnded |  |  | same |  |  | CROSSED |
| 7-told-progress | requested, granted, declined, ended | message:progress |  |  | same |  |  |  |
| 7-receipt-to-s | requested, granted, declined, ended | receipt |  |  | same |  |  |  |
`;

export const SUPPORT_RECEIVER = `
| 7-asked | (born) | message:support |  |  | requested |  | supportAsked |  |
| 7-grant | requested | command:grant |  |  | granted | granted |  |  |
| 7-decline | requested | command:decline |  | declineSaid | declined | declined |  |  |
| 7-end-r | requested, granted | command:endSupport |  | resultSaid | ended | supportEnded |  |  |
| 7-told-ended-r | requested, granted, declined | message:supportEnded |  |  | ended |  | supportMoved |  |
| 7-ended-twice-r | ended | message:supportEnded |  |  | same |  |  | CROSSED |
| 7-progress | requested, granted, declined, ended | command:progress |  |  | same | progress |  |  |
| 7-receipt-to-r | requested, granted, declined, ended | receipt |  |  | same |  |  |  |
`;
