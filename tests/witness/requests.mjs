// Compares what our dialects send with what the vendors' own client libraries send for the same wish.
//
//   node requests.mjs FOLDER BIN [--bodies]
//
// FOLDER holds node_modules, BIN the program encode_questions. Prints what differs without an explanation in known.tsv, and
// last "N calls, N equal, N known differences, N unexplained; N spoiled requests, N seen". Exit 1 when anything is
// unexplained, a row of known.tsv explains nothing, or one of our requests with one thing wrong still passes.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { calls } from './calls.mjs';
import { capture, sent } from './capture.mjs';
import { clients } from './clients.mjs';
import { differences, explanation, readKnown, spoiled } from './compare.mjs';

const [folder, bin, ...words] = process.argv.slice(2), program = path.join(bin, 'encode_questions');

function encodeAll(lines) {
  const input = lines.map(line => JSON.stringify(line)).join('\n') + '\n';
  const made = spawnSync(program, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  const answers = made.stdout.split('\n').filter(Boolean).map(line => JSON.parse(line));
  if (made.status !== 0 || answers.length !== lines.length) throw new Error(`${program} ended with ${made.status ?? made.signal}: ${made.stderr}`);
  return answers;
}

const server = await capture(), known = readKnown(new URL('known.tsv', import.meta.url));
const libraries = await clients(folder, server.url);
const ours = encodeAll(calls.map(({ ours }) => ({ ...ours, deployment: { ...ours.deployment, base_url: server.url } })));

let equal = 0, explained = 0, unexplained = 0, spoilt = 0, seen = 0;
for (const [n, call] of calls.entries()) {
  const theirs = await sent(server, () => call.theirs(libraries[call.client]));
  const found = ours[n].error ? [{ at: 'our encoder', ours: ours[n].error }] : differences(theirs, ours[n], server.url);
  const rows = found.map(each => explanation(known, call.name, each));
  for (const row of rows) if (row) ++row.used;
  const strange = found.filter((_, at) => !rows[at]);
  if (strange.length) ++unexplained; else if (rows.some(row => !row.reason.startsWith('neutral:'))) ++explained; else ++equal;
  for (const { at, theirs, ours } of strange) console.log(`${call.name}: ${at}\n  theirs ${JSON.stringify(theirs)}\n  ours   ${JSON.stringify(ours)}`);
  for (const [what, wrong] of ours[n].error ? [] : spoiled(ours[n])) {
    ++spoilt;
    if (differences(theirs, wrong, server.url).some(each => !explanation(known, call.name, each))) ++seen;
    else console.log(`${call.name}: nobody sees that ${what} is wrong`);
  }
  if (words.includes('--bodies')) console.log(`${call.name}\n  theirs ${theirs.method} ${theirs.url} ${theirs.body}\n  ours   ${ours[n].method} ${ours[n].url} ${ours[n].body}`);
}
server.close();
const idle = known.filter(row => !row.used);
for (const row of idle) console.log(`known.tsv: "${row.name}" explains nothing`);
for (const row of known) if (!row.reason.startsWith('neutral:') && row.used) console.log(`known: ${row.name}: ${row.used} (${row.reason})`);
console.log(`${calls.length} calls, ${equal} equal, ${explained} known differences, ${unexplained} unexplained; ${spoilt} spoiled requests, ${seen} seen`);
process.exit(unexplained || idle.length || seen < spoilt || calls.length < 100 ? 1 : 0);
