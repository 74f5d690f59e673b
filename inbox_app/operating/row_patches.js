// Puts lists of rows together again of which the server sends what changed (`pages/tabs/row_patches.py`).

function patched(rows, { gone, put }) {
  const known = new Map(rows.map((row) => [row.id, row]));
  const away = new Set([...gone, ...put.map(([, row]) => row.id ?? row)]);
  const after = rows.filter((row) => !away.has(row.id));
  for (const [at, row] of put) after.splice(at, 0, row.id ? row : known.get(row));
  return after;
}

/** The state with the patches of a delta in it, and what else the delta says. */
export function withPatches(state, delta) {
  const rest = {};
  let next = state;
  for (const [name, value] of Object.entries(delta)) {
    if (value?.$patch) next = { ...next, [name]: patched(state[name], value.$patch) };
    else rest[name] = value;
  }
  return [next, rest];
}
