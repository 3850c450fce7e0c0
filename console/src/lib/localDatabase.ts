/** The database of this browser for conversations, so that a reload loses nothing. It never holds a credential, and a logout deletes it. */
const NAME = 'jarvis.chat';
const STORE = 'conversations';

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser refused its database.'));
  });
}

async function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'id' });
  const database = await done(opening);
  database.onversionchange = () => database.close();
  try {
    return await done(work(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

export interface Stored {
  id: string;
  /** The user whose it is. */
  owner: string;
}

export function readAll(): Promise<Stored[]> {
  return within('readonly', (store) => store.getAll() as IDBRequest<Stored[]>);
}

export async function write(entry: Stored): Promise<void> {
  await within('readwrite', (store) => store.put(entry));
}

export async function remove(id: string): Promise<void> {
  await within('readwrite', (store) => store.delete(id));
}

/** Deletes everything: on a logout nothing of a person stays in the browser. */
export async function forgetAll(): Promise<void> {
  if (typeof indexedDB !== 'undefined') {
    await done(indexedDB.deleteDatabase(NAME));
  }
}
