// Makes an agent, sends it a message, follows what it does, and deletes it. Node.js 20 or later, without packages.
//   BASE_URL=http://127.0.0.1:8080 TOKEN=sk-jv-… MODEL=demo node examples/javascript/agent.mjs
import { MODEL, call, events, open } from './jarvis.mjs';

const agent = await call('POST', '/api/v1/agents', {
  name: 'Example',
  instructions: 'Be exact.',
  model: { model_id: MODEL },
  tools: [{ type: 'builtin', name: 'calculator' }],
});
try {
  const conversation = await call('POST', '/api/v1/conversations', { agent_id: agent.id });
  const { run } = await call('POST', `/api/v1/conversations/${conversation.id}/messages`, {
    text: 'What is 0.1 + 0.2?',
  });
  // To go on after a lost connection: open('GET', path, undefined, { 'last-event-id': lastId })
  for await (const { type, data } of events(await open('GET', `/api/v1/runs/${run.id}/events`))) {
    if (type === 'text.delta') process.stdout.write(data.text);
    if (type === 'tool.call') console.log('→', data.name, data.arguments);
    if (type === 'tool.result') console.log('←', data.content);
    if (type === 'run.failed') throw new Error(`the run failed: ${data.code}: ${data.message}`);
  }
  console.log();
} finally {
  await call('DELETE', `/api/v1/agents/${agent.id}`);
}
