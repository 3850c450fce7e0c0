// OpenAI's own client against a running Jarvis. Prints one JSON object: for each case what was seen, or what went wrong.
// Nothing is judged here; OpenAiNodeTest does that.
import OpenAI from 'openai';

const baseURL = process.env.JARVIS_OPENAI_BASE;
const apiKey = process.env.JARVIS_CALLER_KEY;
const MODEL = 'sdk';

/** A client that notes each request it really sends and each answer's x-should-retry. */
function counting(options = {}) {
  const sent = [];
  const client = new OpenAI({
    baseURL,
    apiKey,
    maxRetries: 0,
    timeout: 20_000,
    ...options,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      sent.push({ status: response.status, shouldRetry: response.headers.get('x-should-retry') });
      return response;
    },
  });
  return { client, sent };
}

const { client } = counting();
const ask = (content, more = {}) => ({ model: MODEL, messages: [{ role: 'user', content }], ...more });
const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

/** The error's class as the client knows it, and what it carries. */
async function failure(promise) {
  try {
    await promise;
    return { class: 'none' };
  } catch (error) {
    return {
      class: error.constructor.name,
      status: error.status ?? null,
      code: error.code ?? null,
      type: error.type ?? null,
      requestId: error.requestID ?? null,
      isApiError: error instanceof OpenAI.APIError,
    };
  }
}

const cases = {
  async whole() {
    const completion = await client.chat.completions.create(ask('tokens=5', { temperature: 0 }));
    return {
      content: completion.choices[0].message.content,
      finish: completion.choices[0].finish_reason,
      usage: completion.usage,
      model: completion.model,
      requestId: completion._request_id,
    };
  },

  async severalChoices() {
    const completion = await client.chat.completions.create(ask('tokens=2', { n: 3 }));
    return { choices: completion.choices.length, completionTokens: completion.usage.completion_tokens };
  },

  async maxTokens() {
    const completion = await client.chat.completions.create(ask('tokens=50', { max_tokens: 4 }));
    return { finish: completion.choices[0].finish_reason, completionTokens: completion.usage.completion_tokens };
  },

  async streamed() {
    const { data, response } = await client.chat.completions
      .create(ask('tokens=6', { stream: true }))
      .withResponse();
    let content = '';
    let finish = null;
    let withUsage = 0;
    let emptyChoices = 0;
    for await (const chunk of data) {
      content += chunk.choices[0]?.delta?.content ?? '';
      finish = chunk.choices[0]?.finish_reason ?? finish;
      withUsage += chunk.usage ? 1 : 0;
      emptyChoices += chunk.choices.length === 0 ? 1 : 0;
    }
    return {
      content,
      finish,
      withUsage,
      emptyChoices,
      type: response.headers.get('content-type'),
      requestId: response.headers.get('x-request-id'),
    };
  },

  async streamedWithUsage() {
    const stream = await client.chat.completions.create(
      ask('tokens=6', { stream: true, stream_options: { include_usage: true } }),
    );
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const last = chunks.at(-1);
    return {
      usage: last.usage,
      lastHasNoChoices: last.choices.length === 0,
      othersWithUsage: chunks.slice(0, -1).filter((chunk) => chunk.usage).length,
    };
  },

  async tool() {
    const first = await client.chat.completions.create(ask('tool=get_weather', { tools: [weather] }));
    const call = first.choices[0].message.tool_calls[0];
    const second = await client.chat.completions.create({
      model: MODEL,
      tools: [weather],
      messages: [
        { role: 'user', content: 'what is the weather in Berlin' },
        first.choices[0].message,
        { role: 'tool', tool_call_id: call.id, content: '{"degrees":21}' },
      ],
    });
    return {
      finish: first.choices[0].finish_reason,
      name: call.function.name,
      arguments: JSON.parse(call.function.arguments),
      afterwards: second.choices[0].message.content,
    };
  },

  async toolStreamed() {
    const stream = client.chat.completions.stream(ask('tool=get_weather', { tools: [weather] }));
    const completion = await stream.finalChatCompletion();
    const call = completion.choices[0].message.tool_calls[0];
    return {
      finish: completion.choices[0].finish_reason,
      name: call.function.name,
      arguments: JSON.parse(call.function.arguments),
    };
  },

  async cancelled() {
    const { data, response } = await client.chat.completions
      .create(ask('cancelled tokens=60 delay_ms=30', { stream: true }))
      .withResponse();
    let received = 0;
    for await (const chunk of data) {
      received += chunk.choices[0]?.delta?.content ? 1 : 0;
      if (received === 3) {
        data.controller.abort();
        break;
      }
    }
    return { received, requestId: response.headers.get('x-request-id') };
  },

  async models() {
    const ids = [];
    for await (const model of client.models.list()) ids.push({ id: model.id, object: model.object });
    return { ids };
  },

  async oneModel() {
    return client.models.retrieve('org/sdk:v1');
  },

  async noModel() {
    return failure(client.models.retrieve('no-such-model'));
  },

  async wrongKey() {
    const { client: other } = counting({ apiKey: apiKey.slice(0, -4) + 'AAAA' });
    return failure(other.chat.completions.create(ask('hello')));
  },

  async unknownModel() {
    return failure(client.chat.completions.create(ask('hello', { model: 'no-such-model' })));
  },

  async badRequest() {
    return failure(client.chat.completions.create({ model: MODEL, messages: [] }));
  },

  async rateLimited() {
    return failure(client.chat.completions.create(ask('hello', { model: 'sdk-limited' })));
  },

  async providerFails() {
    const { client: patient, sent } = counting({ maxRetries: 2 });
    const seen = await failure(patient.chat.completions.create(ask('hello', { model: 'sdk-broken' })));
    return { ...seen, sent };
  },

  async providerKeyIsDead() {
    const { client: patient, sent } = counting({ maxRetries: 2 });
    const seen = await failure(patient.chat.completions.create(ask('hello', { model: 'sdk-dead-key' })));
    return { ...seen, sent };
  },

  async errorInTheStream() {
    const stream = await client.chat.completions.create(ask('hello', { model: 'sdk-in-band', stream: true }));
    let received = 0;
    const seen = await failure(
      (async () => {
        for await (const chunk of stream) received += chunk.choices[0]?.delta?.content ? 1 : 0;
      })(),
    );
    return { ...seen, received };
  },

  async nobodyThere() {
    const { client: other } = counting({ baseURL: 'http://127.0.0.1:1/v1' });
    return failure(other.chat.completions.create(ask('hello')));
  },

  async tooSlow() {
    const { client: hasty } = counting({ timeout: 300 });
    return failure(hasty.chat.completions.create(ask('first_ms=1500 tokens=1')));
  },
};

const results = {};
await Promise.all(
  Object.entries(cases).map(async ([name, run]) => {
    try {
      results[name] = await run();
    } catch (error) {
      results[name] = { broken: `${error.constructor.name}: ${error.message}` };
    }
  }),
);
console.log(JSON.stringify(results));
process.exit(0);
