// Notes to colleagues, loaded once the page is idle; their place is kept meanwhile.
import { Suspense, useEffect, useState } from "react";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const Box = lazyAhead(() => import("@/external/inbox_app/components/inbox/notes/note_tool/note_box.jsx"));

export function NoteTool(props) {
  const [here, come] = useState(false);
  useEffect(() => come(true), []);
  return <div className="note-tool">{here && <Suspense fallback={null}><Box {...props} /></Suspense>}</div>;
}
