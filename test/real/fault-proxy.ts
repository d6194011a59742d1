// Stands before Elasticsearch and answers some items of bulk requests itself, as an overloaded or strict node would.
import { createServer, type IncomingMessage, request } from 'node:http';

export interface FaultProxy {
  readonly url: string;
  /** Items answered here instead of there, by status. */
  readonly answered: ReadonlyMap<number, number>;
  close(): Promise<void>;
}

/** The status to answer an item with at once; undefined lets it through. */
export type Fault = (item: {
  readonly index: string;
  readonly document: Record<string, unknown>;
}) => number | undefined;

export async function startFaultProxy(target: string, fault: Fault): Promise<FaultProxy> {
  const answered = new Map<number, number>();
  const server = createServer(async (incoming, outgoing) => {
    try {
      const body = await readAll(incoming);
      const isBulk = incoming.url!.startsWith('/_bulk');
      const [passed, statuses] = isBulk ? pickOut(body, fault) : [body, []];
      for (const status of statuses) {
        if (status !== undefined) answered.set(status, (answered.get(status) ?? 0) + 1);
      }
      // Elasticsearch does not take an empty bulk request.
      const isAnswered = isBulk && passed === '';
      const reply = isAnswered ? { status: 200, body: '{"items":[]}' } : await pass(target, incoming, passed);
      const text = isBulk && reply.status === 200 ? mergeAnswers(reply.body, statuses) : reply.body;
      outgoing.writeHead(reply.status, {
        'content-type': 'application/vnd.elasticsearch+json;compatible-with=8',
        'x-elastic-product': 'Elasticsearch',
      });
      outgoing.end(text);
    } catch {
      // Whatever went wrong behind, the client sees a connection that broke.
      outgoing.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    answered,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readAll(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function pickOut(body: string, fault: Fault): [passed: string, statuses: (number | undefined)[]] {
  const lines = body.trimEnd().split('\n');
  let passed = '';
  const statuses: (number | undefined)[] = [];
  for (let i = 0; i < lines.length; i += 2) {
    const { index } = JSON.parse(lines[i]!) as { index: { _index: string } };
    const status = fault({ index: index._index, document: JSON.parse(lines[i + 1]!) });
    statuses.push(status);
    if (status === undefined) passed += `${lines[i]}\n${lines[i + 1]}\n`;
  }
  return [passed, statuses];
}

function mergeAnswers(body: string, statuses: readonly (number | undefined)[]): string {
  const { items } = JSON.parse(body) as { items: unknown[] };
  const merged = statuses.map((status) =>
    status === undefined
      ? items.shift()
      : { index: { status, error: { type: 'fault', reason: `the proxy answers ${status}` } } },
  );
  return JSON.stringify({ items: merged });
}

function pass(
  target: string,
  incoming: IncomingMessage,
  body: string,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { 'content-length': _, host: __, 'transfer-encoding': ___, ...headers } = incoming.headers;
    const outgoing = request(
      `${target}${incoming.url}`,
      { method: incoming.method, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (answer) => readAll(answer).then((text) => resolve({ status: answer.statusCode!, body: text }), reject),
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
