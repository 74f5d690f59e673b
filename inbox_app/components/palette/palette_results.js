// What the palette lists for what is typed: groups of options (P9).
import { commands } from "@/external/inbox_app/components/palette/palette/commands.js";

const MOST_COMMANDS = 6;

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether each word typed begins one of the name's. */
function begins(name, typed) {
  const words = folded(name).split(/[^\p{L}\p{N}]+/u);
  return folded(typed).split(/\s+/).filter(Boolean).every((beginning) => words.some((word) => word.startsWith(beginning)));
}

const person = (row) => ({
  key: `person-${row.actor_id}-${row.conversation_id}`,
  kind: "person",
  row,
  to: row.conversation_id && `/inbox/${row.conversation_id}`,
  actor: row.actor_id,
});
const reservation = (row) => ({
  key: `stay-${row.id}`,
  kind: "stay",
  row,
  to: row.conversation_id && `/inbox/${row.conversation_id}`,
  actor: row.guest_id,
});
const message = (row) => ({ key: `message-${row.id}`, kind: "message", row, to: `/inbox/${row.conversation_id}?m=${row.id}` });
const command = (each) => ({ key: `command-${each.id}`, kind: "command", row: each, run: each.run });

const filled = (groups) => groups.filter((group) => group.options.length > 0);

/** `[{id, title, options}]` without empty ones. Commands that were typed come first, so that what the server tells later moves nothing. */
export function groups({ typed, found, thread, t }) {
  const words = typed.trim();
  const { ofThread, everywhere } = commands(thread, t);
  const typedOf = (all) => all.filter((each) => begins(each.name, words)).slice(0, MOST_COMMANDS);
  const people = { id: "people", options: (found.people ?? []).map(person) };
  if (!words) {
    const others = people.options.filter((each) => each.row.conversation_id !== thread.id);
    return filled([
      { ...people, title: t("Recent conversations"), options: others },
      { id: "thread", title: t("This conversation"), options: ofThread.map(command) },
      { id: "commands", title: t("Commands"), options: everywhere.map(command) },
    ]);
  }
  return filled([
    { id: "commands", title: t("Commands"), options: typedOf([...ofThread, ...everywhere]).map(command) },
    { ...people, title: t("People") },
    { id: "reservations", title: t("Reservations"), options: (found.reservations ?? []).map(reservation) },
    { id: "messages", title: t("Messages"), options: (found.messages ?? []).map(message) },
  ]);
}
