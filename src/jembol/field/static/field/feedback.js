// Telling how it went to somebody who looks at the queue of people: colour, word, sound, vibration.

// Rising and high is good; low is bad; two equal ones ask to look.
const SOUNDS = {
  good: [[880, 0.09], [1320, 0.14]],
  warn: [[660, 0.12], [660, 0.12]],
  bad: [[220, 0.35]],
};
const SHAKES = { good: 80, warn: [80, 80, 80], bad: [300, 100, 300] };

let audio = null;

// Browsers give sound only to a page that somebody has touched.
function wake() {
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume().catch(() => {});
  } catch {
    audio = null;
  }
}
for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, wake, true);

function sound(tone) {
  if (audio?.state !== "running") return;
  let at = audio.currentTime;
  for (const [pitch, seconds] of SOUNDS[tone]) {
    const voice = audio.createOscillator();
    const loud = audio.createGain();
    voice.frequency.value = pitch;
    loud.gain.setValueAtTime(0.25, at);
    loud.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    voice.connect(loud).connect(audio.destination);
    voice.start(at);
    voice.stop(at + seconds);
    at += seconds + 0.04;
  }
}

/** Empty the panel, without its buttons: what the last person was told is nobody else's. */
export function clear(panel) {
  delete panel.dataset.tone;
  panel.querySelector(".buttons").hidden = true;
  write(panel, { word: "…" });
}

function write(panel, { word, name = "", why = "" }) {
  for (const [part, text] of Object.entries({ word, name, why })) {
    panel.querySelector(`[data-part=${part}]`).textContent = text;
  }
}

/** Show a verdict in its panel, which is an `aria-live` region, and let it be heard and felt. */
export function tell(panel, { tone, ...words }) {
  panel.dataset.tone = tone;
  write(panel, words);
  sound(tone);
  try {
    navigator.vibrate?.(SHAKES[tone]);
  } catch {
    // A page that nobody touched yet may not vibrate.
  }
}
