// Who is alike, by the same rules as the server's; until those are on the phone, nobody is.

import { NOBODY } from "./suspects.js";

export async function openMatcher(_desk) {
  return NOBODY;
}
