// Writes tests/data/assertions/strict_<type>.jsonl: random cases of the strict dialect with verdicts by its rules, in a few
// lines of JavaScript that know nothing of the engine. Deterministic. recorded_test.cpp holds our judge to them.
//
//   node strict.mjs [CASES]       of a type, 40 by default
import fs from 'node:fs';
import { mutate, piece, plainText, text, Random } from './random.mjs';

const isNumber = value => typeof value === 'number', isText = value => typeof value === 'string' && value !== '';
const tokens = (limits, used) => Object.entries(limits).every(([name, most]) => used[name] <= most);

// [accepts(value), holds(line, value, threshold)]
const rules = {
  'contains': [v => isText(v) || isNumber(v), ({ output }, v) => output.includes(String(v))],
  'icontains': [v => isText(v) || isNumber(v), ({ output }, v) => output.toLowerCase().includes(String(v).toLowerCase())],
  'starts-with': [isText, ({ output }, v) => output.startsWith(v)],
  'ends-with': [isText, ({ output }, v) => output.endsWith(v)],
  'iequals': [v => ['string', 'number', 'boolean'].includes(typeof v), ({ output }, v) => output.toLowerCase().trim() === String(v).trim().toLowerCase()],
  'length-greater-than': [isNumber, ({ output }, v) => output.length > v],
  'length-less-than': [isNumber, ({ output }, v) => output.length < v],
  'latency': [() => true, ({ context }, _, most) => context.latency_ms <= most],
  'time-to-first-token': [() => true, ({ context }, _, most) => context.ttft_ms <= most],
  'cost': [() => true, ({ context }, _, most) => context.cost <= most],
  'max-tokens': [v => isNumber(v) || (v && typeof v === 'object' && Object.keys(v).length > 0), ({ context }, v) => tokens(isNumber(v) ? { completion: v } : v, context.tokens)],
  'finish-reason': [v => typeof v === 'string', ({ context }, v) => v.toLowerCase() === context.finish_reason],
};
const sets = ['assert-set', 'all-of', 'any-of', 'none-of'];
const limits = { 'latency': [10, 100, 500], 'time-to-first-token': [5, 50, 100], 'cost': [0.001, 0.01, 1] };

const values = {
  'length-greater-than': (random, { output }) => output.length + random.pick([-2, -1, 0, 1]), 'length-less-than': (random, { output }) => output.length + random.pick([-1, 0, 1, 2]),
  'starts-with': (random, { output }) => random.pick([[...output].slice(0, 3).join(''), mutate(random, [...output].slice(0, 5).join(''))]), 'ends-with': (random, { output }) => random.pick([[...output].slice(-3).join(''), mutate(random, [...output].slice(-5).join('')), output]),
  'iequals': (random, { output }) => random.pick([output.toUpperCase(), ' ' + output + '\n', mutate(random, output), output, 42]), 'finish-reason': random => random.pick(['stop', 'STOP', 'length']),
  'max-tokens': random => random.pick([50, 10, 100, { prompt: 20 }, { completion: 40, total: 60 }, { total: 100 }, { prompt: 5, completion: 500 }]),
};

function one(random, type, line) {
  const made = { type: random.often(0.25) ? 'not-' + type : type };
  if (limits[type]) return { ...made, threshold: random.pick(limits[type]) };
  const value = values[type] ?? (() => { const part = piece(random, line.output); return random.pick([part, part.toUpperCase(), mutate(random, part), part, 'zebra']); });
  return { ...made, value: random.often(0.04) ? random.pick([null, [], '']) : value(random, line) };
}

const trimmings = random => ({ ...(random.often(0.3) && { weight: random.pick([0, 1, 2, 0.5, 3]) }), ...(random.often(0.3) && { metric: random.pick(['a', 'b']) }) });

function set(random, line, type, depth) {
  const members = Array.from({ length: random.between(1, 3) }, () => (depth < 2 && random.often(0.25) ? set(random, line, random.pick(sets), depth + 1) : { ...one(random, random.pick(Object.keys(rules)), line), ...trimmings(random) }));
  return { type: random.often(0.2) ? 'not-' + type : type, assert: members, ...(type === 'assert-set' && random.often(0.5) && { threshold: random.pick([0.3, 0.5, 1]) }), ...trimmings(random) };
}

class Refused extends Error {}

