import { useEffect, useState } from 'react';

const MINUTE = 60_000;

function minute(): number {
  return Math.floor(Date.now() / MINUTE) * MINUTE;
}

/** The current minute: what is compared with the same time before moves on with it, not with every drawing. */
export function useNow(): Date {
  const [now, setNow] = useState(minute);
  useEffect(() => {
    const timer = setInterval(() => setNow(minute()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return new Date(now);
}
