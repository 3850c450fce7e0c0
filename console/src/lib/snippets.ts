/** How a program calls a model through this server. */
export interface Call {
  /** Of this server, with /v1. */
  baseUrl: string;
  key: string;
  model: string;
}

/** The address that programs use: where this page came from. */
export function baseUrlHere(): string {
  return `${window.location.origin}/v1`;
}

// What is filled in comes from people and administrators, so it is written as a literal of each language.
const json = (text: string) => JSON.stringify(text);
const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

export const SNIPPETS: { key: string; label: string; language: string; write: (call: Call) => string }[] = [
  {
    key: 'curl',
    label: 'curl',
    language: 'bash',
    write: ({ baseUrl, key, model }) =>
      [
        `curl ${baseUrl}/chat/completions \\`,
        `  -H ${shell(`Authorization: Bearer ${key}`)} \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d ${shell(`{"model": ${json(model)}, "messages": [{"role": "user", "content": "Hello"}]}`)}`,
      ].join('\n'),
  },
  {
    key: 'python',
    label: 'Python',
    language: 'python',
    write: ({ baseUrl, key, model }) =>
      [
        '# pip install openai',
        'from openai import OpenAI',
        '',
        `client = OpenAI(base_url=${json(baseUrl)}, api_key=${json(key)})`,
        'answer = client.chat.completions.create(',
        `    model=${json(model)},`,
        '    messages=[{"role": "user", "content": "Hello"}],',
        ')',
        'print(answer.choices[0].message.content)',
      ].join('\n'),
  },
  {
    key: 'javascript',
    label: 'JavaScript',
    language: 'javascript',
    write: ({ baseUrl, key, model }) =>
      [
        '// npm install openai',
        "import OpenAI from 'openai';",
        '',
        `const client = new OpenAI({ baseURL: ${json(baseUrl)}, apiKey: ${json(key)} });`,
        'const answer = await client.chat.completions.create({',
        `  model: ${json(model)},`,
        "  messages: [{ role: 'user', content: 'Hello' }],",
        '});',
        'console.log(answer.choices[0].message.content);',
      ].join('\n'),
  },
  {
    key: 'java',
    label: 'Java',
    language: 'java',
    write: ({ baseUrl, key, model }) =>
      [
        '// com.openai:openai-java',
        'import com.openai.client.OpenAIClient;',
        'import com.openai.client.okhttp.OpenAIOkHttpClient;',
        'import com.openai.models.chat.completions.ChatCompletionCreateParams;',
        '',
        'OpenAIClient client =',
        `    OpenAIOkHttpClient.builder().baseUrl(${json(baseUrl)}).apiKey(${json(key)}).build();`,
        'var answer =',
        '    client.chat().completions().create(',
        `        ChatCompletionCreateParams.builder().model(${json(model)}).addUserMessage("Hello").build());`,
        'System.out.println(answer.choices().get(0).message().content().orElse(""));',
      ].join('\n'),
  },
];
