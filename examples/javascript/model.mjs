// Asks a model, first for a whole answer, then for a streamed one. Node.js 20 or later, without packages.
//   BASE_URL=http://127.0.0.1:8080 TOKEN=sk-jv-… MODEL=demo node examples/javascript/model.mjs
import { MODEL, call, events, open } from './jarvis.mjs';

const question = { model: MODEL, messages: [{ role: 'user', content: 'Say good day.' }] };

const answer = await call('POST', '/v1/chat/completions', question);
console.log(answer.choices[0].message.content, answer.usage);

for await (const { data } of events(await open('POST', '/v1/chat/completions', { ...question, stream: true }))) {
  process.stdout.write(data.choices[0]?.delta.content ?? '');
}
console.log();
