import { describe, expect, it } from 'vitest';
import { grouped } from './grouped';

const fact = (id: string, agent: string, day: number) => ({ id, agent_id: agent, text: id, created_at: `2026-01-0${day}T00:00:00Z` });

describe('facts', () => {
  it('stand by their agents, the one that learnt something last first', () => {
    const groups = grouped([fact('1', 'a', 1), fact('2', 'b', 2), fact('3', 'a', 3)]);
    expect(groups.map(({ agentId, facts }) => `${agentId}:${facts.map(({ id }) => id).join()}`)).toEqual(['a:1,3', 'b:2']);
  });

  it('may be none', () => expect(grouped([])).toEqual([]));
});
