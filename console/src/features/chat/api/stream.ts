import { createParser } from 'eventsource-parser';
import { authorizedFetch } from '@/lib/api';
import { ApiError, asApiError } from '@/lib/errors';
import type { Message, Parameters, TokenCounts } from '../model/tree';

export interface ChatRequest {
  model: string;
  messages: Message[];
  parameters: Parameters;
}

export interface ChatListener {
  /** The server took the request; `requestId` finds its record. */
  opened: (requestId: string | null) => void;
  delta: (text: string, reasoning: string) => void;
  usage: (tokens: TokenCounts) => void;
  finished: (reason: string) => void;
}

/**
 * Has a model answer, and tells the listener as the answer comes. Resolves at its proper end; rejects with an ApiError when
 * the request is refused, fails on the way or breaks off, and with an AbortError when `signal` stops it.
 */
export async function streamChat(request: ChatRequest, listener: ChatListener, signal: AbortSignal): Promise<void> {
  const response = await authorizedFetch('/api/v1/llm/chat', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: request.model, messages: request.messages, ...request.parameters, stream: true, stream_options: { include_usage: true } }),
    signal,
  });
  listener.opened(response.headers.get('x-request-id'));
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
    readWhole(await response.json(), listener);
    return;
  }
  if (response.body === null || !(await readEvents(response.body, listener))) {
    throw new ApiError(0, { code: 'stream_broken', message: 'The answer broke off.' }, response.headers);
  }
}

/** Reads the events of an answer; returns whether it came to its end. */
export async function readEvents(body: ReadableStream<Uint8Array>, listener: ChatListener): Promise<boolean> {
  let ended = false;
  let failure: ApiError | null = null;
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data === '[DONE]') {
        ended = true;
      } else if (failure === null) {
        const event = parsed(data);
        if (isObject(event) && isObject(event['error'])) {
          failure = new ApiError(200, event['error']);
        } else if (takeChunk(event, listener)) {
          // Some providers never write [DONE].
          ended = true;
        }
      }
    },
  });
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (value !== undefined) {
      parser.feed(value);
    }
    if (failure !== null) {
      await reader.cancel();
      throw asApiError(failure);
    }
    if (done) {
      return ended;
    }
  }
}

/** Takes one chunk; returns whether it says that the answer is complete. */
function takeChunk(chunk: unknown, listener: ChatListener): boolean {
  if (!isObject(chunk)) {
    return false;
  }
  takeUsage(chunk, listener);
  const choice = first(chunk);
  const delta = isObject(choice['delta']) ? choice['delta'] : {};
  const text = textOf(delta['content']);
  const reasoning = textOf(delta['reasoning_content']) || textOf(delta['reasoning']);
  if (text !== '' || reasoning !== '') {
    listener.delta(text, reasoning);
  }
  const reason = choice['finish_reason'];
  if (typeof reason === 'string' && reason !== '') {
    listener.finished(reason);
    return true;
  }
  return false;
}

/** A provider that does not stream answers in one piece. */
function readWhole(body: unknown, listener: ChatListener): void {
  if (!isObject(body)) {
    throw new ApiError(0, { code: 'stream_broken', message: 'The answer is not one of a model.' });
  }
  const choice = first(body);
  const message = isObject(choice['message']) ? choice['message'] : {};
  listener.delta(textOf(message['content']), textOf(message['reasoning_content']));
  takeUsage(body, listener);
  listener.finished(textOf(choice['finish_reason']) || 'stop');
}

function takeUsage(chunk: Record<string, unknown>, listener: ChatListener): void {
  const usage = chunk['usage'];
  if (isObject(usage) && typeof usage['prompt_tokens'] === 'number' && typeof usage['completion_tokens'] === 'number') {
    listener.usage({ input: usage['prompt_tokens'], output: usage['completion_tokens'] });
  }
}

function first(chunk: Record<string, unknown>): Record<string, unknown> {
  const choices = chunk['choices'];
  return Array.isArray(choices) && isObject(choices[0]) ? choices[0] : {};
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null; // One chunk that cannot be read loses a word, not the answer.
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
