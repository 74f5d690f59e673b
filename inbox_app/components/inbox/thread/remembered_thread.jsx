// A thread that was seen before is on screen in one frame, as it was left, until the server has brought it up to date.
import { useContext, useMemo } from "react";
import { StateStoreContext } from "$/utils/context-registry";

/** How many threads a tab remembers. */
const MOST = 40;
/** By the id of a thread: what each of the states said of it. */
const seen = new Map();

/** `states`: the names of those that tell of the open thread, the one that has its `header` first; `asked`: the id of the
 *  thread that is to be on screen. */
export function RememberedThread({ states, asked, children }) {
  const store = useContext(StateStoreContext);
  const overlay = useMemo(() => {
    remember(store, states);
    return withMemory(store, states, asked);
  }, [store, asked]);
  return <StateStoreContext.Provider value={overlay}>{children}</StateStoreContext.Provider>;
}

const shown = (store, [thread]) => store.getSnapshot(thread)?.header_rx_state_?.id ?? "";
const isMissing = (store, [thread]) => Boolean(store.getSnapshot(thread)?.missing_rx_state_);

function remember(store, states) {
  const id = shown(store, states);
  if (!id) return;
  seen.delete(id);
  seen.set(id, new Map(states.map((name) => [name, store.getSnapshot(name)])));
  if (seen.size > MOST) seen.delete(seen.keys().next().value);
}

/** The store as it is, but for what is asked for and has not come: of that, what is remembered. */
function withMemory(store, states, asked) {
  const waits = () => shown(store, states) !== asked && !isMissing(store, states);
  return {
    ...store,
    subscribe(name, listener) {
      const stop = store.subscribe(name, listener);
      if (name === states[0] || !states.includes(name)) return stop;
      const stopThread = store.subscribe(states[0], listener);
      return () => (stop(), stopThread());
    },
    getSnapshot: (name) => (states.includes(name) && waits() && seen.get(asked)?.get(name)) || store.getSnapshot(name),
  };
}
