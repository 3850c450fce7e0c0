/**
 * A conversation as a tree: a question that was edited stands beside the one it replaces, and an answer that was asked for
 * again beside the first. Nothing said is lost, and what goes to the model is the one path that is shown. All functions
 * return a new conversation; what did not change stays the same object, so that only what changed is drawn again.
 */
export interface Picture {
  name: string;
  /** A data: URL. */
  url: string;
}

export type AnswerState = 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';

/** Why there is no (whole) answer, as far as a person needs to know. */
export interface Failure {
  code: string;
  status: number;
  message: string;
  requestId: string | null;
  retryAfter: number | null;
  budgetScope: string | null;
  resetsAt: string | null;
}

export interface TokenCounts {
  input: number;
  output: number;
}

export interface Answer {
  id: string;
  /** Which of the models beside each other: 0 or 1. */
  lane: number;
  model: string;
  state: AnswerState;
  content: string;
  reasoning: string;
  finish: string | null;
  tokens: TokenCounts | null;
  firstMs: number | null;
  durationMs: number | null;
  requestId: string | null;
  failure: Failure | null;
  /** What the server charged: a line for each attempt that cost something. Null until its record is there. */
  cost: Charge[] | null;
}

export interface Charge {
  amount: string;
  currency: string;
  estimated: boolean;
}

export interface Turn {
  id: string;
  parent: string | null;
  text: string;
  pictures: Picture[];
  answers: Answer[];
  /** The answer that is shown, for each lane. */
  shown: Record<number, string>;
}

export interface Parameters {
  temperature?: number;
  top_p?: number;
  max_tokens?: number;
  presence_penalty?: number;
  frequency_penalty?: number;
  seed?: number;
}

export interface Conversation {
  id: string;
  title: string;
  updatedAt: number;
  /** One model, or two beside each other. */
  models: string[];
  system: string;
  parameters: Parameters;
  turns: Record<string, Turn>;
  /** The turn that is shown after a turn ('' for the first). */
  next: Record<string, string>;
}

const ROOT = '';

export function newAnswer(id: string, lane: number, model: string): Answer {
  return { id, lane, model, state: 'waiting', content: '', reasoning: '', finish: null, tokens: null, firstMs: null, durationMs: null, requestId: null, failure: null, cost: null };
}

export function newConversation(id: string, models: string[], now: number): Conversation {
  return { id, title: '', updatedAt: now, models, system: '', parameters: {}, turns: {}, next: {} };
}

/** The turns that are shown, from the first to the last. */
export function path(conversation: Conversation): Turn[] {
  const turns: Turn[] = [];
  for (let at = conversation.next[ROOT]; at !== undefined; at = conversation.next[at]) {
    const turn = conversation.turns[at];
    if (turn === undefined) {
      break;
    }
    turns.push(turn);
  }
  return turns;
}

/** The versions of a question, the oldest first. */
export function siblings(conversation: Conversation, turn: Turn): Turn[] {
  return Object.values(conversation.turns).filter((other) => other.parent === turn.parent);
}

export function addTurn(conversation: Conversation, turn: Turn, now: number): Conversation {
  return {
    ...conversation,
    title: conversation.title === '' ? titleOf(turn.text) : conversation.title,
    updatedAt: now,
    turns: { ...conversation.turns, [turn.id]: turn },
    next: { ...conversation.next, [turn.parent ?? ROOT]: turn.id },
  };
}

export function showTurn(conversation: Conversation, turn: Turn): Conversation {
  return { ...conversation, next: { ...conversation.next, [turn.parent ?? ROOT]: turn.id } };
}

/** Takes a question out with its answers. What was said after it follows what was said before it. */
export function removeTurn(conversation: Conversation, id: string): Conversation {
  const removed = conversation.turns[id];
  if (removed === undefined) {
    return conversation;
  }
  const turns: Record<string, Turn> = {};
  for (const turn of Object.values(conversation.turns)) {
    if (turn.id !== id) {
      turns[turn.id] = turn.parent === id ? { ...turn, parent: removed.parent } : turn;
    }
  }
  const place = removed.parent ?? ROOT;
  const { [id]: follower, ...next } = conversation.next;
  if (next[place] === id) {
    const other = follower ?? Object.values(turns).findLast((turn) => turn.parent === removed.parent)?.id;
    if (other === undefined) {
      delete next[place];
    } else {
      next[place] = other;
    }
  }
  return { ...conversation, turns, next };
}

/** Adds a version of the answer of a lane and shows it. */
export function addAnswer(conversation: Conversation, turnId: string, answer: Answer): Conversation {
  return changeTurn(conversation, turnId, (turn) => ({ ...turn, answers: [...turn.answers, answer], shown: { ...turn.shown, [answer.lane]: answer.id } }));
}

export function showAnswer(conversation: Conversation, turnId: string, answer: Answer): Conversation {
  return changeTurn(conversation, turnId, (turn) => ({ ...turn, shown: { ...turn.shown, [answer.lane]: answer.id } }));
}

export function changeAnswer(conversation: Conversation, turnId: string, answerId: string, change: (answer: Answer) => Answer): Conversation {
  return changeTurn(conversation, turnId, (turn) => ({ ...turn, answers: turn.answers.map((answer) => (answer.id === answerId ? change(answer) : answer)) }));
}

function changeTurn(conversation: Conversation, id: string, change: (turn: Turn) => Turn): Conversation {
  const turn = conversation.turns[id];
  return turn === undefined ? conversation : { ...conversation, turns: { ...conversation.turns, [id]: change(turn) } };
}

export function answerOf(turn: Turn, lane: number): Answer | undefined {
  return turn.answers.find((answer) => answer.id === turn.shown[lane]);
}

type Content = string | ({ type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } })[];

export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: Content;
}

/**
 * What the model of a lane is told up to and including a turn. Each model sees its own answers; where it has none, because
 * the second model joined later, those of the first. Questions without any answer are told all the same.
 */
export function messagesFor(conversation: Conversation, turnId: string, lane: number, seesPictures: boolean): Message[] {
  const messages: Message[] = conversation.system.trim() === '' ? [] : [{ role: 'system', content: conversation.system }];
  for (const turn of path(conversation)) {
    messages.push({ role: 'user', content: contentOf(turn, seesPictures) });
    if (turn.id === turnId) {
      break;
    }
    const answer = answerOf(turn, lane) ?? answerOf(turn, 0);
    if (answer !== undefined && answer.content !== '') {
      messages.push({ role: 'assistant', content: answer.content });
    }
  }
  return messages;
}

function contentOf(turn: Turn, seesPictures: boolean): Content {
  if (turn.pictures.length === 0 || !seesPictures) {
    return turn.text;
  }
  const pictures = turn.pictures.map(({ url }) => ({ type: 'image_url' as const, image_url: { url } }));
  return turn.text === '' ? pictures : [{ type: 'text', text: turn.text }, ...pictures];
}

export function titleOf(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return [...line].slice(0, 40).join('');
}
