/** An address that a model, user or provider wrote, if it may become a link: never a script, never a file. */
export function safeLink(address: unknown): string | null {
  if (typeof address !== 'string') {
    return null;
  }
  try {
    const url = new URL(address);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null; // Relative addresses would lead into this console.
  }
}

/** A picture that is part of the text itself; others are not loaded, for their address can carry out what was said. */
export function safePicture(address: unknown): string | null {
  return typeof address === 'string' && /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/.test(address) ? address : null;
}
