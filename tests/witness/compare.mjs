// Two requests compared in meaning: a list of places where they differ, as { at, theirs, ours }.
import fs from 'node:fs';

// A path segment's escapes say nothing but where a segment ends.
const same_path = path => path.split('/').map(part => encodeURIComponent(decodeURIComponent(part))).join('/');

function parts(request, origin) {
  const url = new URL(request.url, origin), headers = {};
  for (const [name, value] of request.headers) headers[name.toLowerCase()] = value;
  for (const name of ['host', 'connection', 'content-length', 'transfer-encoding']) delete headers[name];  // HTTP's own
  if (headers['content-type']) headers['content-type'] = headers['content-type'].split(';')[0].trim().toLowerCase();
  return {
    method: request.method, path: same_path(url.pathname), query: Object.fromEntries([...url.searchParams].sort()), header: headers,
    body: request.body ? JSON.parse(request.body) : undefined,
  };
}

function* walk(theirs, ours, at) {
  if (theirs === ours) return;
  const both = [theirs, ours], lists = both.every(Array.isArray), objects = both.every(each => each && typeof each === 'object' && !Array.isArray(each));
  if (!lists && !objects) { yield { at, theirs, ours }; return; }
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)])) yield* walk(theirs[key], ours[key], `${at}/${key}`);
}

export function differences(theirs, ours, origin) {
  const [a, b] = [parts(theirs, origin), parts(ours, origin)];
  return Object.keys(a).flatMap(name => [...walk(a[name], b[name], name)]);
}

// Rows: name, calls (regular expression), place (regular expression), condition over theirs and ours, reason.
export function readKnown(file) {
  return fs.readFileSync(file, 'utf8').split('\n').filter(line => line && !line.startsWith('#')).map(line => {
    const [name, calls, place, condition, reason, ...more] = line.split('\t');
    if (!reason || more.length) throw new Error(`known.tsv: five columns are wanted: ${line}`);
    return { name, reason, calls: new RegExp(`^(?:${calls})$`), place: new RegExp(`^(?:${place})$`), holds: new Function('theirs', 'ours', `return ${condition};`), used: 0 };
  });
}

export function explanation(known, call, difference) {
  return known.find(row => row.calls.test(call) && row.place.test(difference.at) && row.holds(difference.theirs, difference.ours));
}

// The request with one thing wrong, once for each thing that the comparison must see.
export function* spoiled(request) {
  const url = new URL(request.url), with_url = change => { const other = new URL(url); change(other); return { ...request, url: other.href }; };
  yield ['the method', { ...request, method: request.method === 'GET' ? 'POST' : 'GET' }];
  yield ['the path', with_url(other => (other.pathname += 'x'))];
  yield ['the query', with_url(other => other.searchParams.append('strange', '1'))];
  yield ['a header', { ...request, headers: [...request.headers, ['x-strange', '1']] }];
  const key = request.headers.findIndex(([name]) => /^(authorization|x-api-key|api-key|x-goog-api-key)$/i.test(name));
  if (key >= 0) yield ['the key', { ...request, headers: request.headers.map(([name, value], at) => [name, at === key ? `${value}x` : value]) }];
  if (!request.body) return;
  const body = JSON.parse(request.body);
  yield ['a member of the body', { ...request, body: JSON.stringify({ ...body, strange: 1 }) }];
  for (const name of Object.keys(body)) yield [`the value of ${name}`, { ...request, body: JSON.stringify({ ...body, [name]: 'strange' }) }];
}
