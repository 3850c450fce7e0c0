// OpenAI's own client (npm install openai) with a model and with an agent.
//   BASE_URL=http://127.0.0.1:8080 TOKEN=sk-jv-… MODEL=agent:exact node examples/javascript/openai-sdk.mjs
import OpenAI from 'openai';

const { BASE_URL = 'http://127.0.0.1:8080', TOKEN, MODEL = 'demo' } = process.env;
const client = new OpenAI({ baseURL: `${BASE_URL}/v1`, apiKey: TOKEN });
const messages = [{ role: 'user', content: 'What is 0.1 + 0.2?' }];

const answer = await client.chat.completions.create({ model: MODEL, messages });
console.log(answer.choices[0].message.content);

for await (const chunk of await client.chat.completions.create({ model: MODEL, messages, stream: true })) {
  process.stdout.write(chunk.choices[0]?.delta?.content ?? '');
}
console.log();
