// Two tones made by the browser itself; of several tabs of a device one is heard (N2).
const TONES = { soft: [523.25, 659.25], bright: [880, 1174.66] };
const LENGTH = 0.22;
let context = null;

async function play(sound) {
  context ??= new AudioContext();
  if (context.state === "suspended") await Promise.race([context.resume(), new Promise((rest) => setTimeout(rest, 200))]);
  if (context.state !== "running") return;
  TONES[sound].forEach((pitch, at) => {
    const start = context.currentTime + at * LENGTH * 0.6;
    const volume = new GainNode(context, { gain: 0 });
    const tone = new OscillatorNode(context, { type: "sine", frequency: pitch });
    volume.gain.linearRampToValueAtTime(0.12, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + LENGTH);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + LENGTH);
  });
}

const rest = () => new Promise((done) => setTimeout(done, 1000));

/** Rings, unless another tab of this device does just now. */
export function ring(sound) {
  if (!TONES[sound]) return;
  const locks = navigator.locks;
  if (!locks) return void play(sound);
  locks.request("ring", { ifAvailable: true }, (lock) => lock && play(sound).then(rest)).catch(() => {});
}

export const tryOut = (sound) => TONES[sound] && play(sound);
