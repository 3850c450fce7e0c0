import type { Engine } from '@/lib/api';

type Agent = Engine['Agent'];
type AgentExample = Engine['AgentExample'];
type NewTool = NonNullable<Engine['NewAgent']['tools']>[number];
type Effort = NonNullable<Engine['ReasoningEffort']>;

/** An agent as its form holds it: nothing is null, empty means not set. */
export interface AgentForm {
  name: string;
  icon: string;
  description: string;
  instructions: string;
  variables: { name: string; description: string; fallback: string }[];
  modelId: string | undefined;
  temperature: number | null;
  topP: number | null;
  maxTokens: number | null;
  reasoningEffort: Effort | undefined;
  builtins: string[];
  /** Of the built-in tools, those that a person must allow each time. */
  approvals: string[];
  agents: string[];
  /** Tools of MCP servers, as `keyOfMcpTool` writes them. */
  mcpTools: string[];
  /** Of those, the ones that a person must allow each time. */
  mcpApprovals: string[];
  windowTokens: number;
  /** What becomes of what no longer fits: left out, or summarised. */
  memoryMode: 'window' | 'summary';
  facts: boolean;
  maxSteps: number;
  runTokens: number;
  maxCost: string;
  maxSeconds: number;
  visibility: 'own' | 'team' | 'all';
}

export const EMPTY: AgentForm = {
  name: '',
  icon: '',
  description: '',
  instructions: '',
  variables: [],
  modelId: undefined,
  temperature: null,
  topP: null,
  maxTokens: null,
  reasoningEffort: undefined,
  builtins: [],
  approvals: [],
  agents: [],
  mcpTools: [],
  mcpApprovals: [],
  windowTokens: 16_000,
  memoryMode: 'window',
  facts: false,
  maxSteps: 20,
  runTokens: 200_000,
  maxCost: '',
  maxSeconds: 600,
  visibility: 'own',
};

/** The id of a server has no slash; the name of a tool may have any. Without a name it stands for all that are allowed. */
export function keyOfMcpTool(server: string, name: string | null): string {
  return name === null ? server : `${server}/${name}`;
}

export function mcpToolOf(key: string): { server_id: string; name: string | null } {
  const slash = key.indexOf('/');
  return slash < 0 ? { server_id: key, name: null } : { server_id: key.slice(0, slash), name: key.slice(slash + 1) };
}

type Configured = Pick<Agent, 'icon' | 'description' | 'instructions' | 'variables' | 'tools' | 'memory' | 'limits'>;

function formOf(config: Configured): Omit<AgentForm, 'name' | 'modelId' | 'temperature' | 'topP' | 'maxTokens' | 'reasoningEffort' | 'visibility'> {
  const builtins = config.tools.filter((tool) => tool.type === 'builtin');
  const mcp = config.tools.filter((tool) => tool.type === 'mcp');
  return {
    icon: config.icon,
    description: config.description,
    instructions: config.instructions,
    variables: config.variables,
    builtins: builtins.map((tool) => tool.name ?? ''),
    approvals: builtins.filter((tool) => tool.approval).map((tool) => tool.name ?? ''),
    agents: config.tools.filter((tool) => tool.type === 'agent').map((tool) => tool.agent_id ?? ''),
    mcpTools: mcp.map((tool) => keyOfMcpTool(tool.server_id ?? '', tool.name)),
    mcpApprovals: mcp.filter((tool) => tool.approval).map((tool) => keyOfMcpTool(tool.server_id ?? '', tool.name)),
    windowTokens: config.memory.window_tokens,
    memoryMode: config.memory.mode,
    facts: config.memory.facts,
    maxSteps: config.limits.max_steps,
    runTokens: config.limits.max_tokens,
    maxCost: config.limits.max_cost ?? '',
    maxSeconds: config.limits.max_seconds,
  };
}

export function formOfAgent(agent: Agent): AgentForm {
  const { model } = agent;
  return {
    ...formOf(agent),
    name: agent.name,
    modelId: model.model_id,
    temperature: model.temperature ?? null,
    topP: model.top_p ?? null,
    maxTokens: model.max_tokens ?? null,
    reasoningEffort: model.reasoning_effort ?? undefined,
    visibility: agent.visibility,
  };
}

export function formOfExample(example: AgentExample, zh: boolean): AgentForm {
  return { ...EMPTY, ...formOf({ ...example, description: zh ? example.description_zh : example.description }), name: zh ? example.name_zh : example.name };
}

/**
 * The request that saves a form. Parameters of the model that the form does not show (penalties, seed, stop words) are kept
 * from what was read: an agent made by a program loses nothing when somebody edits it here.
 */
export function requestOf(form: AgentForm, read: Agent | undefined): Engine['NewAgent'] {
  const kept = read?.model.model_id === form.modelId ? read?.model : undefined;
  const tools: NewTool[] = [
    ...form.builtins.map((name) => ({ type: 'builtin' as const, name, approval: form.approvals.includes(name) })),
    ...form.mcpTools.map((key) => ({ type: 'mcp' as const, ...mcpToolOf(key), approval: form.mcpApprovals.includes(key) })),
    ...form.agents.map((id) => ({ type: 'agent' as const, agent_id: id, approval: false })),
  ];
  return {
    name: form.name.trim(),
    icon: form.icon.trim() === '' ? null : form.icon.trim(),
    description: form.description,
    instructions: form.instructions,
    variables: form.variables.map(({ name, description, fallback }) => ({ name, description: description ?? '', fallback: fallback ?? '' })),
    model: withoutUnset({
      ...kept,
      model_id: form.modelId ?? '',
      temperature: form.temperature,
      top_p: form.topP,
      max_tokens: form.maxTokens,
      reasoning_effort: form.reasoningEffort ?? null,
    }),
    tools,
    memory: { window_tokens: form.windowTokens, facts: form.facts, mode: form.memoryMode },
    limits: { max_steps: form.maxSteps, max_tokens: form.runTokens, max_cost: form.maxCost.trim() === '' ? null : form.maxCost.trim(), max_seconds: form.maxSeconds },
    visibility: form.visibility,
  };
}

function withoutUnset<T extends { model_id: string }>(model: T): T {
  return Object.fromEntries(Object.entries(model).filter(([, value]) => value !== null)) as T;
}

/** The instructions with every variable filled in by its fallback, as a run without values sends them. */
export function filledIn(instructions: string, variables: AgentForm['variables']): string {
  return variables.reduce((text, { name, fallback }) => (name === '' ? text : text.replaceAll(`{{${name}}}`, fallback === '' ? `{{${name}}}` : fallback)), instructions);
}
