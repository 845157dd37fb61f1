/**
 * Where: divisions down to the village, the names they go by today and went by, and which desks serve them. Decides what a place
 * lies in, what a name means and which 110 desk and 12345 centre a place belongs to. Refuses to know units, requests and where
 * the sheets come from. Serves nmg:2.2.1, nmg:2.3.2, yn:4.1.1, yn:4.2.1.
 */
export { DESK_COLUMNS, parseDesks, parseServiceAreas, SERVICE_AREA_COLUMNS } from "./desk.ts";
export type { Desk, ServiceArea } from "./desk.ts";
export { placeNames } from "./find.ts";
export type { FoundPlace, PlaceNames } from "./find.ts";
export { OTHER_NAME_COLUMNS, parseOtherNames } from "./other-name.ts";
export type { OtherName } from "./other-name.ts";
export { parseRegions, REGION_COLUMNS } from "./region.ts";
export type { Region } from "./region.ts";
export { createRouting, deskOfNode, routeOf } from "./route.ts";
export type { Route, RoutedDesk, Routing } from "./route.ts";
export { shortNameOf } from "./short-name.ts";
export { parseTowns, TOWN_COLUMNS, villagesOf } from "./town.ts";
export type { Town, Village } from "./town.ts";
export { countyOf, prefectureOf, stemsAround, townOf } from "./within.ts";
