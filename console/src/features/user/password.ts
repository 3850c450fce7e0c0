const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 20;

/** The server takes 12 to 1024 bytes of UTF-8. */
export function isLongEnough(password: string | undefined): boolean {
  const bytes = new TextEncoder().encode(password ?? '').length;
  return bytes >= 12 && bytes <= 1024;
}

/** A password that nobody guesses, without letters that look alike. */
export function randomPassword(): string {
  const chosen: string[] = [];
  while (chosen.length < LENGTH) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < LETTERS.length * Math.floor(256 / LETTERS.length)) {
      chosen.push(LETTERS.charAt(byte % LETTERS.length)); // each letter equally often
    }
  }
  return chosen.join('');
}
