/**
 * Rows of the tables of docs/protocol/linkage.md as they stood when this desk was written, in the notation of that page:
 * row | from | on | if | refused with, unless | to | sends | alarms | noted. Left out: absorbing, third desks, chains over
 * several desks (this desk has one peer), and rulings entered here (it rules nothing, it obeys).
 */
export const HAND_OVER_SENDER = `
| 5.1-offer-second | (born) | command:offer | targetKnewMatter | holder, confirmedGrant, oneOpenOffer, stepwise, initialResponse | negotiating | offer | threeWayCall |  |
| 5.1-offer | (born) | command:offer |  | holder, confirmedGrant, oneOpenOffer, stepwise, initialResponse | offered | offer |  |  |
| 5.1-negotiate | offered, returned | command:negotiate |  |  | negotiating | negotiate |  |  |
| 5.1-answer-overdue | offered | timer:answerAtSender |  |  | negotiating | negotiate |  |  |
| 5.1-returned-overdue | returned | timer:decideReturned |  |  | negotiating | negotiate |  |  |
| 5.1-hold-first-receiver | negotiating | command:hold | peerIsFirstReceiver |  | bound | bound |  |  |
| 5.1-hold | negotiating | command:hold |  |  | held | held | arbiterCalled |  |
| 5.1-negotiation-overdue-first-receiver | negotiating | timer:negotiation | peerIsFirstReceiver |  | bound | bound |  |  |
| 5.1-negotiation-overdue | negotiating | timer:negotiation |  |  | held | held | arbiterCalled |  |
| 5.1-withdraw | offered, negotiating, held, returned | command:withdraw |  |  | withdrawn | withdrawn |  |  |
| 5.1-add | offered, negotiating, held, bound, returned, accepted, concluded, reopening | command:add |  |  | same | addition |  |  |
| 5.1-close | concluded | command:close | closesHere |  | closed | closed |  |  |
| 5.1-reopen | concluded, closed | command:reopen |  | holdsAbove | reopening | reopen |  |  |
| 5.1-accepted-back | offered, negotiating, held, bound | message:accepted | handBack |  | handedBack | confirmed |  |  |
| 5.1-accepted | offered, negotiating, held, bound | message:accepted |  |  | accepted | confirmed |  |  |
| 5.1-late-accepted | withdrawn | message:accepted |  |  | same |  | lateFact | LATE |
| 5.1-late-returned | withdrawn | message:returned |  |  | same |  | lateFact | LATE |
| 5.1-late-concluded | withdrawn | message:concluded |  |  | same |  | lateFact | LATE |
| 5.1-late-negotiate | withdrawn | message:negotiate |  |  | same |  |  | LATE |
| 5.1-late-rejected | withdrawn | message:rejected |  |  | same |  |  | LATE |
| 5.1-late-progress | withdrawn | message:progress |  |  | same |  | lateFact | LATE |
| 5.1-returned | offered | message:returned |  |  | returned |  |  |  |
| 5.1-returned-crossed | negotiating, held, bound | message:returned |  |  | same |  |  | CROSSED |
| 5.1-told-negotiate | offered | message:negotiate |  |  | negotiating |  |  |  |
| 5.1-told-negotiate-crossed | negotiating, held, bound | message:negotiate |  |  | same |  |  | CROSSED |
| 5.1-told-ruling-to-self | negotiating, held | message:ruling | rulingToSelf |  | withdrawn | withdrawn |  |  |
| 5.1-told-ruling | negotiating, held | message:ruling |  |  | same |  | rulingReceived |  |
| 5.1-told-ruling-stale | bound, accepted, withdrawn | message:ruling |  |  | same |  | rulingStale | RULING_STALE |
| 5.1-rejected | offered, negotiating, held, bound | message:rejected |  |  | rejected |  |  |  |
| 5.1-concluded | accepted | message:concluded | coversAdditions |  | concluded | conclusionHeld |  |  |
| 5.1-concluded-void | accepted | message:concluded |  |  | same |  |  | VOID |
| 5.1-told-closed | concluded | message:closed | handOff |  | closed |  |  |  |
| 5.1-reopened-own | concluded, closed | message:reopened | ownReopen |  | accepted |  |  |  |
| 5.1-reopened-own-at-work | accepted | message:reopened | ownReopen |  | same |  |  | CROSSED |
| 5.1-reopened-own-crossed | reopening | message:reopened | ownReopen |  | same |  |  | CROSSED |
| 5.1-reopened-answer | reopening | message:reopened |  |  | accepted |  |  |  |
| 5.1-concluded-crossed | reopening | message:concluded |  |  | same |  |  | CROSSED |
| 5.1-closed-crossed | reopening | message:closed |  |  | same |  |  | CROSSED |
| 5.1-progress | offered, negotiating, held, returned, bound, accepted, concluded, closed, reopening, absorbed, rejected | message:progress |  |  | same |  |  |  |
| 5.1-after-hand-back | handedBack | message:any |  |  | same |  |  | ATTACHED |
| 2-receipt-to-s | offered, negotiating, held, returned, bound, accepted, concluded, closed, reopening, absorbed, rejected, withdrawn, handedBack | receipt |  |  | same |  |  |  |
`;

