import { download } from '@/lib/download';
import type { Agent } from './agents';

export function exportAgent(agent: Agent): Promise<void> {
  return download(`/api/v1/agents/${agent.id}/export`, `${agent.slug}.agent.json`, 'application/json');
}

export function exportConversation(id: string, format: 'json' | 'markdown'): Promise<void> {
  return format === 'json'
    ? download(`/api/v1/conversations/${id}/export?format=json`, 'conversation.json', 'application/json')
    : download(`/api/v1/conversations/${id}/export?format=markdown`, 'conversation.md', 'text/markdown');
}
