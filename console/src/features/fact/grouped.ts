import type { Fact } from './api/facts';

/** Facts by the agent that keeps them, the agent with the newest first; each agent's in the order in which they were kept. */
export function grouped(facts: Fact[]): { agentId: string; facts: Fact[] }[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    groups.set(fact.agent_id, [...(groups.get(fact.agent_id) ?? []), fact]);
  }
  const newest = (list: Fact[]) => list.reduce((latest, { created_at }) => (created_at > latest ? created_at : latest), '');
  return [...groups].map(([agentId, list]) => ({ agentId, facts: list })).sort((one, other) => newest(other.facts).localeCompare(newest(one.facts)));
}
