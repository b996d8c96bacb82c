// Random cases for the judge: over every deterministic type of promptfoo, alone and together, with values of right and
// wrong kinds. The same seed gives the same lines on every machine, and line n does not depend on the lines before it.
//
//   node generate.mjs [--seed S] [--cases N] [--type TYPE] > cases.jsonl
//   node generate.mjs --types                                  the names of all types, one a line
//
// TYPE is a type, "template" (templates in values) or "test" (several assertions: weights, thresholds, sets, metrics).
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import json from './cases/json.mjs';
import markup from './cases/markup.mjs';
import measures from './cases/measures.mjs';
import ngrams from './cases/ngrams.mjs';
import sql from './cases/sql.mjs';
import { template, throughVariables } from './cases/templates.mjs';
import textTypes from './cases/text.mjs';
import tools from './cases/tools.mjs';
import traces from './cases/traces.mjs';
import { Random, threshold } from './random.mjs';

const makers = { ...textTypes, ...json, ...markup, ...sql, ...ngrams, ...measures, ...tools, ...traces };
export const types = Object.keys(makers);
const calm = types.filter(type => !/^(trac|traj|meteor|is-valid|latency|cost|perp|skill|tool)/.test(type));

// one(random, type): an assertion with what it is judged on.
function one(random, type) {
  if (type === 'template') { const { type: kind, value, output, vars } = template(random); return { assertion: { type: kind, value }, output, vars }; }
  let made = makers[type](random);
  if (random.often(0.06)) made = throughVariables(random, made);
  const { output, value, threshold, config, vars, context } = made;
  const assertion = { type: random.often(0.18) ? 'not-' + type : type, ...(value !== undefined && { value }), ...(threshold !== undefined && { threshold }), ...(config && { config }) };
  return { assertion, output, vars, context };
}

const weight = random => random.pick([0, 0, 1, 2, 0.5, 3, 10, 0.1, -1]);
const metric = random => random.pick(['accuracy', 'tone', 'style', '{{ topic }}', '']);

function trimmings(random) {
  return { ...(random.often(0.35) && { weight: weight(random) }), ...(random.often(0.35) && { metric: metric(random) }) };
}

// Several assertions on one output, some in sets.
function several(random) {
  const first = one(random, random.pick(calm));
  const vars = { topic: 'facts', ...first.vars };
  const more = Array.from({ length: random.between(1, 4) }, () => random.often(0.3) ? first.assertion : one(random, random.pick(calm)).assertion).filter(each => !JSON.stringify(each).includes('{{'));
  const list = [first.assertion, ...more].map(each => ({ ...each, ...trimmings(random) }));
  if (random.often(0.02)) list.push(random.pick([{ type: 'Contains', value: 'a' }, { type: 'no-such-type' }, { value: 'a' }, { type: 'not-not-equals', value: 'a' }, { type: '' }, { type: 'assert-set' }]));
  if (random.often(0.45)) {
    const members = list.splice(0, random.between(1, list.length));
    list.splice(random.below(list.length + 1), 0, { type: 'assert-set', assert: random.often(0.04) ? [] : members, ...(random.often(0.5) && { threshold: threshold(random) }), ...trimmings(random) });
  }
  if (random.often(0.02)) list.length = 0;
  return { assertions: list, output: first.output, vars, context: first.context, ...(random.often(0.4) && { threshold: random.often(0.9) ? threshold(random) : random.pick(['0.5', null, 2, -1]) }) };
}

// make(seed, n, type): the n-th case of a seed.
export function make(seed, n, type) {
  const random = new Random(`${seed}/${type ?? ''}/${n}`);
  const chosen = type ?? (random.often(0.14) ? 'test' : random.often(0.06) ? 'template' : types[n % types.length]);
  const id = `${chosen}/${seed}/${n}`;
  const made = chosen === 'test' ? several(random) : one(random, chosen);
  const { assertions, assertion, output, vars, threshold, context } = made;
  const line = { id, dialect: 'promptfoo', assertions: assertions ?? [assertion], ...(vars && { vars }), ...(threshold !== undefined && { threshold }), output: output ?? '', ...(context && { context }) };
  return JSON.parse(JSON.stringify(line));  // as a file would hold it: no -0, nothing undefined
}

function main(words) {
  const given = name => { const at = words.indexOf(name); return at < 0 ? undefined : words[at + 1]; };
  if (words.includes('--types')) return console.log([...types, 'template', 'test'].join('\n'));
  const seed = given('--seed') ?? '1', cases = Number(given('--cases') ?? 5000), type = given('--type');
  for (let n = 0; n < cases; ++n) fs.writeSync(1, JSON.stringify(make(seed, n, type)) + '\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) main(process.argv.slice(2));
