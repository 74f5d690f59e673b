// A sound that can be heard, slower or faster, from any place on; only one at a time.
import { useEffect, useRef, useState } from "react";
import "@/styles/sound.css";
import * as format from "@/external/inbox_app/components/i18n/times/formats.js";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const SPEEDS = [1, 1.5, 2];
const PLAYS = "sound-plays";

export default function Sound({ src, seconds }) {
  const { t, language } = useTexts();
  const sound = useRef(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(seconds);
  const [speed, setSpeed] = useState(1);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    const hush = (event) => event.detail !== sound.current && sound.current?.pause();
    window.addEventListener(PLAYS, hush);
    return () => window.removeEventListener(PLAYS, hush);
  }, []);

  const turn = () => (playing ? sound.current.pause() : sound.current.play().catch(() => setBroken(true)));
  const onPlay = () => {
    setPlaying(true);
    setBroken(false);
    sound.current.playbackRate = speed;
    window.dispatchEvent(new CustomEvent(PLAYS, { detail: sound.current }));
  };
  const faster = () => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length];
    sound.current.playbackRate = next;
    setSpeed(next);
  };
  const skip = (event) => {
    sound.current.currentTime = Number(event.target.value);
    setAt(Number(event.target.value));
  };
  const ended = () => {
    setPlaying(false);
    setAt(0);
  };
  const known = ({ target }) => Number.isFinite(target.duration) && setLength(target.duration);
  const rate = `${speed.toLocaleString(language)}×`;
  const word = playing ? t("Pause") : t("Play");

  return (
    <div className="sound">
      <audio
        ref={sound}
        src={src}
        preload="none"
        onPlay={onPlay}
        onPause={() => setPlaying(false)}
        onEnded={ended}
        onError={() => setBroken(true)}
        onLoadedMetadata={known}
        onTimeUpdate={({ target }) => setAt(target.currentTime)}
      />
      <button type="button" className="sound-turn" onClick={turn} aria-label={word} title={word}>
        <Icon name={playing ? "pause" : "play"} />
      </button>
      <input type="range" min="0" max={length || 1} step="0.1" value={Math.min(at, length || 1)} onChange={skip} aria-label={t("Position")} aria-valuetext={format.inMinutes(at)} />
      <small className="sound-time">{format.inMinutes(playing || at > 0 ? at : length)}</small>
      <button type="button" className="sound-speed" onClick={faster} aria-label={t("Speed {rate}", { rate })} title={t("Speed {rate}", { rate })}>
        {rate}
      </button>
      {broken && <small role="alert">{t("This sound cannot be played here.")}</small>}
    </div>
  );
}
