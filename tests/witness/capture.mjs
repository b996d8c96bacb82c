// A server that keeps what it was asked and answers just enough for a client library to be content or to give up.
import http from 'node:http';

export async function capture() {
  const seen = [];
  const server = http.createServer((request, response) => {
    const pieces = [];
    request.on('data', piece => pieces.push(piece));
    request.on('end', () => {
      const headers = [];
      for (let n = 0; n < request.rawHeaders.length; n += 2) headers.push([request.rawHeaders[n], request.rawHeaders[n + 1]]);
      seen.push({ method: request.method, url: request.url, headers, body: Buffer.concat(pieces).toString('utf8') });
      response.setHeader('Content-Type', 'application/json').end('{}');
    });
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, seen, close: () => server.close() };
}

// What one call of a library sent: exactly one request. What the library makes of `{}` does not matter.
export async function sent(server, call) {
  const from = server.seen.length;
  let trouble;
  try {
    const answer = await call();
    if (answer?.[Symbol.asyncIterator]) for await (const _ of answer) void _;
  } catch (error) {
    trouble = error;
  }
  const requests = server.seen.slice(from);
  if (requests.length !== 1) throw new Error(`sent ${requests.length} requests: ${trouble?.stack ?? 'no error'}`);
  return requests[0];
}
