import { pageParam, textParam, type RawSearch } from '@/lib/search';

export interface AgentSearch {
  q?: string;
  page?: number;
}

export function validateAgentSearch(raw: RawSearch): AgentSearch {
  const q = textParam(raw, 'q');
  const page = pageParam(raw);
  return { ...(q === undefined ? {} : { q }), ...(page === undefined ? {} : { page }) };
}

export interface NewAgentSearch {
  /** Key of a ready-made example to begin with. */
  example?: string;
}

export function validateNewAgentSearch(raw: RawSearch): NewAgentSearch {
  const example = textParam(raw, 'example');
  return example === undefined ? {} : { example };
}

export interface AgentChatSearch {
  conversation?: string;
}

export function validateAgentChatSearch(raw: RawSearch): AgentChatSearch {
  const conversation = textParam(raw, 'conversation');
  return conversation === undefined ? {} : { conversation };
}
