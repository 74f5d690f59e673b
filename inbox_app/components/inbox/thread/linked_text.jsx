// A text with its links (M9).
import { draw } from "@/external/inbox_app/components/inbox/thread/message_text/message_text.jsx";
import { parseLinked } from "@/external/inbox_app/components/inbox/thread/message_text/links_in_text.js";

export default ({ text }) => draw(parseLinked(text));
