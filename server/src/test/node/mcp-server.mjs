// A server of the official TypeScript SDK: one tool of each kind. Prints its port, and each notification that it gets.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

const sessions = new Map();

function tools(server) {
  server.registerTool(
    'add',
    {
      title: 'Add',
      description: 'Adds two numbers.',
      inputSchema: { a: z.number(), b: z.number() },
      outputSchema: { sum: z.number() },
    },
    async ({ a, b }) => ({
      content: [{ type: 'text', text: JSON.stringify({ sum: a + b }) }],
      structuredContent: { sum: a + b },
    }),
  );
  server.registerTool('fail', { description: 'Fails.', inputSchema: {} }, async () => {
    throw new Error('it is broken');
  });
  server.registerTool('picture', { description: 'Draws.', inputSchema: {} }, async () => ({
    content: [
      { type: 'image', data: 'AAAA', mimeType: 'image/png' },
      { type: 'text', text: 'a picture' },
    ],
  }));
  server.registerTool('slow', { description: 'Reports progress.', inputSchema: { steps: z.number() } }, async ({ steps }, extra) => {
    for (let step = 1; step <= steps; step++) {
      await extra.sendNotification({
        method: 'notifications/progress',
        params: { progressToken: extra._meta?.progressToken, progress: step, total: steps },
      });
    }
    return { content: [{ type: 'text', text: `after ${steps} steps` }] };
  });
  server.registerTool('wait', { description: 'Waits until it is cancelled.', inputSchema: {} }, async (_, extra) => {
    console.log('waiting');
    await new Promise((done) => extra.signal.addEventListener('abort', done));
    console.log('cancelled');
    return { content: [] };
  });
}

async function body(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return pieces.length ? JSON.parse(Buffer.concat(pieces).toString()) : undefined;
}

const http = createServer(async (request, response) => {
  const message = request.method === 'POST' ? await body(request) : undefined;
  let transport = sessions.get(request.headers['mcp-session-id']);
  if (!transport) {
    if (request.headers['mcp-session-id']) {
      response.writeHead(404).end();
      return;
    }
    transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => sessions.set(id, transport),
    });
    const server = new McpServer({ name: 'typescript-peer', version: '1.0.0' });
    tools(server);
    await server.connect(transport);
  }
  await transport.handleRequest(request, response, message);
});
http.listen(0, '127.0.0.1', () => console.log(`port ${http.address().port}`));
