// What the phone keeps: one IndexedDB, written so that a power cut loses nothing.

export const NAME = "jembol-lapangan";
export const VERSION = 3;

// meta      device, seq, clock, who is signed in
// keys      one pair of keys for each officer; the browser does not give their bytes away
// queue     what only this phone knows, by id
// receipts  what the server has said, by id
// carried   what the phone needs to know offline, sealed
// photos    pictures that the server has not got whole, sealed, by id
// drafts    forms that are half filled, sealed, so that an empty battery costs no word
const STORES = {
  meta: null, keys: null, queue: "id", receipts: "id", carried: "id", photos: "id", drafts: "id",
};

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function create(database) {
  for (const [name, keyPath] of Object.entries(STORES)) {
    if (database.objectStoreNames.contains(name)) continue;
    database.createObjectStore(name, keyPath ? { keyPath } : {});
  }
}

// Version 1 kept its queue in `outbox`, with bodies in plain words. Nothing of it may be lost:
// the rows move as they are, and the queue seals them when it opens next.
function moveOutbox(database, transaction) {
  if (!database.objectStoreNames.contains("outbox")) return;
  const from = transaction.objectStore("outbox");
  from.openCursor().onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) {
      database.deleteObjectStore("outbox");
      return;
    }
    const { body, state, ...envelope } = cursor.value;
    transaction.objectStore("queue").put({ ...envelope, plain: body, state: state ?? "here" });
    cursor.continue();
  };
}

function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}

/** Open the store, and bring one of an older version up to date. */
export async function openStore(name = NAME) {
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => {
    create(request.result);
    moveOutbox(request.result, request.transaction);
  };
  const database = await done(request);
  // Another tab with a newer page must not wait for this one.
  database.onversionchange = () => database.close();
  return new Store(database);
}

export class Store {
  constructor(database) {
    this.database = database;
  }

  close() {
    this.database.close();
  }

  /** Write in one transaction: all of it or nothing, and on the disk before this resolves. */
  async write(names, work) {
    const transaction = this.database.transaction(names, "readwrite", { durability: "strict" });
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted"));
    });
    // `work` may await only requests of this transaction; anything else would end it.
    try {
      const answer = await work((store) => transaction.objectStore(store), done);
      await ended;
      return answer;
    } catch (error) {
      ended.catch(() => {});
      if (transaction.error === null) abort(transaction);
      throw error;
    }
  }

  get(store, key) {
    return done(this.database.transaction(store).objectStore(store).get(key));
  }

  all(store) {
    return done(this.database.transaction(store).objectStore(store).getAll());
  }

  put(store, value, key) {
    return this.write([store], (of) => done(of(store).put(value, key)));
  }

  /** Put many and delete many of one store, together. */
  change(store, { put = [], remove = [] }) {
    return this.write([store], (of) => {
      for (const value of put) of(store).put(value);
      for (const key of remove) of(store).delete(key);
    });
  }
}

/** Ask the browser not to drop this store when it runs short of room. */
export async function keepForGood() {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
