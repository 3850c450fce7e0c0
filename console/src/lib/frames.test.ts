import { describe, expect, it } from 'vitest';
import { frames, type Clock } from './frames';

/** A clock that stands still until it is told to draw a frame. */
function still() {
  let time = 0;
  let waiting: (() => void) | null = null;
  const clock: Clock = {
    now: () => time,
    frame: (call) => {
      waiting = call;
      return () => {
        waiting = null;
      };
    },
  };
  return {
    clock,
    waits: () => waiting !== null,
    pass: (ms: number) => {
      time += ms;
    },
    next: (ms = 16) => {
      time += ms;
      const call = waiting;
      waiting = null;
      call?.();
    },
  };
}

describe('drawing by frames', () => {
  it('draws once for all the words between two frames', () => {
    const time = still();
    let drawn = 0;
    const drawing = frames(() => (drawn += 1), time.clock);
    for (let word = 0; word < 500; word += 1) {
      drawing.request();
    }
    expect(drawn).toBe(0);
    time.next();
    expect(drawn).toBe(1);
    time.next();
    expect(drawn).toBe(1);
  });

  it('draws less often when drawing is slow', () => {
    const time = still();
    let drawn = 0;
    const drawing = frames(() => {
      drawn += 1;
      time.pass(100);
    }, time.clock);
    for (let frame = 0; frame < 60; frame += 1) {
      drawing.request();
      time.next();
    }
    // 60 frames are 960 ms besides the drawing: one drawing of 100 ms in every 200.
    expect(drawn).toBeGreaterThan(5);
    expect(drawn).toBeLessThan(12);
  });

  it('draws the rest at once when told to, and not again afterwards', () => {
    const time = still();
    let drawn = 0;
    const drawing = frames(() => (drawn += 1), time.clock);
    drawing.request();
    drawing.flush();
    expect(drawn).toBe(1);
    expect(time.waits()).toBe(false);
    drawing.flush();
    expect(drawn).toBe(1);
  });

  it('draws nothing after it was called off', () => {
    const time = still();
    let drawn = 0;
    const drawing = frames(() => (drawn += 1), time.clock);
    drawing.request();
    drawing.cancel();
    time.next();
    expect(drawn).toBe(0);
  });
});
