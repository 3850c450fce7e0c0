import type { Engine } from '@/lib/api';

/** What a run tells while it goes on. Types that this console does not know are passed over: newer servers tell more. */
export type RunEvent = Engine['RunEvent'];

export interface ToolCallShown {
  /** The run that makes it: the one that is followed, or one of an agent that it calls. */
  runId: string;
  callId: string;
  name: string;
  arguments: unknown;
  /** What came back; null while it is under way. */
  content: string | null;
  status: 'running' | 'waiting' | 'done' | 'failed' | 'declined';
}

/** A part of an answer, in the order in which it came. */
export type Part = { kind: 'text' | 'reasoning'; step: number; text: string } | { kind: 'tool'; step: number; call: ToolCallShown };

export interface LiveRun {
  parts: Part[];
  status: 'running' | 'waiting' | 'done' | 'failed';
  error: { code: string; message: string } | null;
  answerId: string | null;
  /** What became of older messages that no longer fit; null: they all fit, or it was done before. */
  older: { kind: 'summarized' | 'trimmed'; messages: number } | null;
}

export const BEGUN: LiveRun = { parts: [], status: 'running', error: null, answerId: null, older: null };

/** The run after one more event. Never changes what it was given. */
export function after(run: LiveRun, event: RunEvent): LiveRun {
  switch (event.type) {
    case 'text.delta':
      return { ...run, parts: appended(run.parts, 'text', event.step, event.text) };
    case 'reasoning.delta':
      return { ...run, parts: appended(run.parts, 'reasoning', event.step, event.text) };
    case 'step.restarted':
      // An engine died in the middle of this step; what it had told so far comes again.
      return { ...run, parts: run.parts.filter((part) => part.kind === 'tool' || part.step !== event.step) };
    case 'tool.call':
      return {
        ...run,
        parts: [...run.parts, called(event)],
      };
    case 'approval.required':
      // What an agent that is called wants to do is told of only when it asks.
      return { ...run, status: 'waiting', parts: changed(run.parts.some((part) => isOf(part, event)) ? run.parts : [...run.parts, called(event)], event, (call) => ({ ...call, status: 'waiting' })) };
    case 'approval.decided':
      return { ...run, status: 'running', parts: changed(run.parts, event, (call) => ({ ...call, status: event.approved ? 'running' : 'declined' })) };
    case 'tool.result':
      return {
        ...run,
        status: run.status === 'waiting' ? 'running' : run.status,
        parts: changed(run.parts, event, (call) => ({ ...call, content: event.content, status: call.status === 'declined' ? 'declined' : event.status })).map((part) =>
          part.kind === 'tool' && part.call.runId !== event.run_id && part.call.status === 'running' ? { ...part, call: { ...part.call, status: 'done' } } : part,
        ),
      };
    case 'memory.summarized':
      return { ...run, older: { kind: 'summarized', messages: event.messages } };
    case 'memory.trimmed':
      return { ...run, older: { kind: 'trimmed', messages: event.messages } };
    case 'run.done':
      return { ...run, status: 'done', answerId: event.answer_id };
    case 'run.failed':
      return { ...run, status: 'failed', error: { code: event.code, message: event.message } };
    default:
      return run;
  }
}

function appended(parts: Part[], kind: 'text' | 'reasoning', step: number, text: string): Part[] {
  const last = parts.at(-1);
  return last !== undefined && last.kind === kind && last.step === step ? [...parts.slice(0, -1), { ...last, text: last.text + text }] : [...parts, { kind, step, text }];
}

interface OfCall {
  run_id: string;
  call_id: string;
}

function called(event: OfCall & { step: number; name: string; arguments: unknown }): Part {
  return { kind: 'tool', step: event.step, call: { runId: event.run_id, callId: event.call_id, name: event.name, arguments: event.arguments, content: null, status: 'running' } };
}

/** Each run counts its calls for itself. */
function isOf(part: Part, event: OfCall): boolean {
  return part.kind === 'tool' && part.call.callId === event.call_id && part.call.runId === event.run_id;
}

function changed(parts: Part[], event: OfCall, change: (call: ToolCallShown) => ToolCallShown): Part[] {
  return parts.map((part) => (part.kind === 'tool' && isOf(part, event) ? { ...part, call: change(part.call) } : part));
}
