import createClient from 'openapi-fetch';
import type { components as ControlComponents, paths as ControlPaths } from '@/generated/control';
import type { components as EngineComponents, paths as EnginePaths } from '@/generated/engine';
import type { components as GatewayComponents, paths as GatewayPaths } from '@/generated/gateway';
import { ApiError, errorOf } from './errors';
import { accessToken, renewed } from './session';

export type Control = ControlComponents['schemas'];
export type Gateway = GatewayComponents['schemas'];
export type Engine = EngineComponents['schemas'];

/**
 * fetch with the caller's access token; a token that ran out is renewed once and the request sent again. Rejects with an
 * ApiError for every answer that is not a success, and without a request when nobody is logged in: a page that loads while
 * its user logs out has nothing to ask for.
 */
export async function authorizedFetch(input: Request | string, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const retry = request.clone();
  let response = await send(request);
  if (response.status === 401 && (await renewed())) {
    response = await send(retry);
  }
  return succeeded(response);
}

async function send(request: Request): Promise<Response> {
  const token = await accessToken();
  if (token === null) {
    throw new ApiError(401, { code: 'invalid_token', message: 'Nobody is logged in.' });
  }
  request.headers.set('authorization', `Bearer ${token}`);
  return fetch(request);
}

/** fetch for what is open to everybody. Rejects as {@link authorizedFetch} does. */
async function openFetch(request: Request): Promise<Response> {
  return succeeded(await fetch(request));
}

/** The answer, or what it says is wrong, thrown. */
async function succeeded(response: Response): Promise<Response> {
  if (!response.ok) {
    throw await errorOf(response);
  }
  return response;
}

const options = { baseUrl: '/', fetch: authorizedFetch, querySerializer: { array: { style: 'form', explode: false } } } as const;
const open = { ...options, fetch: openFetch } as const;

/** What administrators and users do with Jarvis: docs/api/control.yaml. */
export const control = createClient<ControlPaths>(options);
/** Calls of models and one's own usage: docs/api/gateway.yaml. */
export const gateway = createClient<GatewayPaths>(options);
/** Agents, conversations and runs: docs/api/engine.yaml. */
export const engine = createClient<EnginePaths>(options);
/** The few calls of either that nobody has to be logged in for. */
export const openControl = createClient<ControlPaths>(open);
export const openEngine = createClient<EnginePaths>(open);

/** The data of an answer of the clients above. They reject where there is none, so a missing body is a fault of the server. */
export async function dataOf<T>(answer: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data, response } = await answer;
  if (data === undefined && response.status !== 204) {
    throw await errorOf(response);
  }
  return data as T;
}
