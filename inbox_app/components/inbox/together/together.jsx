// Who else is at the conversation, loaded once the page is idle (X1).
import { lazyPart } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

export const Together = lazyPart(() => import("@/external/inbox_app/components/inbox/together/together/together_parts.jsx").then(({ Together: part }) => ({ default: part })));
