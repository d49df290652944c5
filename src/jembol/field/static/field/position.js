// Where the phone is: one look when it is asked for, kind to the battery; it never watches.

const COARSE = { enableHighAccuracy: false, timeout: 8_000, maximumAge: 300_000 };
const FINE = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 30_000 };
const GOOD_ENOUGH_M = 150;
const DECIMALS = 1e5; // about a metre

const look = (how) =>
  new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(({ coords }) => resolve(coords), reject, how);
  });

const rounded = (degrees) => Math.round(degrees * DECIMALS) / DECIMALS;

/** One place, the satellites only when towers and Wi-Fi are too vague. */
export async function whereNow() {
  if (!navigator.geolocation) throw new DOMException("none", "NotSupportedError");
  let coords = null;
  try {
    coords = await look(COARSE);
  } catch (error) {
    if (error.code === error.PERMISSION_DENIED) throw error;
  }
  if (!coords || coords.accuracy > GOOD_ENOUGH_M) coords = await look(FINE).catch(() => coords);
  if (!coords) throw new DOMException("none", "NotFoundError");
  const { latitude, longitude, accuracy } = coords;
  return { lat: rounded(latitude), lon: rounded(longitude), accuracy_m: Math.round(accuracy) };
}
