// Words and digits that differ by slips, as `methods/linkage/evidence.py` counts them.

/** Whether so many slips turn one word into the other; swapped neighbours are one slip. */
export function isWithin(one, other, slips) {
  if (one === other) return true;
  if (!slips || Math.abs(one.length - other.length) > slips) return false;
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  const left = one.slice(start);
  const right = other.slice(start);
  const without = (word, count) => word.slice(count);
  if (isWithin(without(left, 1), without(right, 1), slips - 1)) return true;
  if (isWithin(without(left, 1), right, slips - 1)) return true;
  if (isWithin(left, without(right, 1), slips - 1)) return true;
  const isSwapped = left.length > 1 && left[0] === right[1] && left[1] === right[0];
  return isSwapped && isWithin(without(left, 2), without(right, 2), slips - 1);
}

/** Whether two words differ by a slip: one in words of four letters, two from eight on. */
export function areAlike(one, other) {
  const shorter = Math.min(one.length, other.length);
  return shorter >= 4 && isWithin(one, other, shorter >= 8 ? 2 : 1);
}

/** Whether a single letter begins a longer word. */
export function isInitial(one, other) {
  return (one.length === 1) !== (other.length === 1) && one[0] === other[0];
}

/** Whether one word is how people call the other: its first three letters or last four. */
export function isShortForm(one, other) {
  if (one.length === other.length) return false;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= 3 && long.startsWith(short)) return true;
  return short.length >= 4 && long.endsWith(short);
}

/** In how many places equally long digits differ; two neighbours swapped count as one. */
export function digitSlips(one, other) {
  const places = [...one].flatMap((digit, place) => (digit === other[place] ? [] : [place]));
  const [first, second] = places;
  if (places.length === 2 && second === first + 1) {
    if (one[first] === other[second] && one[second] === other[first]) return 1;
  }
  return places.length;
}

/** Letters added, left out, changed or swapped (`places/rules.py`); `limit + 1` for more. */
export function slips(written, meant, limit) {
  if (Math.abs(written.length - meant.length) > limit) return limit + 1;
  let before = null;
  let row = Array.from({ length: meant.length + 1 }, (_none, place) => place);
  for (let i = 1; i <= written.length; i += 1) {
    const above = row;
    row = [i];
    for (let j = 1; j <= meant.length; j += 1) {
      const changed = above[j - 1] + (written[i - 1] === meant[j - 1] ? 0 : 1);
      let cost = Math.min(above[j] + 1, row[j - 1] + 1, changed);
      const isSwap = i > 1 && j > 1 && written[i - 1] === meant[j - 2] && written[i - 2] === meant[j - 1];
      if (isSwap) cost = Math.min(cost, before[j - 2] + 1);
      row.push(cost);
    }
    before = above;
  }
  return Math.min(row.at(-1), limit + 1);
}
