import { describe, expect, it } from 'vitest';
import type { Engine } from '@/lib/api';
import { EMPTY, filledIn, formOfAgent, requestOf } from './form';

const agent: Engine['Agent'] = {
  id: 'a1',
  slug: 'helper',
  callable_as: 'agent:helper',
  name: 'Helper',
  icon: '🔎',
  description: '',
  instructions: 'Translate into {{language}}.',
  variables: [{ name: 'language', description: '', fallback: 'English' }],
  model: { model_id: 'demo', temperature: 0.2, top_p: null, max_tokens: null, presence_penalty: 0.5, frequency_penalty: null, seed: 7, stop: ['END'], reasoning_effort: null },
  tools: [
    { type: 'builtin', name: 'http_fetch', agent_id: null, server_id: null, approval: true },
    { type: 'mcp', name: 'files/read', agent_id: null, server_id: 's1', approval: true },
    { type: 'mcp', name: null, agent_id: null, server_id: 's2', approval: false },
    { type: 'agent', name: null, agent_id: 'a2', server_id: null, approval: false },
  ],
  memory: { window_tokens: 4000, facts: false, mode: 'summary' },
  limits: { max_steps: 5, max_tokens: 1000, max_cost: '0.50', max_seconds: 60 },
  visibility: 'own',
  team_id: 't1',
  owner: { id: 'u1', username: 'someone' },
  version: 3,
  editable: true,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
};

describe('the form of an agent', () => {
  it('saves what it was opened with, also what it does not show', () => {
    const request = requestOf(formOfAgent(agent), agent);
    expect(request.model).toEqual({ model_id: 'demo', temperature: 0.2, presence_penalty: 0.5, seed: 7, stop: ['END'] });
    expect(request.tools).toEqual([
      { type: 'builtin', name: 'http_fetch', approval: true },
      { type: 'mcp', server_id: 's1', name: 'files/read', approval: true },
      { type: 'mcp', server_id: 's2', name: null, approval: false },
      { type: 'agent', agent_id: 'a2', approval: false },
    ]);
    expect(request).toMatchObject({ limits: agent.limits, memory: agent.memory, variables: agent.variables });
  });

  it('forgets the parameters of a model that was changed for another', () => {
    expect(requestOf({ ...formOfAgent(agent), modelId: 'other' }, agent).model).toEqual({ model_id: 'other', temperature: 0.2 });
  });

  it('never carries a key or an address', () => {
    const sent = JSON.stringify(requestOf({ ...EMPTY, name: 'x', modelId: 'demo' }, undefined));
    expect(sent).not.toMatch(/api_key|base_url|secret/);
  });

  it('shows the instructions as the model gets them', () => {
    expect(filledIn(agent.instructions, agent.variables)).toBe('Translate into English.');
  });
});
