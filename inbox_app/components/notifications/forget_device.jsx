// Who is signed out leaves nothing behind in the browser: no conversation kept, no notification on the screen (N1, N3).
import { useEffect } from "react";

export function ForgetDevice() {
  useEffect(() => {
    navigator.serviceWorker?.getRegistration().then((there) => there?.active?.postMessage({ type: "signed-out" })).catch(() => {});
  }, []);
  return null;
}
