// Sends a file piece by piece as it is made, and breaks the connection where the making breaks.
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface Pieces {
  readonly pieces: AsyncGenerator<Buffer>;
  readonly mediaType: string;
  readonly fileName: string;
}

/**
 * The stream to answer with. The first piece is asked for before it begins, so that a store that fails at once
 * gives a status; one that fails later destroys the connection, for a file that ends neatly would look complete.
 */
export async function sendPieces(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  { pieces, mediaType, fileName }: Pieces,
  onBroken: (request: FastifyRequest, error: Error) => void,
): Promise<Readable> {
  const first = await pieces.next();
  reply.type(mediaType);
  reply.header('content-disposition', `attachment; filename="${fileName}"`);
  if (request.method === 'HEAD') {
    // The server would read the whole stream only to throw it away.
    await pieces.return(undefined);
    return Readable.from([]);
  }
  async function* all() {
    try {
      if (first.done !== true) yield first.value;
      yield* pieces;
    } catch (error) {
      onBroken(request, error as Error);
      throw error;
    }
  }
  // A shallow buffer: more is asked for only when the client has taken this.
  return Readable.from(all(), { objectMode: true, highWaterMark: 1 });
}