// The verdicts of a list: flat results in order (a set before its members), and what they come to.
function judgeList(list, line, threshold) {
  const results = [], metrics = {}, later = [];
  let sum = 0, weights = 0, failed = 0, best = 0, held = 0;
  const add = ({ weight = 1, metric }, { pass, score, metrics: inner = {} }) => {
    sum += score * weight;
    weights += weight;
    if (!pass) ++failed;
    const gather = (name, each, by) => { const sums = (metrics[name] ??= [0, 0]); sums[0] += each * by; sums[1] += by; };
    if (metric) gather(metric, score, weight);
    for (const [name, [total, by]] of Object.entries(inner)) if (name !== metric) gather(name, by > 0 ? total / by : 0, by * weight);
  };
  for (const assertion of list) {
    const result = judgeOne(assertion, line);
    results.push({ pass: result.pass, score: result.score }, ...(result.members ?? []));
    best = Math.max(best, result.score);
    if (result.pass) ++held;
    if (result.members) later.push([assertion, result]); else add(assertion, result);
  }
  for (const each of later) add(...each);
  const score = weights > 0 ? sum / weights : 0;
  return { pass: threshold === undefined ? failed === 0 : score >= threshold, score, results, metrics, best, held, all: list.length, weights };
}

function judgeOne({ type, value, threshold, weight = 1, assert }, line) {
  const inverse = type.startsWith('not-'), base = inverse ? type.slice(4) : type;
  let pass, score, members, metrics;
  if (sets.includes(base)) {
    const inner = judgeList(assert, line, base === 'assert-set' ? threshold : undefined);
    pass = { 'assert-set': inner.pass, 'all-of': inner.held === inner.all, 'any-of': inner.held > 0, 'none-of': inner.held === 0 }[base];
    score = { 'any-of': inner.best, 'none-of': 1 - inner.best }[base] ?? inner.score;
    if (inverse) { pass = !pass; score = 1 - score; }
    ({ results: members, metrics } = inner);
  } else {
    const [accepts, holds] = rules[base] ?? [() => false];
    if (!accepts(value)) throw new Refused();
    pass = holds(line, value, threshold) !== inverse;
    score = pass ? 1 : 0;
  }
  return { pass: pass || weight === 0, score, members, metrics };
}

function judge(line) {
  try {
    const { pass, score, results, metrics, weights } = judgeList(line.assertions, line, line.threshold);
    const named_scores = Object.fromEntries(Object.entries(metrics).map(([name, [sum, by]]) => [name, by > 0 ? sum / by : 0]));
    if (weights <= 0) return { pass: true, score: 1, assertions: results };
    return { pass, score, ...(Object.keys(named_scores).length && { named_scores }), assertions: results };
  } catch (error) {
    if (error instanceof Refused) return { raised: true };
    throw error;
  }
}

const well = words => words.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');
const context = random => ({ latency_ms: random.pick([5, 10, 80, 300, 900]), ttft_ms: random.pick([1, 5, 30, 200]), cost: random.pick([0, 0.001, 0.002, 0.5]), finish_reason: random.pick(['stop', 'length']), tokens: { prompt: random.pick([5, 20, 30]), completion: random.pick([10, 40, 60]), total: random.pick([15, 60, 90]) } });

function make(type, n) {
  const random = new Random(`strict/${type}/${n}`);
  const line = { id: `strict/${type}/${n}`, dialect: 'strict', assertions: [], output: well(random.often(0.8) ? text(random) : plainText(random, 5)), context: context(random) };
  if (type === 'test') {
    line.assertions = Array.from({ length: random.between(1, 4) }, () => (random.often(0.3) ? set(random, line, random.pick(sets), 0) : { ...one(random, random.pick(Object.keys(rules)), line), ...trimmings(random) }));
    if (random.often(0.3)) line.threshold = random.pick([0.25, 0.5, 0.9]);
    if (random.often(0.05)) line.assertions.push(random.pick([{ type: 'no-such-type', value: 'a' }, { type: 'Contains', value: 'a' }, { type: 'not-not-contains', value: 'a' }, { type: '', value: 'a' }]));
  } else line.assertions.push(sets.includes(type) ? set(random, line, type, 0) : one(random, type, line));
  const clean = JSON.parse(well(JSON.stringify(line)));
  return { ...clean, expected: judge(clean) };
}

for (const type of [...Object.keys(rules), ...sets, 'test']) {
  const lines = Array.from({ length: Number(process.argv[2] ?? 40) * (type === 'test' ? 3 : 1) }, (_, n) => JSON.stringify(make(type, n)));
  fs.writeFileSync(new URL(`../data/assertions/strict_${type}.jsonl`, import.meta.url), [...new Set(lines)].join('\n') + '\n');
}
