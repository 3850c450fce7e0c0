// What the examples share: requests with a token, and server-sent events.
const { BASE_URL = 'http://127.0.0.1:8080', TOKEN, MODEL = 'demo' } = process.env;
if (!TOKEN) throw new Error('Set TOKEN to an access token or a caller key.');
export { BASE_URL, MODEL, TOKEN };

/** A response that is fine; else an error with the server's own words: a stable code, and what to do. */
export async function open(method, path, body, headers = {}) {
  const response = await fetch(BASE_URL + path, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response;
}

export async function call(method, path, body) {
  const text = await (await open(method, path, body)).text();
  return text ? JSON.parse(text) : undefined;
}

/** { id, type, data } of each event as it comes. */
export async function* events(response) {
  const decoder = new TextDecoder();
  let rest = '';
  let event = {};
  for await (const bytes of response.body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith('id: ')) event.id = line.slice(4);
      else if (line.startsWith('event: ')) event.type = line.slice(7);
      else if (line.startsWith('data: ') && line !== 'data: [DONE]') event.data = JSON.parse(line.slice(6));
      else if (line === '') {
        if (event.data) yield event;
        event = {};
      }
    }
  }
}
