/** The two notes of the chime: their pitch in hertz, and when each begins, in seconds. */
const NOTES = [
  [660, 0],
  [880, 0.12],
];
const LENGTH = 0.25;
const VOLUME = 0.12;

let context = null;

/** Plays a short chime. A browser that was not touched yet stays silent. */
export async function chime() {
  try {
    context ??= new AudioContext();
    await context.resume();
    NOTES.forEach(([pitch, after]) => play(pitch, context.currentTime + after));
  } catch (error) {
    console.info(`webchat: the browser plays no sound: ${error.message}`);
  }
}

function play(pitch, start) {
  const volume = context.createGain();
  volume.gain.setValueAtTime(VOLUME, start);
  volume.gain.exponentialRampToValueAtTime(0.001, start + LENGTH);
  volume.connect(context.destination);
  const tone = context.createOscillator();
  tone.frequency.value = pitch;
  tone.connect(volume);
  tone.start(start);
  tone.stop(start + LENGTH);
}
