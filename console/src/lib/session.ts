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
// For a page that is still there for the moment between the end of a session and the login page.
let latest: SessionUser | null = null;
let refreshing: Promise<boolean> | null = null;
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('jarvis.session');

channel?.addEventListener('message', (event: MessageEvent) => {
  if (event.data === 'ended') {
    set(null);
  }
});

function set(next: Tokens | null): void {
  tokens = next;
  listeners.forEach((listener) => listener());
}

function take(login: components['schemas']['Login']): void {
  latest = login.user;
  set({ access: login.access_token, expires: Date.now() + login.expires_in * 1000, user: login.user });
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
      take((await response.json()) as components['schemas']['Login']);
      return true;
    }
    if (response.status === 400 || response.status === 401 || response.status === 403) {
      set(null);
      return false;
    }
    throw await errorOf(response);
  }).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** A token that still lasts; null when nobody is logged in. */
export async function accessToken(): Promise<string | null> {
  if (tokens !== null && tokens.expires - MARGIN_MS > Date.now()) {
    return tokens.access;
  }
  return tokens !== null && (await resume()) ? tokens.access : null;
}

/** A request was refused with 401 though the token had not run out: the session may have ended elsewhere. */
export async function renewed(): Promise<boolean> {
  return tokens !== null && resume();
}

export async function logout(): Promise<void> {
  // Renewed if it ran out: without a good token the session would live on in the cookie.
  const token = await accessToken().finally(() => {
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

/** Who is logged in. Pages behind the login always have somebody. */
export function useSessionUser(): SessionUser | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    currentUser,
  );
}

/** The user of a page that is only shown to users; of one that is about to be left, the user who was. */
export function useUser(): SessionUser {
  const user = useSessionUser() ?? latest;
  if (user === null) {
    throw new ApiError(401, { code: 'invalid_token', message: 'Nobody is logged in.' });
  }
  return user;
}

/** Called when the session has ended, here or in another tab. */
export function onSessionEnd(listener: () => void): () => void {
  const told = () => {
    if (tokens === null) {
      listener();
    }
  };
  listeners.add(told);
  return () => listeners.delete(told);
}
