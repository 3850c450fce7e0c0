import { useSyncExternalStore } from 'react';
import { readAll, remove, write, type Stored } from '@/lib/localDatabase';
import { newId } from '@/lib/newId';
import { newConversation, type Answer, type Conversation } from './tree';

interface ChatState {
  owner: string;
  ready: boolean;
  conversations: Record<string, Conversation>;
  current: string | null;
}

type Kept = Conversation & Stored;

const SAVE_AFTER_MS = 400;

// Lives as long as the tab, so that an answer goes on while the person looks at another page.
let state: ChatState = { owner: '', ready: false, conversations: {}, current: null };
const listeners = new Set<() => void>();
const saving = new Map<string, ReturnType<typeof setTimeout>>();

function set(next: ChatState): void {
  state = next;
  listeners.forEach((listener) => listener());
}

export function useChatState(): ChatState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}

export function chatState(): ChatState {
  return state;
}

/** Takes up what this person left in the browser; what another person left is deleted. */
export async function openStore(owner: string): Promise<void> {
  if (state.owner === owner) {
    return;
  }
  set({ owner, ready: false, conversations: {}, current: null });
  const conversations: Record<string, Conversation> = {};
  try {
    for (const kept of (await readAll()) as Kept[]) {
      if (kept.owner === owner) {
        conversations[kept.id] = settled(kept);
      } else {
        await remove(kept.id);
      }
    }
  } catch {
    // A browser without a database, or one that refuses it, keeps conversations until the tab is closed.
  }
  if (state.owner === owner) {
    set({ ...state, ready: true, conversations: { ...conversations, ...state.conversations } });
  }
}

/** Forgets everything that is in memory; the browser's database is deleted by the logout. */
export function closeStore(): void {
  saving.forEach((timer) => clearTimeout(timer));
  saving.clear();
  set({ owner: '', ready: false, conversations: {}, current: null });
}

/** An answer that was on its way when the tab was closed was stopped by that. */
function settled(conversation: Conversation): Conversation {
  const stop = (answer: Answer): Answer => (answer.state === 'waiting' || answer.state === 'streaming' ? { ...answer, state: 'stopped' } : answer);
  const turns = Object.fromEntries(Object.entries(conversation.turns).map(([id, turn]) => [id, { ...turn, answers: turn.answers.map(stop) }]));
  return { ...conversation, turns };
}

export function startConversation(models: string[]): Conversation {
  const conversation = newConversation(newId(), models, Date.now());
  set({ ...state, conversations: { ...state.conversations, [conversation.id]: conversation }, current: conversation.id });
  return conversation;
}

export function selectConversation(id: string | null): void {
  set({ ...state, current: id });
}

export function changeConversation(id: string, change: (conversation: Conversation) => Conversation): void {
  const before = state.conversations[id];
  if (before === undefined) {
    return;
  }
  const after = change(before);
  if (after !== before) {
    set({ ...state, conversations: { ...state.conversations, [id]: after } });
    save(id);
  }
}

export function deleteConversation(id: string): void {
  const conversations = Object.fromEntries(Object.entries(state.conversations).filter(([key]) => key !== id));
  set({ ...state, conversations, current: state.current === id ? null : state.current });
  clearTimeout(saving.get(id));
  saving.delete(id);
  remove(id).catch(() => undefined); // nothing was kept where nothing can be
}

/** Keeps a conversation a moment after its last change, not with every word. Empty ones are not kept. */
function save(id: string): void {
  clearTimeout(saving.get(id));
  saving.set(
    id,
    setTimeout(() => saveNow(id), SAVE_AFTER_MS),
  );
}

function saveNow(id: string): void {
  clearTimeout(saving.get(id));
  saving.delete(id);
  const conversation = state.conversations[id];
  if (conversation !== undefined && Object.keys(conversation.turns).length > 0) {
    write({ ...conversation, owner: state.owner } as Kept).catch(() => undefined); // it stays in memory
  }
}

// Whoever closes the tab right after the last word loses nothing.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') {
    [...saving.keys()].forEach(saveNow);
  }
});
