import { asApiError } from '@/lib/errors';
import { frames } from '@/lib/frames';
import { newId } from '@/lib/newId';
import { changeConversation, chatState } from '../model/store';
import { addAnswer, changeAnswer, messagesFor, newAnswer, type Answer, type Failure } from '../model/tree';
import { chargesOf } from './cost';
import { streamChat } from './stream';

const running = new Map<string, AbortController>();

/** Stops an answer. What came until then stays. */
export function stopAnswer(id: string): void {
  running.get(id)?.abort();
}

export function stopAll(): void {
  running.forEach((controller) => controller.abort());
}

/** Has the model of a lane answer a question, and shows the answer as it comes. */
export async function answerTurn(conversationId: string, turnId: string, lane: number, model: string, seesPictures: boolean): Promise<void> {
  const conversation = chatState().conversations[conversationId];
  if (conversation === undefined) {
    return;
  }
  const messages = messagesFor(conversation, turnId, lane, seesPictures);
  const answer = newAnswer(newId(), lane, model);
  changeConversation(conversationId, (before) => addAnswer(before, turnId, answer));
  const change = (how: (before: Answer) => Answer) => changeConversation(conversationId, (before) => changeAnswer(before, turnId, answer.id, how));

  const controller = new AbortController();
  running.set(answer.id, controller);
  const began = performance.now();
  let content = '';
  let reasoning = '';
  let firstMs: number | null = null;
  let requestId: string | null = null;
  const drawing = frames(() => change((before) => ({ ...before, state: 'streaming', content, reasoning, firstMs })));
  try {
    await streamChat(
      { model, messages, parameters: conversation.parameters },
      {
        opened: (id) => {
          requestId = id;
          change((before) => ({ ...before, requestId: id }));
        },
        delta: (text, thought) => {
          firstMs ??= performance.now() - began;
          content += text;
          reasoning += thought;
          drawing.request();
        },
        usage: (tokens) => change((before) => ({ ...before, tokens })),
        finished: (finish) => change((before) => ({ ...before, finish })),
      },
      controller.signal,
    );
    drawing.cancel();
    change((before) => ({ ...before, state: 'done', content, reasoning, firstMs, durationMs: performance.now() - began }));
  } catch (error) {
    drawing.cancel();
    const stopped = controller.signal.aborted;
    const failure = stopped ? null : failureOf(error);
    requestId ??= failure?.requestId ?? null;
    change((before) => ({ ...before, state: stopped ? 'stopped' : 'failed', content, reasoning, firstMs, durationMs: performance.now() - began, failure, requestId }));
  } finally {
    running.delete(answer.id);
  }
  if (requestId !== null && (content !== '' || reasoning !== '')) {
    const cost = await chargesOf(requestId, () => chatState().conversations[conversationId] !== undefined);
    if (cost !== null) {
      change((before) => ({ ...before, cost }));
    }
  }
}

function failureOf(thrown: unknown): Failure {
  const error = asApiError(thrown);
  return {
    code: error.code,
    status: error.status,
    message: error.message,
    requestId: error.requestId,
    retryAfter: error.retryAfter,
    budgetScope: error.budgetScope,
    resetsAt: error.budgetResetsAt,
  };
}
