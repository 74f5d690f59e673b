// Which rows are chosen: ids in a set, replaced and never changed in place.

/** With `id` if it was not there, without it if it was. */
export function toggled(chosen, id) {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** With all of `ids` between the one chosen last and this one, in their order. */
export function ranged(chosen, ids, last, id) {
  const from = ids.indexOf(last);
  const to = ids.indexOf(id);
  if (from < 0 || to < 0) return toggled(chosen, id);
  return new Set([...chosen, ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)]);
}

/** The id of the row to go on with once `gone` have been seen to: the next below them, else the last above. */
export function nextAfter(ids, gone, current) {
  const at = ids.indexOf(current);
  if (at < 0) return "";
  const left = (id) => !gone.has(id);
  return ids.slice(at + 1).find(left) ?? ids.slice(0, at).findLast(left) ?? "";
}
