// What is said to a client whose request is no HTTP, or too long to be read at all: no route or hook sees it.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { securityHeaders } from './headers.ts';
import { ApiProblem, problemMedia } from './problem.ts';

/** A clientErrorHandler. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new ApiProblem('HEADERS_TOO_LONG', 'Address and headers are longer than 16 kB. Ask for less at once.')
      : new ApiProblem('BAD_REQUEST', 'The request could not be read. It is no HTTP, or came too slowly.');
  const body = JSON.stringify(problem.body);
  const headers = {
    ...securityHeaders,
    'content-type': `${problemMedia}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join('')}\r\n${body}`);
}
