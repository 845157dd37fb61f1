/** Two tones, by turns, until stopped. Browsers keep it silent until a key was pressed or the page was touched. */
export type Siren = {
  readonly unlocked: () => boolean;
  readonly unlock: () => void;
  readonly set: (ringing: boolean) => void;
  /** Two soft notes, once; nothing while it rings. */
  readonly chime: () => void;
  readonly listen: (listener: () => void) => () => void;
};

const HIGH_HZ = 960;
const LOW_HZ = 720;
const TONE_SECONDS = 0.45;
const LOUDNESS = 0.22;
/** For what is no danger: lower, rising, a fifth as loud, and gone within a second. */
const CHIME_HZ = [523, 659] as const;
const CHIME_LOUDNESS = 0.045;
const CHIME_SECONDS = 0.4;
/** Tones are written into the audio clock this far ahead, so that a throttled background tab goes on ringing. */
const AHEAD_SECONDS = 60;

function write(tone: OscillatorNode, from: number): void {
  for (let at = 0; at < AHEAD_SECONDS; at += TONE_SECONDS * 2) {
    tone.frequency.setValueAtTime(HIGH_HZ, from + at);
    tone.frequency.setValueAtTime(LOW_HZ, from + at + TONE_SECONDS);
  }
}

/** Makes the siren of this tab. */
export function makeSiren(): Siren {
  const context = new AudioContext();
  const listeners = new Set<() => void>();
  let voice: { readonly tone: OscillatorNode; readonly again: ReturnType<typeof setInterval> } | null = null;
  context.addEventListener("statechange", () => {
    for (const listener of listeners) listener();
  });

  const start = () => {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    loudness.gain.value = LOUDNESS;
    tone.type = "triangle";
    let written = context.currentTime;
    write(tone, written);
    const again = setInterval(() => {
      written += AHEAD_SECONDS;
      write(tone, Math.max(written, context.currentTime));
    }, AHEAD_SECONDS * 1_000);
    tone.connect(loudness).connect(context.destination);
    tone.start();
    voice = { tone, again };
  };
  const stop = () => {
    if (voice === null) return;
    clearInterval(voice.again);
    voice.tone.stop();
    voice.tone.disconnect();
    voice = null;
  };
  const chime = () => {
    if (voice !== null || context.state !== "running") return;
    for (const [i, hz] of CHIME_HZ.entries()) {
      const tone = context.createOscillator();
      const loudness = context.createGain();
      const from = context.currentTime + i * (CHIME_SECONDS / 2);
      tone.type = "sine";
      tone.frequency.value = hz;
      loudness.gain.setValueAtTime(CHIME_LOUDNESS, from);
      loudness.gain.linearRampToValueAtTime(0, from + CHIME_SECONDS);
      tone.connect(loudness).connect(context.destination);
      tone.start(from);
      tone.stop(from + CHIME_SECONDS);
    }
  };
  return {
    chime,
    unlocked: () => context.state === "running",
    unlock: () => void context.resume().catch(() => undefined),
    set: (ringing) => {
      if (ringing && voice === null) start();
      if (!ringing) stop();
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
