// Reading codes with the camera: the browser's own reader where there is one, else jsQR.

const EVERY_MS = 120;
const AGAIN_MS = 3_000;
const WIDEST = 640; // enough for a code held before a phone, and quick on a small processor

export class CameraRefused extends Error {
  /** `code` is `denied`, `none`, `busy` or `insecure`. */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const REASONS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "none",
  OverconstrainedError: "none",
};

async function ownReader() {
  try {
    const kinds = (await globalThis.BarcodeDetector?.getSupportedFormats()) ?? [];
    if (!kinds.includes("qr_code")) return null;
    const reader = new BarcodeDetector({ formats: ["qr_code"] });
    return async (canvas) => (await reader.detect(canvas))[0]?.rawValue ?? null;
  } catch {
    return null;
  }
}

function script(address) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement("script"), { src: address });
    element.onload = resolve;
    element.onerror = reject;
    document.head.append(element);
  });
}

async function borrowedReader(address) {
  if (!globalThis.jsQR) await script(address);
  return async (canvas, context) => {
    const { width, height } = canvas;
    const { data } = context.getImageData(0, 0, width, height);
    return globalThis.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data ?? null;
  };
}

export class CameraScanner {
  /** `jsqr` is the address of the script; it is only loaded where the browser has no reader. */
  constructor(video, onScan, { jsqr }) {
    Object.assign(this, { video, onScan, jsqr });
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.stream = null;
    this.seen = { text: "", at: 0 };
  }

  get isOn() {
    return this.stream !== null;
  }

  async start() {
    if (!navigator.mediaDevices?.getUserMedia) throw new CameraRefused("insecure");
    const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1280 } };
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    } catch (error) {
      throw new CameraRefused(REASONS[error.name] ?? "busy");
    }
    this.video.srcObject = this.stream;
    await this.video.play();
    this.reader = (await ownReader()) ?? (await borrowedReader(this.jsqr));
    this._look();
  }

  stop() {
    clearTimeout(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.video.srcObject = null;
  }

  get hasTorch() {
    return Boolean(this.stream?.getVideoTracks()[0].getCapabilities?.().torch);
  }

  async torch(on) {
    await this.stream?.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] });
  }

  async _look() {
    if (!this.isOn) return;
    try {
      const text = await this._read();
      if (text) this._found(text);
    } catch {
      // A frame that cannot be read is followed by another.
    }
    if (this.isOn) this.timer = setTimeout(() => this._look(), EVERY_MS);
  }

  async _read() {
    const { videoWidth, videoHeight } = this.video;
    if (!videoWidth) return null;
    const scale = Math.min(1, WIDEST / Math.max(videoWidth, videoHeight));
    this.canvas.width = Math.round(videoWidth * scale);
    this.canvas.height = Math.round(videoHeight * scale);
    this.context.drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    return this.reader(this.canvas, this.context);
  }

  // A code that stays before the camera is one scan.
  _found(text) {
    const now = performance.now();
    const again = text === this.seen.text && now - this.seen.at < AGAIN_MS;
    this.seen = { text, at: now };
    if (!again) this.onScan(text);
  }
}
