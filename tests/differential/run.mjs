// Judges random cases by promptfoo and by `assay judge`, and tells where they differ.
//
//   node run.mjs FOLDER ASSAY [--cases N] [--seed S] [--type T] [--lines FILE] [--rates] [--quick]
//
// FOLDER holds node_modules/promptfoo, ASSAY is the program. Prints each unexplained disagreement with its smallest line,
// the known differences by name with their decision pages, and last "N cases, N agree, N known differences, N unexplained".
// Exit 1 when anything is unexplained. --rates tells how often each type passes, fails and raises; --quick leaves
// unexplained lines as long as they are.
import fs from 'node:fs';
import { byAssay, difference, explain, explanation, readKnown } from './compare.mjs';
import { make } from './generate.mjs';
import { judge as byPromptfoo, open } from './promptfoo.mjs';

const [folder, assay, ...words] = process.argv.slice(2);
const given = name => { const at = words.indexOf(name); return at < 0 ? undefined : words[at + 1]; };
const known = readKnown(new URL('known.tsv', import.meta.url));
const most_shown = 40, most_rounds = 40;

// Both verdicts on each line: [[theirs, ours], …]
async function both(parts, lines) {
  const ours = byAssay(assay, lines), out = [];
  for (const [n, line] of lines.entries()) out.push([await byPromptfoo(parts, line), ours.get(String(n))]);
  return out;
}

// Smaller lines that might differ in the same way.
function* smaller(line) {
  for (const [at] of line.assertions.entries()) if (line.assertions.length > 1) yield { ...line, assertions: line.assertions.filter((_, n) => n !== at) };
  for (const key of ['vars', 'threshold', 'context']) if (line[key] !== undefined) yield { ...line, [key]: undefined };
  for (const output of smallerTexts(line.output)) yield { ...line, output };
  for (const [at, a] of line.assertions.entries()) {
    const swap = other => ({ ...line, assertions: line.assertions.with(at, other) });
    for (const key of ['weight', 'metric', 'threshold', 'config']) if (a?.[key] !== undefined) yield swap({ ...a, [key]: undefined });
    for (const value of smallerTexts(a?.value)) yield swap({ ...a, value });
    if (a?.value && typeof a.value === 'object') for (const key of Object.keys(a.value)) yield swap({ ...a, value: Array.isArray(a.value) ? a.value.filter((_, n) => String(n) !== key) : { ...a.value, [key]: undefined } });
  }
  for (const [at] of (line.context?.trace?.spans ?? []).entries()) yield { ...line, context: { ...line.context, trace: { ...line.context.trace, spans: line.context.trace.spans.filter((_, n) => n !== at) } } };
}

function* smallerTexts(text) {
  if (typeof text !== 'string') return;
  for (let size = text.length >> 1; size > 0; size >>= 1) for (let at = 0; at < text.length; at += size) yield text.slice(0, at) + text.slice(at + size);
}

// What must stay as a line gets smaller: who raised, why, and what each said.
const kind = ([theirs, ours]) => [theirs.error?.slice(0, 40), ours?.error?.replace(/\d/g, '').slice(-40), theirs.pass, ours?.pass].join();

async function smallest(parts, line) {
  const wanted = kind((await both(parts, [line]))[0]);
  for (let round = 0; round < most_rounds; ++round) {
    const candidates = [...smaller(line)].map(each => JSON.parse(JSON.stringify(each))).slice(0, 400);
    if (candidates.length === 0) break;
    const verdicts = await both(parts, candidates);
    const at = candidates.findIndex((each, n) => difference(...verdicts[n]) && kind(verdicts[n]) === wanted && (each.assertions.length > 1 || !explanation(known, each, ...verdicts[n])));
    if (at < 0) break;
    line = candidates[at];
  }
  return line;
}

function printRates(lines, verdicts) {
  const rates = {};
  for (const [n, line] of lines.entries()) {
    const kind = line.id.split('/')[0], [theirs] = verdicts[n], rate = (rates[kind] ??= { cases: 0, pass: 0, fail: 0, raised: 0 });
    ++rate.cases;
    ++rate[theirs.error ? 'raised' : theirs.pass ? 'pass' : 'fail'];
  }
  for (const [kind, { cases, ...counts }] of Object.entries(rates)) console.log(kind, cases, ...Object.entries(counts).map(([name, count]) => `${name} ${Math.round((100 * count) / cases)}%`));
}

async function main() {
  const seed = given('--seed') ?? '1', cases = Number(given('--cases') ?? 5000);
  const lines = given('--lines') ? fs.readFileSync(given('--lines'), 'utf8').split('\n').filter(Boolean).map(JSON.parse) : Array.from({ length: cases }, (_, n) => make(seed, n, given('--type')));
  const parts = await open(folder), verdicts = await both(parts, lines);
  if (words.includes('--rates')) printRates(lines, verdicts);
  const names = new Map(), shown = new Set();
  let agree = 0, explained = 0, unexplained = 0;
  for (const [n, line] of lines.entries()) {
    if (!difference(...verdicts[n])) { ++agree; continue; }
    const why = await explain(known, lines => both(parts, lines), line, ...verdicts[n]);
    if (why.rows) { ++explained; for (const row of new Set(why.rows)) names.set(row, (names.get(row) ?? 0) + 1); continue; }
    ++unexplained;
    if (shown.size >= most_shown) continue;
    const small = words.includes('--quick') ? why.lines[0] : await smallest(parts, why.lines[0]);
    const key = JSON.stringify({ ...small, id: undefined });
    if (shown.has(key)) continue;
    shown.add(key);
    console.log(`${line.id}: ${difference(...(await both(parts, [small]))[0])}\n  ${JSON.stringify(small)}`);
  }
  for (const [row, count] of [...names].sort((a, b) => b[1] - a[1])) console.log(`known: ${row.name}: ${count} (${row.decision})`);
  console.log(`${lines.length} cases, ${agree} agree, ${explained} known differences, ${unexplained} unexplained`);
  process.exit(unexplained ? 1 : 0);
}

for (const name of ['info', 'debug']) console[name] = console.error;
await main();
