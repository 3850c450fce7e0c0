import { describe, expect, it } from 'vitest';
import { readEvents, type ChatListener } from './stream';

interface Heard extends ChatListener {
  text: string;
  reasoning: string;
  tokens: unknown;
  reason: string;
}

function ear(): Heard {
  const heard: Heard = {
    text: '',
    reasoning: '',
    tokens: null,
    reason: '',
    opened: () => undefined,
    delta: (text, reasoning) => {
      heard.text += text;
      heard.reasoning += reasoning;
    },
    usage: (tokens) => {
      heard.tokens = tokens;
    },
    finished: (reason) => {
      heard.reason = reason;
    },
  };
  return heard;
}

/** A body that arrives in pieces of so many bytes. */
function body(text: string, piece: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start: (controller) => {
      for (let at = 0; at < bytes.length; at += piece) {
        controller.enqueue(bytes.slice(at, at + piece));
      }
      controller.close();
    },
  });
}

const delta = (change: object, finish: string | null = null) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: change, finish_reason: finish }] })}\n\n`;
const ANSWER = `: ping\n\n${delta({ role: 'assistant', content: '' })}${delta({ reasoning_content: 'Hm' })}${delta({ content: '你好' })}${delta({ content: ' 😀' })}${delta({}, 'stop')}data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}\n\ndata: [DONE]\n\n`;

describe('the reader of an answer', () => {
  it.each([1, 2, 3, 7, 64, 100_000])('reads the same whether it comes in pieces of %i bytes', async (piece) => {
    const heard = ear();
    expect(await readEvents(body(ANSWER, piece), heard)).toBe(true);
    expect(heard).toMatchObject({ text: '你好 😀', reasoning: 'Hm', tokens: { input: 3, output: 4 }, reason: 'stop' });
  });

  it('takes finish_reason for the end where a provider writes no [DONE]', async () => {
    expect(await readEvents(body(delta({ content: 'a' }) + delta({}, 'length'), 50), ear())).toBe(true);
  });

  it('tells an answer that broke off from one that ended', async () => {
    const heard = ear();
    expect(await readEvents(body(delta({ content: 'half' }), 50), heard)).toBe(false);
    expect(heard.text).toBe('half');
  });

  it('rejects with the error that comes after the first words', async () => {
    const heard = ear();
    const broken = `${delta({ content: 'half' })}data: {"error":{"message":"gone","code":"upstream_reset","request_id":"r1"}}\n\n`;
    await expect(readEvents(body(broken, 30), heard)).rejects.toMatchObject({ code: 'upstream_reset', requestId: 'r1' });
    expect(heard.text).toBe('half');
  });

  it.each(['{', '7', 'null', '[]', '{"choices":{}}', '{"choices":[null]}', '{"choices":[{"delta":{"content":{"x":1}}}]}', '{"usage":{"prompt_tokens":"1"}}'])('passes over a chunk like %s', async (chunk) => {
    const heard = ear();
    expect(await readEvents(body(`data: ${chunk}\n\n${delta({ content: 'ok' })}data: [DONE]\n\n`, 40), heard)).toBe(true);
    expect(heard).toMatchObject({ text: 'ok', tokens: null });
  });
});
