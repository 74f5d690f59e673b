// Waits until photos are to be seen large, or all of them: what shows them is loaded only then.
import { Suspense, useEffect, useState } from "react";
import { OPEN_PHOTOS } from "@/external/inbox_app/components/inbox/media/media_file/media_file.jsx";
import { lazyAtNeed } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const Photos = lazyAtNeed(() => import("@/external/inbox_app/components/inbox/media/photo_viewer/photos.jsx"));

export function PhotoViewer({ conversation }) {
  const [wanted, setWanted] = useState(null);
  useEffect(() => {
    const open = (event) => setWanted({ at: event.detail?.at ?? null, time: event.timeStamp });
    window.addEventListener(OPEN_PHOTOS, open);
    return () => window.removeEventListener(OPEN_PHOTOS, open);
  }, []);
  useEffect(() => setWanted(null), [conversation]);
  return (
    wanted && (
      <Suspense fallback={null}>
        <Photos key={wanted.time} conversation={conversation} at={wanted.at} onClose={() => setWanted(null)} />
      </Suspense>
    )
  );
}