export const HAND_OVER_RECEIVER = `
| 5.2-offer-rejected | (born) | message:offer | offerRejected |  | rejected | rejected |  |  |
| 5.2-offer-bound | (born) | message:offer | offerBound |  | accepted? | accepted |  |  |
| 5.2-offer-second | (born) | message:offer | offerNegotiating |  | negotiating |  | threeWayCall |  |
| 5.2-offer | (born) | message:offer |  |  | offered |  |  |  |
| 5.2-accept | offered, negotiating, held | command:accept |  | additionsRead | accepted? | accepted |  |  |
| 5.2-return | offered | command:return |  | returnUnused, returnOpen, additionsRead, returnComplete | returned | returned |  |  |
| 5.2-negotiate | offered | command:negotiate |  |  | negotiating | negotiate |  |  |
| 5.2-conclude-unconfirmed | accepted? | command:conclude |  | lasting, notPassedOn, nothingOffered, additionsRead | concluding? | concluded |  |  |
| 5.2-conclude | accepted | command:conclude |  | lasting, notPassedOn, nothingOffered, additionsRead | concluding | concluded |  |  |
| 5.2-close | toCallBack | command:close |  | additionsRead | closed | closed |  |  |
| 5.2-reopen | concluding, released, toCallBack, closed | command:reopen |  |  | accepted | reopened |  |  |
| 5.2-progress | offered, negotiating, held, returned, accepted?, concluding?, accepted, concluding, released, toCallBack, closed, withdrawn, rejected, absorbed | command:progress |  |  | same | progress |  |  |
| 5.2-read | offered, negotiating, held, returned, accepted?, concluding?, accepted, concluding, released, toCallBack, closed, withdrawn, rejected, absorbed | command:readAdditions |  |  | same |  |  |  |
| 5.2-withdrawn | offered, negotiating, held, returned, rejected | message:withdrawn |  |  | withdrawn |  |  |  |
| 5.2-stood-down | accepted?, concluding? | message:withdrawn |  |  | withdrawn | progress | stoodDown |  |
| 5.2-told-negotiate | offered, returned | message:negotiate |  |  | negotiating |  |  |  |
| 5.2-told-negotiate-crossed | negotiating, accepted?, concluding?, rejected | message:negotiate |  |  | same |  |  | CROSSED |
| 5.2-told-held | negotiating, offered, returned | message:held |  |  | held |  |  |  |
| 5.2-told-held-crossed | accepted?, concluding?, rejected | message:held |  |  | same |  |  | CROSSED |
| 5.2-told-bound | offered, negotiating, held, returned | message:bound |  |  | accepted? | accepted |  |  |
| 5.2-told-bound-crossed | accepted?, concluding?, rejected | message:bound |  |  | same |  |  | CROSSED |
| 5.2-confirmed-back | accepted? | message:confirmed | handBack |  | handedBack |  |  |  |
| 5.2-confirmed | accepted? | message:confirmed |  |  | accepted |  |  |  |
| 5.2-confirmed-concluding | concluding? | message:confirmed |  |  | concluding |  |  |  |
| 5.2-addition-revives-unconfirmed | concluding? | message:addition |  |  | accepted? |  |  |  |
| 5.2-addition-revives | concluding | message:addition |  |  | accepted |  |  |  |
| 5.2-addition | offered, negotiating, held, returned, accepted?, accepted, released, toCallBack, closed, withdrawn, rejected, absorbed | message:addition |  |  | same |  |  |  |
| 5.2-held-released | concluding | message:conclusionHeld | latestConclusion, follow |  | released |  |  |  |
| 5.2-held-to-call-back | concluding | message:conclusionHeld | latestConclusion, handOff |  | toCallBack |  |  |  |
| 5.2-held-stale | accepted, concluding | message:conclusionHeld |  |  | same |  |  | STALE |
| 5.2-closed-stale | accepted, concluding | message:closed |  |  | same |  |  | STALE |
| 5.2-told-closed | released | message:closed | latestConclusion |  | closed |  |  |  |
| 5.2-told-reopen | accepted, concluding, released, toCallBack, closed | message:reopen |  |  | accepted | reopened |  |  |
| 5.2-after-hand-back | handedBack | message:any |  |  | same |  |  | ATTACHED |
| 2-receipt-to-r | offered, negotiating, held, returned, accepted?, concluding?, accepted, concluding, released, toCallBack, closed, withdrawn, rejected, absorbed, handedBack | receipt |  |  | same |  |  |  |
`;
