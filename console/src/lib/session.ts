import { useSyncExternalStore } from 'react';
import type { components } from '@/generated/control';
import { ApiError, errorOf } from './errors';
import { forgetAll } from './localDatabase';
import { exclusively } from './lock';

export type SessionUser = components['schemas']['Login']['user'];

interface Tokens {
  access: string;
  /** Milliseconds since 1970, by this machine's clock. */
  expires: number;
  user: SessionUser;
}

/** Refreshed this long before the end, so that a token does not expire on its way. */
const MARGIN_MS = 30_000;

// The access token lives in this variable only. The refresh token is in a cookie that no script can read.
let tokens: Tokens | null = null;
// Who a page is shown to, or was until a moment ago.
let latest: SessionUser | null = null;
let refreshing: Promise<boolean> | null = null;
// The session ran out under a page. Its person may log in again over it: nothing typed is lost, and every call waits for that.
let expired: { reentered: Promise<boolean>; settle: (reentered: boolean) => void } | null = null;
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('jarvis.session');

channel?.addEventListener('message', (event: MessageEvent) => {
  if (event.data === 'ended') {
    abandon();
    set(null);
  } else if (event.data === 'entered' && expired !== null) {
    resume().catch(() => undefined); // the dialog is still there
  }
});

function set(next: Tokens | null): void {
  tokens = next;
  listeners.forEach((listener) => listener());
}

function take(login: components['schemas']['Login']): void {
  const isSame = latest === null || latest.id === login.user.id;
  latest = login.user;
  const waiting = expired;
  expired = null;
  set({ access: login.access_token, expires: Date.now() + login.expires_in * 1000, user: login.user });
  waiting?.settle(isSame); // what one person asked for is never done in the name of another
}

function expire(): void {
  if (expired === null) {
    let settle: (reentered: boolean) => void = () => undefined;
    const reentered = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    expired = { reentered, settle };
  }
  set(null);
}

function abandon(): void {
  const waiting = expired;
  expired = null;
  waiting?.settle(false);
}

/** Nobody will log in again over the page whose session ran out: what waits for that is refused. */
export function leave(): void {
  if (expired !== null) {
    abandon();
    set(null);
  }
}

async function post(path: string, body?: object): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
}

async function enter(path: string, body: object): Promise<void> {
  const response = await post(path, { ...body, session: 'cookie' });
  if (!response.ok) {
    throw await errorOf(response);
  }
  take((await response.json()) as components['schemas']['Login']);
  channel?.postMessage('entered');
}

/** Opens a session. `username` may be the e-mail address. */
export function login(username: string, password: string): Promise<void> {
  return enter('/api/v1/auth/login', { username, password });
}

/** Makes the first administrator and logs in. */
export function setUp(token: string, username: string, email: string, password: string): Promise<void> {
  return enter('/api/v1/setup', { token, username, email, password });
}

/** Sets the password that an invitation or a reset asks for, and logs in. The token of the link works once. */
export function acceptInvitation(token: string, password: string): Promise<void> {
  return enter(`/api/v1/invitations/${encodeURIComponent(token)}`, { password });
}

/** Takes up the session of the cookie, if there is one. */
export async function resume(): Promise<boolean> {
  refreshing ??= exclusively(async () => {
    const response = await post('/api/v1/auth/refresh');
    if (response.ok) {
      const login = (await response.json()) as components['schemas']['Login'];
      if (latest !== null && latest.id !== login.user.id) {
        window.location.reload(); // in another tab somebody else has logged in: nothing here is theirs
      }
      take(login);
      return true;
    }
    if (response.status === 400 || response.status === 401 || response.status === 403) {
      if (tokens !== null) {
        expire();
      }
      return false;
    }
    throw await errorOf(response);
  }).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** A token that still lasts; null when nobody is logged in. Waits for whoever has to log in again first. */
export async function accessToken(): Promise<string | null> {
  if (tokens !== null && tokens.expires - MARGIN_MS > Date.now()) {
    return tokens.access;
  }
  return (await renewed()) ? (tokens?.access ?? null) : null;
}

/** A request was refused with 401 though the token had not run out: the session may have ended elsewhere. */
export async function renewed(): Promise<boolean> {
  return (tokens !== null && (await resume())) || (expired?.reentered ?? false);
}

export async function logout(): Promise<void> {
  abandon();
  // Renewed if it ran out: without a good token the session would live on in the cookie.
  const token = await accessToken().finally(() => {
    abandon();
    set(null);
    channel?.postMessage('ended');
    forgetAll().catch(() => undefined); // a browser without a database has nothing to forget
  });
  if (token !== null) {
    const response = await fetch('/api/v1/auth/logout', { method: 'POST', credentials: 'same-origin', headers: { authorization: `Bearer ${token}` } });
    if (!response.ok && response.status !== 401) {
      throw await errorOf(response);
    }
  }
}

export function currentUser(): SessionUser | null {
  return tokens?.user ?? null;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Who is logged in. Pages behind the login always have somebody. */
function useSessionUser(): SessionUser | null {
  return useSyncExternalStore(subscribe, currentUser);
}

/** The user of a page that is only shown to users; of one that is about to be left, the user who was. */
export function useUser(): SessionUser {
  const user = useSessionUser() ?? latest;
  if (user === null) {
    throw new ApiError(401, { code: 'invalid_token', message: 'Nobody is logged in.' });
  }
  return user;
}

/** Whether the session of the person who looks at the page ran out. */
export function useSessionExpired(): boolean {
  return useSyncExternalStore(subscribe, () => expired !== null);
}

/** Called when the person has left, here or in another tab; not when the session ran out under a page. */
export function onSessionEnd(listener: () => void): () => void {
  const told = () => {
    if (tokens === null && expired === null) {
      listener();
    }
  };
  listeners.add(told);
  return () => listeners.delete(told);
}
