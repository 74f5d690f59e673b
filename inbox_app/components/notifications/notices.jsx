// What came while nobody looked, told by the device; all of it is fetched when the page has nothing else to do (N1).
import { useEffect, useState } from "react";
import { ahead, idle } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const parts = ahead(() => import("@/external/inbox_app/components/notifications/notices/notices_parts.jsx"));

export function Notices(props) {
  const [come, show] = useState(null);
  useEffect(() => void idle(() => parts().then(show)), []);
  return come && props.person && <come.Parts {...props} />;
}
