// Who is alike, by the same rules as the server's, among those carried and those enrolled here.

import { openAlike } from "./alike.js";
import { peopleMadeHere } from "./made_here.js";
import { NOBODY } from "./suspects.js";

/** Open the check; without its tables nobody is alike here, and the server looks later. */
export async function openMatcher({ area, queue, page, amends = "" }) {
  try {
    const model = await (await fetch(page.dataset.model)).json();
    const alike = await openAlike(model, area.data?.people ?? [], area.data?.areas ?? []);
    const made = (await peopleMadeHere(queue)).filter((one) => !one.pk && one.madeBy !== amends);
    for (const one of made) alike.add(typedOf(one));
    return alike;
  } catch {
    return NOBODY;
  }
}

function typedOf({ bornOn, ref, ...known }) {
  return { ...known, born_on: bornOn, nik: "", ref };
}
