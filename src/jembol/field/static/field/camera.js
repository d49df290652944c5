// The camera's part of a page: start and stop, torch, and plain words when it is refused.

import { CameraRefused, CameraScanner } from "./scanner.js";
import { say } from "./words.js";

const $ = (id) => document.getElementById(id);

/** Wire the buttons; `onScan` gets the text of each code that is seen. */
export function wireCamera(onScan, jsqr) {
  const camera = new CameraScanner($("video"), onScan, { jsqr });
  let lit = false;
  const show = (word = "") => {
    $("video").hidden = !camera.isOn;
    $("torch").hidden = !camera.hasTorch;
    $("camera").textContent = say(camera.isOn ? "camera-stop" : "camera-start");
    $("camera-told").textContent = word;
  };
  $("camera").addEventListener("click", async () => {
    try {
      if (camera.isOn) camera.stop();
      else await camera.start();
      show();
    } catch (error) {
      camera.stop();
      show(say(`camera-${error instanceof CameraRefused ? error.code : "busy"}`));
    }
  });
  $("torch").addEventListener("click", () => {
    lit = !lit;
    camera.torch(lit).catch(() => show(say("torch-none")));
  });
  // A page that nobody sees must not film.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden || !camera.isOn) return;
    camera.stop();
    show();
  });
  show();
  return camera;
}
