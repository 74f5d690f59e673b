// What this page tells of its own person: that they look, or write, as long as they do.
import { useEffect, useRef } from "react";
import { box } from "@/external/inbox_app/components/inbox/together/together/asking.js";

const BEAT = 12_000;
const KEYS = 4000;
const REST = 3 * 60_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"];

/** Calls `onHere(thread, doing)`: "looking", "typing", "writing" while a text rests in the box that was begun here, "away". */
export function useSaying(thread, connection, onHere) {
  const say = useRef(onHere);
  say.current = onHere;
  useEffect(() => {
    if (connection) return undefined;
    let typed = -KEYS;
    let touched = performance.now();
    let begun = false;
    let last = "";
    const tell = (doing) => say.current(thread, (last = doing));
    const isHere = () => document.visibilityState === "visible" && performance.now() - touched < REST;
    const look = () => {
      begun &&= Boolean(box()?.value);
      if (isHere()) tell(begun ? "writing" : "looking");
      else if (last !== "away") tell("away");
    };
    const onSign = () => {
      touched = performance.now();
      if (last === "away") look();
    };
    const onInput = ({ target }) => {
      if (target !== box()) return;
      const wasBegun = begun;
      begun = Boolean(target.value);
      if (!begun && wasBegun) {
        typed = -KEYS;
        tell("looking");
      } else if (begun && performance.now() - typed >= KEYS) {
        typed = performance.now();
        tell("typing");
      }
    };
    // Whether the box has emptied is seen by then.
    const onSent = () => setTimeout(() => {
      typed = -KEYS;
      if (begun) look();
    });

    look();
    const timer = setInterval(look, BEAT);
    SIGNS.forEach((sign) => document.addEventListener(sign, onSign, { passive: true }));
    document.addEventListener("visibilitychange", look);
    document.addEventListener("input", onInput);
    document.addEventListener("answer", onSent);
    return () => {
      clearInterval(timer);
      SIGNS.forEach((sign) => document.removeEventListener(sign, onSign));
      document.removeEventListener("visibilitychange", look);
      document.removeEventListener("input", onInput);
      document.removeEventListener("answer", onSent);
      if (last !== "away") tell("away");
    };
  }, [thread, connection]);
}
