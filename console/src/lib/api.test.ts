import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { authorizedFetch } from './api';
import { leave, login, logout } from './session';

const asked: Request[] = [];

const LOGIN = { access_token: 'a-token', expires_in: 900, user: { id: '1', username: 'somebody' } };
const ME = 'http://console.example/api/v1/auth/me';

let answer: (request: Request) => Response;

beforeEach(() => {
  asked.length = 0;
  answer = (request) => Response.json(request.url.endsWith('/login') ? LOGIN : {});
  vi.stubGlobal('navigator', { locks: { request: (_name: string, work: () => Promise<unknown>) => work() } });
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = typeof input === 'string' ? new Request(new URL(input, ME), init) : input;
    asked.push(request);
    return answer(request);
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

  describe('under a session that ran out', () => {
    let waiting: Promise<Response>;

    beforeEach(async () => {
      await login('somebody', 'a password');
      answer = (request) => (request.url.endsWith('/login') ? Response.json({ ...LOGIN, access_token: 'another' }) : Response.json({}, { status: request.headers.get('authorization') === 'Bearer another' ? 200 : 401 }));
      waiting = authorizedFetch(ME);
      waiting.catch(() => undefined);
      await vi.waitFor(() => expect(paths()).toContain('/api/v1/auth/refresh'));
    });

    it('waits until its person has logged in again, and so does every later one', async () => {
      const later = authorizedFetch(ME);
      const before = asked.length;
      await login('somebody', 'a password');

      expect((await waiting).status).toBe(200);
      expect((await later).status).toBe(200);
      expect(asked.slice(before).filter(({ url }) => url === ME).length).toBe(2);
    });

    it('is never sent in the name of another', async () => {
      const before = answer;
      answer = (request) => (request.url.endsWith('/login') ? Response.json({ ...LOGIN, access_token: 'another', user: { id: '2', username: 'another' } }) : before(request));
      await login('another', 'a password');

      await expect(waiting).rejects.toMatchObject({ status: 401 });
    });

    it('is refused when its person leaves', async () => {
      leave();

      await expect(waiting).rejects.toMatchObject({ status: 401 });
    });
  });
});
