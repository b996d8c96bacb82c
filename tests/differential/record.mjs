// Writes tests/data/assertions/promptfoo_<type>.jsonl: cases with what promptfoo answered, which the unit test
// recorded_test.cpp holds our judge to. Deterministic; run it when a generator or the promptfoo version changes.
//
//   node record.mjs FOLDER ASSAY [CASES]       FOLDER holds node_modules/promptfoo; ASSAY is our program, or - for none;
//                                              CASES of a type, 60 by default
//
// A line: a case, and "expected": {"pass", "score", "named_scores"?, "assertions": [{"pass", "score"}]} or {"raised": true}.
// Where we differ on purpose the line carries our own verdict, and "differs": the name of the row in known.tsv.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { alone, difference, explanation, readKnown } from './compare.mjs';
import { make, types } from './generate.mjs';
import { judge, open } from './promptfoo.mjs';

const [folder, assay, count = '60'] = process.argv.slice(2);
for (const name of ['info', 'debug', 'log']) console[name] = console.error;
const known = readKnown(new URL('known.tsv', import.meta.url));
const parts = await open(folder);

const ours = lines => assay === '-' ? [] : execFileSync(assay, ['judge'], { input: lines.map(line => JSON.stringify(line) + '\n').join(''), maxBuffer: 2 ** 30 }).toString('utf8').split('\n').filter(Boolean).map(JSON.parse);
const brief = ({ pass, score, error, named_scores, assertions }) => (error ? { raised: true } : { pass, score, ...(Object.keys(named_scores ?? {}).length && { named_scores }), assertions: assertions.map(each => ({ pass: each.pass, score: each.score })) });

let written = 0;
for (const type of [...types, 'template', 'test']) {
  const seen = new Set(), lines = [];
  for (let n = 0; lines.length < Number(count) * (type === 'test' || type === 'template' ? 3 : 1) && n < 5000; ++n) {
    const line = make('recorded', n, type), key = JSON.stringify({ ...line, id: 0 });
    if (!seen.has(key)) lines.push(line);
    seen.add(key);
  }
  const mine = ours(lines), out = [];
  for (const [n, line] of lines.entries()) {
    const theirs = await judge(parts, line), differs = mine[n] && difference(theirs, mine[n]);
    const row = differs ? explanation(known, alone(line)[0] ? { ...line, assertions: [line.assertions[0]] } : line, theirs, mine[n]) : undefined;
    if (differs && line.assertions.length > 1) continue;
    out.push(JSON.stringify({ ...line, expected: brief(row ? mine[n] : theirs), ...(row && { differs: row.name }) }));
  }
  fs.writeFileSync(new URL(`../data/assertions/promptfoo_${type.replace(/:/g, '_')}.jsonl`, import.meta.url), out.join('\n') + '\n');
  written += out.length;
}
console.error(`${written} cases`);
process.exit(0);
