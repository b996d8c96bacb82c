// Writes tests/data/assertions/promptfoo_<type>.jsonl: cases with what promptfoo answered, which the unit test
// recorded_test.cpp holds our judge to. Deterministic; run it when a generator or the promptfoo version changes.
//
//   node record.mjs FOLDER ASSAY [CASES]       FOLDER holds node_modules/promptfoo; ASSAY is our program, or - for none;
//                                              CASES of a type, 60 by default
//
// A line: a case, and "expected": {"pass", "score", "named_scores"?, "assertions": [{"pass", "score"}]} or {"raised": true}.
// Where we differ on purpose the line carries our own verdict, and "differs": the name of the row in known.tsv.
import fs from 'node:fs';
import { byAssay, difference, explain, flat, readKnown } from './compare.mjs';
import { make, types } from './generate.mjs';
import { judge, open } from './promptfoo.mjs';

const [folder, assay, count = '60'] = process.argv.slice(2);
for (const name of ['info', 'debug', 'log']) console[name] = console.error;
const known = readKnown(new URL('known.tsv', import.meta.url));
const parts = await open(folder);

const ours = lines => (assay === '-' ? new Map() : byAssay(assay, lines));
async function both(lines) {
  const mine = ours(lines), out = [];
  for (const [n, line] of lines.entries()) out.push([await judge(parts, line), mine.get(String(n))]);
  return out;
}
const brief = ({ pass, score, error, named_scores, assertions }) => (error ? { raised: true } : { pass, score, ...(Object.keys(named_scores ?? {}).length && { named_scores }), assertions: assertions.map(each => ({ pass: each.pass, score: each.score })) });

let written = 0;
for (const type of [...types, 'template', 'test']) {
  const seen = new Set(), lines = [];
  for (let n = 0; lines.length < Number(count) * (type === 'test' || type === 'template' ? 3 : 1) && n < 5000; ++n) {
    const line = make('recorded', n, type), key = JSON.stringify({ ...line, id: 0 });
    if (!seen.has(key)) lines.push(line);
    seen.add(key);
  }
  const out = [];
  for (const [n, [theirs, mine]] of (await both(lines)).entries()) {
    const differs = mine && difference(theirs, mine);
    const row = differs ? (await explain(known, both, lines[n], theirs, mine)).rows?.[0] : undefined;
    const expected = row ? brief({ ...mine, assertions: flat(mine.assertions ?? []) }) : brief(theirs);
    out.push(JSON.stringify({ ...lines[n], expected, ...(row && { differs: row.name }) }));
  }
  fs.writeFileSync(new URL(`../data/assertions/promptfoo_${type.replace(/:/g, '_')}.jsonl`, import.meta.url), out.join('\n') + '\n');
  written += out.length;
}
console.error(`${written} cases`);
process.exit(0);
