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
