export interface Clock {
  now: () => number;
  /** Calls back before the next picture is drawn; returns how to call it off. */
  frame: (call: () => void) => () => void;
}

/** How often at least, where no pictures are drawn (a tab in the background draws none). */
const HIDDEN_MS = 250;
/** Drawing may take this share of the time; a page that only draws answers no clicks. */
const SHARE = 0.5;

export const browserClock: Clock = {
  now: () => performance.now(),
  frame: (call) => {
    let called = false;
    const once = () => {
      if (!called) {
        called = true;
        cancelAnimationFrame(frame);
        clearTimeout(timer);
        call();
      }
    };
    const frame = requestAnimationFrame(once);
    const timer = setTimeout(once, HIDDEN_MS);
    return () => {
      called = true;
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  },
};

export interface Frames {
  /** Something changed: draw at the next frame. */
  request: () => void;
  /** Draw what is outstanding now, for example at the end. */
  flush: () => void;
  cancel: () => void;
}

/**
 * Draws at most once a frame, however many words arrive between two; and less often when drawing is slow, as it is at the
 * end of a very long answer, so that the page stays usable.
 */
export function frames(draw: () => void, clock: Clock = browserClock): Frames {
  let pending: (() => void) | null = null;
  let earliest = 0;

  const run = () => {
    pending = null;
    const began = clock.now();
    if (began < earliest) {
      pending = clock.frame(run);
      return;
    }
    draw();
    const spent = clock.now() - began;
    earliest = began + spent / SHARE;
  };

  return {
    request: () => {
      pending ??= clock.frame(run);
    },
    flush: () => {
      if (pending !== null) {
        pending();
        pending = null;
        draw();
      }
    },
    cancel: () => {
      pending?.();
      pending = null;
    },
  };
}
