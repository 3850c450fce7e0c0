import { describe, expect, it } from 'vitest';
import { addAnswer, addTurn, answerOf, changeAnswer, messagesFor, newConversation, path, removeTurn, showAnswer, showTurn, siblings, titleOf, type Answer, type Conversation, type Turn } from './tree';

const turn = (id: string, parent: string | null, text = id): Turn => ({ id, parent, text, pictures: [], answers: [], shown: {} });
const answer = (id: string, content = id, lane = 0): Answer => ({
  id,
  lane,
  model: 'm',
  state: 'done',
  content,
  reasoning: '',
  finish: 'stop',
  tokens: null,
  firstMs: null,
  durationMs: null,
  requestId: null,
  failure: null,
  cost: null,
});
const ids = (conversation: Conversation) => path(conversation).map((shown) => shown.id);

function talk(): Conversation {
  let conversation = newConversation('c', ['m'], 0);
  conversation = addAnswer(addTurn(conversation, turn('q1', null), 1), 'q1', answer('a1'));
  conversation = addAnswer(addTurn(conversation, turn('q2', 'q1'), 2), 'q2', answer('a2'));
  return addAnswer(addTurn(conversation, turn('q3', 'q2'), 3), 'q3', answer('a3'));
}

describe('a conversation', () => {
  it('is told as questions and the shown answers, without the answer that is asked for', () => {
    expect(messagesFor(talk(), 'q2', 0, false)).toEqual([
      { role: 'user', content: 'q1' },
      { role: 'assistant', content: 'a1' },
      { role: 'user', content: 'q2' },
    ]);
  });

  it('begins with the system prompt where there is one', () => {
    expect(messagesFor({ ...talk(), system: 'Be brief' }, 'q1', 0, false)[0]).toEqual({ role: 'system', content: 'Be brief' });
    expect(messagesFor({ ...talk(), system: '  ' }, 'q1', 0, false)[0]).toEqual({ role: 'user', content: 'q1' });
  });

  it('keeps an edited question beside the one it replaces', () => {
    const edited = addTurn(talk(), turn('q2b', 'q1'), 4);
    expect(ids(edited)).toEqual(['q1', 'q2b']);
    const before = edited.turns['q2'] as Turn;
    expect(siblings(edited, before).map((version) => version.id)).toEqual(['q2', 'q2b']);
    expect(ids(showTurn(edited, before))).toEqual(['q1', 'q2', 'q3']);
  });

  it('shows the newest answer, and tells the one that is shown', () => {
    const again = addAnswer(talk(), 'q1', answer('a1b'));
    const told = (conversation: Conversation) => messagesFor(conversation, 'q2', 0, false)[1]?.content;
    expect(told(again)).toBe('a1b');
    expect(told(showAnswer(again, 'q1', answer('a1')))).toBe('a1');
  });

  it.each([
    ['q1', ['q2', 'q3']],
    ['q2', ['q1', 'q3']],
    ['q3', ['q1', 'q2']],
  ])('closes the gap when %s is deleted', (id, left) => {
    expect(ids(removeTurn(talk(), id))).toEqual(left);
  });

  it('falls back to another version when the shown one is deleted', () => {
    const edited = addTurn(talk(), turn('q3b', 'q2'), 4);
    expect(ids(removeTurn(edited, 'q3b'))).toEqual(['q1', 'q2', 'q3']);
  });

  it('is empty again when its only question is deleted', () => {
    expect(ids(removeTurn(addTurn(newConversation('c', ['m'], 0), turn('q', null), 1), 'q'))).toEqual([]);
  });

  it('tells each model its own answers, and the first one\'s where it has none', () => {
    const compared = addAnswer(talk(), 'q2', answer('a2-other', 'other', 1));
    expect(messagesFor(compared, 'q3', 1, false).map((message) => message.content)).toEqual(['q1', 'a1', 'q2', 'other', 'q3']);
    expect(messagesFor(compared, 'q3', 0, false).map((message) => message.content)).toEqual(['q1', 'a1', 'q2', 'a2', 'q3']);
  });

  it('leaves out an answer that never began', () => {
    const failed = changeAnswer(talk(), 'q1', 'a1', (before) => ({ ...before, content: '', state: 'failed' }));
    expect(messagesFor(failed, 'q2', 0, false).map((message) => message.role)).toEqual(['user', 'user']);
  });

  it('sends pictures only to models that see', () => {
    const picture = { name: 'p', url: 'data:image/png;base64,AA' };
    const asked = addTurn(newConversation('c', ['m'], 0), { ...turn('q', null), pictures: [picture] }, 1);
    expect(messagesFor(asked, 'q', 0, true)[0]?.content).toEqual([
      { type: 'text', text: 'q' },
      { type: 'image_url', image_url: { url: picture.url } },
    ]);
    expect(messagesFor(asked, 'q', 0, false)[0]?.content).toBe('q');
  });

  it('changes nothing but the answer that changed', () => {
    const before = talk();
    const after = changeAnswer(before, 'q2', 'a2', (old) => ({ ...old, content: 'more' }));
    expect(after.turns['q1']).toBe(before.turns['q1']);
    expect(answerOf(after.turns['q2'] as Turn, 0)?.content).toBe('more');
  });

  it('is named after its first line, never cutting a character in half', () => {
    expect(titleOf('  Hello\nthere')).toBe('Hello');
    expect(titleOf('😀'.repeat(60))).toBe('😀'.repeat(40));
  });
});
