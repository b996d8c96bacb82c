// What one call of promptfoo's own assertions costs, on the texts and under the names of similarity_bench.cpp: a line
// `name_ns: figure` for each, nanoseconds, the best of five rounds. These go through its public runAssertion(), which
// renders the value's template and builds a result; the `bare_` lines are the functions inside, called alone, where a
// package gives them.
//
//   node tests/bench/promptfoo_functions.mjs <folder that holds node_modules/promptfoo> [texts.json]
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [home, file = path.join(import.meta.dirname, '..', 'data', 'similarity', 'bench_texts.json')] = process.argv.slice(2);
const load = (...names) => import(pathToFileURL(path.resolve(home, 'node_modules', ...names)).href);
const { default: promptfoo } = await load('promptfoo', 'dist', 'src', 'index.js');
const { distance } = await load('fastest-levenshtein', 'esm', 'mod.js');
const { treeBankTokenize } = await load('js-rouge', 'dist', 'rouge.mjs');
const { answer, reference, json, prose_with_json, needle, pattern } = JSON.parse(fs.readFileSync(file, 'utf8'));

let total = 0;
async function measure(name, call) {
  let best = Infinity;
  for (let n = 0; n < 200; ++n) total += await call();
  for (let round = 0; round < 5; ++round) {
    let calls = 0;
    const start = process.hrtime.bigint();
    let spent = 0;
    do {
      for (let n = 0; n < 16; ++n, ++calls) total += await call();
      spent = Number(process.hrtime.bigint() - start);
    } while (spent < 40e6);
    best = Math.min(best, spent / calls);
  }
  console.log(`${name}_ns: ${best.toFixed(0)}`);
}
/// The same for a function that has nothing to wait for: no turn of the event loop is counted.
function measureBare(name, call) {
  let best = Infinity;
  for (let n = 0; n < 2000; ++n) total += Number(call());
  for (let round = 0; round < 5; ++round) {
    let calls = 0;
    const start = process.hrtime.bigint();
    let spent = 0;
    do {
      for (let n = 0; n < 16; ++n, ++calls) total += Number(call());
      spent = Number(process.hrtime.bigint() - start);
    } while (spent < 40e6);
    best = Math.min(best, spent / calls);
  }
  console.log(`bare_${name}_ns: ${best.toFixed(0)}`);
}
const assertion = (type, value, output = answer) => async () =>
  (await promptfoo.assertions.runAssertion({ assertion: { type, value }, test: { vars: {} }, providerResponse: { output } })).score;

await measure('contains', assertion('contains', needle));
await measure('icontains', assertion('icontains', needle));
await measure('regex', assertion('regex', pattern));
await measure('is_json', assertion('is-json', undefined, json));
await measure('contains_json', assertion('contains-json', undefined, prose_with_json));
await measure('word_count', assertion('word-count', 10));
await measure('is_refusal', assertion('is-refusal', undefined));
await measure('levenshtein', assertion('levenshtein', reference));
await measure('rouge_n', assertion('rouge-n', reference));
await measure('bleu', assertion('bleu', reference));
await measure('gleu', assertion('gleu', reference));
measureBare('contains', () => answer.includes(needle));
measureBare('regex', () => new RegExp(pattern).test(answer));
measureBare('is_json', () => JSON.parse(json) !== undefined);
measureBare('levenshtein', () => distance(answer, reference));
measureBare('rouge_n_tokens', () => treeBankTokenize(answer.toLowerCase()).length + treeBankTokenize(reference.toLowerCase()).length);
process.exit(Number.isNaN(total) ? 1 : 0);
