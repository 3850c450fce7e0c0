import { describe, expect, it } from 'vitest';
import { after, BEGUN, type RunEvent } from './events';

/** Events as they are told, without what every one of them carries. */
const told = (...events: object[]) => events.map((event) => ({ run_id: 'r', at: '2026-01-01T00:00:00Z', step: 1, ...event }) as RunEvent).reduce(after, BEGUN);

describe('a run as it is told', () => {
  it('joins neighbouring pieces of text and keeps the order of everything else', () => {
    const run = told(
      { type: 'run.started' },
      { type: 'reasoning.delta', text: 'Hm' },
      { type: 'text.delta', text: 'Let ' },
      { type: 'text.delta', text: 'me see.' },
      { type: 'tool.call', call_id: 'c1', name: 'calculator', arguments: { expression: '1+1' } },
      { type: 'tool.result', call_id: 'c1', status: 'done', content: '2' },
      { type: 'text.delta', text: 'It is 2.' },
      { type: 'run.done', answer_id: 'a1' },
    );
    expect(run.parts.map((part) => (part.kind === 'tool' ? `${part.call.name}=${part.call.content}` : part.text))).toEqual(['Hm', 'Let me see.', 'calculator=2', 'It is 2.']);
    expect(run).toMatchObject({ status: 'done', answerId: 'a1' });
  });

  it('waits for a person and goes on with the result', () => {
    const asked = [
      { type: 'tool.call', call_id: 'c1', name: 'http_fetch' },
      { type: 'approval.required', call_id: 'c1' },
    ];
    expect(told(...asked).status).toBe('waiting');
    expect(told(...asked, { type: 'tool.result', call_id: 'c1', status: 'done', content: 'ok' }).status).toBe('running');
  });

  it('asks for what an agent that is called wants to do, whose calls have the names of its own', () => {
    const run = told(
      { type: 'tool.call', call_id: 'c1', name: 'agent_helper' },
      { type: 'approval.required', run_id: 'below', call_id: 'c1', name: 'http_fetch' },
    );
    expect(run).toMatchObject({ status: 'waiting', parts: [{ call: { name: 'agent_helper', status: 'running' } }, { call: { runId: 'below', name: 'http_fetch', status: 'waiting' } }] });
    const rest = [
      { type: 'approval.decided', run_id: 'below', call_id: 'c1', approved: true },
      { type: 'tool.result', call_id: 'c1', status: 'done', content: 'ok' },
    ].map((event) => ({ run_id: 'r', at: '2026-01-01T00:00:00Z', step: 1, ...event }) as RunEvent);
    expect(rest.reduce(after, run)).toMatchObject({ status: 'running', parts: [{ call: { status: 'done', content: 'ok' } }, { call: { status: 'done', content: null } }] });
  });

  it('shows a call that was declined', () => {
    const run = told({ type: 'tool.call', call_id: 'c1', name: 'http_fetch' }, { type: 'approval.required', call_id: 'c1' }, { type: 'approval.decided', call_id: 'c1', approved: false }, { type: 'tool.result', call_id: 'c1', status: 'failed', content: 'no' });
    expect(run.parts).toMatchObject([{ call: { status: 'declined', content: 'no' } }]);
  });

  it('throws away what a step told before it began again', () => {
    const run = told({ type: 'text.delta', step: 1, text: 'One. ' }, { type: 'text.delta', step: 2, text: 'Tw' }, { type: 'step.restarted', step: 2 }, { type: 'text.delta', step: 2, text: 'Two.' });
    expect(run.parts.map((part) => part.kind === 'text' && part.text)).toEqual(['One. ', 'Two.']);
  });

  it('keeps why it failed', () => {
    expect(told({ type: 'run.failed', code: 'max_steps_reached', message: 'Too many steps.' }).error).toEqual({ code: 'max_steps_reached', message: 'Too many steps.' });
  });

  it('tells what became of older messages', () => {
    expect(told({ type: 'memory.summarized', step: 1, messages: 8 }).older).toEqual({ kind: 'summarized', messages: 8 });
    expect(told({ type: 'memory.trimmed', step: 1, messages: 8 }).older).toEqual({ kind: 'trimmed', messages: 8 });
  });

  it('passes over what it does not know', () => {
    expect(told({ type: 'something.new' })).toEqual(BEGUN);
  });
});
