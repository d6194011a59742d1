// Stands before a Kafka broker and cuts connections where an answer to a produce request would come: the broker has
// the records, and the client does not know.
import { connect, createServer, type Socket } from 'node:net';

export interface AnswerCutter {
  readonly cuts: number;
  readonly produced: number;
  close(): Promise<void>;
}

const produceKey = 0;

/** Listens on `listenPort` and passes everything to `brokerPort`, but for the produce answers that `cuts` names. */
export async function startAnswerCutter(
  listenPort: number,
  brokerPort: number,
  cuts: (answer: number) => boolean,
): Promise<AnswerCutter> {
  const counts = { cuts: 0, produced: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const broker = connect(brokerPort, '127.0.0.1');
    const produces = new Set<number>();
    const end = () => {
      client.destroy();
      broker.destroy();
    };
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.on('close', end).on('error', end);
    }
    // Every frame begins with its length; a request names its kind and number, an answer the number.
    const requests = frames((frame) => {
      if (frame.readInt16BE(4) === produceKey) produces.add(frame.readInt32BE(8));
      broker.write(frame);
    });
    const answers = frames((frame) => {
      if (produces.delete(frame.readInt32BE(4)) && cuts(++counts.produced)) {
        counts.cuts++;
        end();
      } else if (!client.destroyed) client.write(frame);
    });
    client.on('data', requests);
    broker.on('data', answers);
  });
  await new Promise<void>((resolve) => server.listen(listenPort, '127.0.0.1', resolve));
  return {
    get cuts() {
      return counts.cuts;
    },
    get produced() {
      return counts.produced;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Puts a stream of bytes together to frames again. */
function frames(take: (frame: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      take(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}
