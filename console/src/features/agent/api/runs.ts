import { createParser } from 'eventsource-parser';
import { authorizedFetch, dataOf, engine } from '@/lib/api';
import type { RunEvent } from '../model/events';

export async function sendMessage(conversationId: string, message: { text: string; parent_id?: string | null; attachment_ids?: string[]; variables?: { name: string; value: string }[] }) {
  return dataOf(engine.POST('/api/v1/conversations/{id}/messages', { params: { path: { id: conversationId } }, body: message }));
}

/** Another answer to a message that is there. */
export async function retryMessage(conversationId: string, messageId: string) {
  return dataOf(engine.POST('/api/v1/conversations/{id}/runs', { params: { path: { id: conversationId } }, body: { message_id: messageId } }));
}

export async function cancelRun(id: string) {
  return dataOf(engine.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } }));
}

export async function decideCall(runId: string, callId: string, approve: boolean) {
  return dataOf(engine.POST('/api/v1/runs/{id}/approvals/{call_id}', { params: { path: { id: runId, call_id: callId } }, body: { approve } }));
}

const PAUSE_MS = [300, 1000, 2000, 5000];

/**
 * Follows a run to its end, also over lost connections: it asks for what comes after the last event it has. Rejects with an
 * AbortError when `signal` stops it; the run itself goes on then.
 */
export async function followRun(id: string, hear: (event: RunEvent) => void, signal: AbortSignal): Promise<void> {
  let last = '';
  let failures = 0;
  for (;;) {
    try {
      const response = await authorizedFetch(`/api/v1/runs/${encodeURIComponent(id)}/events`, { signal, headers: { accept: 'text/event-stream', ...(last === '' ? {} : { 'last-event-id': last }) } });
      if (response.body === null) {
        return;
      }
      const over = await read(response.body, (event, eventId) => {
        failures = 0;
        last = eventId === '' ? last : eventId;
        hear(event);
      });
      if (over) {
        return;
      }
    } catch (error) {
      if (signal.aborted || failures >= PAUSE_MS.length - 1) {
        throw error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS[Math.min(failures++, PAUSE_MS.length - 1)]));
  }
}

async function read(body: ReadableStream<Uint8Array>, hear: (event: RunEvent, id: string) => void): Promise<boolean> {
  let over = false;
  const parser = createParser({
    onEvent: ({ data, id }) => {
      const event = JSON.parse(data) as RunEvent;
      over ||= event.type === 'run.done' || event.type === 'run.failed';
      hear(event, id ?? '');
    },
  });
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (value !== undefined) {
      parser.feed(value);
    }
    if (done || over) {
      void reader.cancel();
      return over;
    }
  }
}
