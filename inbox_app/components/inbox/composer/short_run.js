// A run of short messages of which none has left: as one they would count as one (C7).
import { isBlank, size } from "@/external/inbox_app/components/forms/typed/typed.js";

const SHORT = 120;
const RUN = 3;

/**
 * The last of the `sent`, oldest first, that are short and can be taken back (`{text, file, stays}`), if they are a run
 * together with what is `typed`; none when they would be too long for one message.
 */
export function shortRun(sent, typed, most) {
  const begun = isBlank(typed) ? 0 : 1;
  if (size(typed) > SHORT) return [];
  const end = sent.findLastIndex((each) => each.file || each.stays || size(each.text) > SHORT);
  const run = sent.slice(end + 1);
  const whole = [...run.map((each) => each.text), typed].join("\n");
  return run.length > 1 && run.length + begun >= RUN && size(whole) <= most ? run : [];
}
