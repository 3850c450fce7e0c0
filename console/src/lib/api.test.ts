import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { authorizedFetch } from './api';
import { login, logout } from './session';

const asked: Request[] = [];

const LOGIN = { access_token: 'a-token', expires_in: 900, user: { username: 'somebody' } };
const ME = 'http://console.example/api/v1/auth/me';

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = typeof input === 'string' ? new Request(new URL(input, ME), init) : input;
    asked.push(request);
    return Response.json(request.url.endsWith('/login') ? LOGIN : {});
  });
});

afterEach(async () => {
  await logout();
  vi.unstubAllGlobals();
});

function paths(): string[] {
  return asked.map((request) => new URL(request.url).pathname);
}

describe('a call of the console', () => {
  it('carries the token of who is logged in', async () => {
    await login('somebody', 'a password');
    await authorizedFetch(ME);

    expect(asked.at(-1)?.headers.get('authorization')).toBe('Bearer a-token');
  });

  it('is not sent while its user logs out: the server could only refuse it', async () => {
    await login('somebody', 'a password');
    const leaving = logout();
    await Promise.resolve();

    await expect(authorizedFetch(ME)).rejects.toMatchObject({ status: 401, code: 'invalid_token' });
    await leaving;
    expect(paths()).toEqual(['/api/v1/auth/login', '/api/v1/auth/logout']);
  });
});
