// When two verdicts on one case are the same, and which differences are known.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

const near = (a, b) => a === b || Math.abs((a ?? NaN) - (b ?? NaN)) <= 1e-9 || ((a === null || Number.isNaN(a)) && (b === null || Number.isNaN(b)));

// difference(theirs, ours): what differs, in words; null where nothing does. Raised beside raised is enough.
export function difference(theirs, ours) {
  if (!ours) return 'no verdict of ours';
  if (Boolean(theirs.error) !== Boolean(ours.error)) return theirs.error ? `promptfoo raises "${theirs.error}", ours is ${short(ours)}` : `ours is the error "${ours.error}", promptfoo's is ${short(theirs)}`;
  if (theirs.error) return null;
  if (theirs.pass !== ours.pass) return `promptfoo's is ${short(theirs)}, ours ${short(ours)}`;
  if (!near(theirs.score, ours.score)) return `score: promptfoo's ${theirs.score}, ours ${ours.score}`;
  return named(theirs.named_scores ?? {}, ours.named_scores ?? {}) ?? parts(theirs.assertions ?? [], flat(ours.assertions ?? []));
}

const short = ({ pass, score }) => `${pass ? 'pass' : 'fail'} ${score}`;

function named(theirs, ours) {
  const names = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  for (const name of names) if (!near(theirs[name], ours[name])) return `named score ${name}: promptfoo's ${theirs[name]}, ours ${ours[name]}`;
  return null;
}

// Our assertions as promptfoo lists them: a set before its members.
export const flat = list => list.flatMap(({ passed, score, members = [] }) => [{ pass: passed, score }, ...flat(members)]);

function parts(theirs, ours) {
  if (ours.length !== theirs.length) return `assertions: promptfoo's are ${theirs.length}, ours ${ours.length}`;
  const at = theirs.findIndex((each, n) => each && (each.pass !== ours[n].pass || !near(each.score, ours[n].score)));
  return at < 0 ? null : `assertion ${at}: promptfoo's is ${short(theirs[at])}, ours ${short(ours[at])}`;
}

// The rows of known.tsv: name, decision page, type (a regular expression over the whole type without `not-`), condition
// (JavaScript over `a` the assertion, `line`, `output` as text, `theirs`, `ours`).
export function readKnown(file) {
  const rows = fs.readFileSync(file, 'utf8').split('\n').filter(row => row && !row.startsWith('#')).map(row => row.split('\t'));
  return rows.map(([name, decision, type, condition]) => ({
    name, decision, type: new RegExp(`^(?:${type})$`), holds: new Function('a', 'line', 'output', 'theirs', 'ours', `return Boolean(${condition || 'true'});`),
  }));
}

// The row that explains why a case of one assertion is judged differently, if there is one.
export function explanation(known, line, theirs, ours) {
  const [a] = line.assertions, output = typeof line.output === 'string' ? line.output : JSON.stringify(line.output);
  const type = String(a?.type ?? '').replace(/^not-/, '');
  return known.find(row => row.type.test(type) && row.holds(a, line, output, theirs, ours));
}

// The cases that a case with several assertions is made of.
const alone = line => line.assertions.flatMap(a => (a?.type === 'assert-set' ? a.assert ?? [] : [a])).map(({ weight, metric, ...a }) => ({ ...line, threshold: undefined, assertions: [a] }));

// Why two verdicts differ: the known rows that explain it, or the smallest lines that nothing explains.
export async function explain(known, both, line, theirs, ours) {
  if (line.assertions.length === 1 && line.assertions[0]?.type !== 'assert-set') {
    const row = explanation(known, line, theirs, ours);
    return row ? { rows: [row] } : { lines: [line] };
  }
  const set = line.assertions.filter(a => a?.type === 'assert-set').map(a => explanation(known, { ...line, assertions: [a] }, theirs, ours)).find(Boolean);
  if (set) return { rows: [set] };
  const pieces = alone(line), verdicts = await both(pieces), rows = [], lines = [];
  for (const [n, [t, o]] of verdicts.entries()) {
    if (!difference(t, o)) continue;
    const row = explanation(known, pieces[n], t, o);
    if (row) rows.push(row); else lines.push(pieces[n]);
  }
  if (lines.length) return { lines };
  return rows.length ? { rows } : { lines: [line] };
}

// What `assay judge` says of each line, by its place as text. A line that it does not take has no verdict.
export function byAssay(program, lines) {
  const input = lines.map((line, n) => JSON.stringify({ ...line, id: String(n) }) + '\n').join('');
  const { stdout, error, signal } = spawnSync(program, ['judge'], { input, maxBuffer: 2 ** 30, stdio: ['pipe', 'pipe', 'inherit'] });
  if (error ?? signal) throw error ?? new Error(`${program} ended by ${signal}`);
  return new Map(stdout.toString('utf8').split('\n').filter(Boolean).map(JSON.parse).map(verdict => [verdict.id, verdict]));
}
