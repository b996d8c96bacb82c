// Writes tests/data/assertions/prpm_<type>.jsonl: random cases of the PRPM dialect with verdicts by its rules, in a few
// lines of the language that they were written for. Deterministic. recorded_test.cpp holds our judge to them.
//
//   node prpm.mjs [CASES]       of a type, 60 by default
//
// What the registry would merely fail (an invalid pattern, an unknown type, a value of the wrong kind) we refuse when the
// suite is stored: {"raised": true}.
import fs from 'node:fs';
import { mutate, piece, text, Random } from './random.mjs';

const rules = {
  'contains': (answer, value) => answer.toLowerCase().includes(value.toLowerCase()),
  'not-contains': (answer, value) => !answer.toLowerCase().includes(value.toLowerCase()),
  'equals': (answer, value) => answer.trim() === value.trim(),
  'regex': (answer, value) => new RegExp(value).test(answer),
  'length-greater-than': (answer, value) => answer.length > Number(value),
  'length-less-than': (answer, value) => answer.length < Number(value),
  'is-json': answer => { try { JSON.parse(answer); return true; } catch { return false; } },
};
const patterns = ['^\\w+', '\\d+', '[A-Z][a-z]+', 'cat|dog', '^.*$', '^[^\\n]+$', '(the|a) \\w+', '\\bParis\\b', 'é', '^$', '\\s$', '😀', '^.{5,20}$', '[\\u00e0-\\u00ff]', '\\$\\d', '(?:hello|world)', '\\.$', '[^\\x00-\\x7f]', '(a+)+$', 'x*', '[', '(', '*a', '{{x}}'];
const documents = ['{}', '[]', '{"a":1}', ' [1, 2]\n', '"x"', '1e999', 'null', 'true', '01', '{a:1}', '[1,]', '\ufeff{}', '"\\ud800"', '```\n{}\n```', '', 'x', '-0', '{"a":1,"a":2}', '[1', 'NaN'];
const wrong = [null, [], {}, ['a'], { a: 1 }];

const asText = value => (typeof value === 'string' ? value : String(value));
const isText = value => ['string', 'number', 'boolean'].includes(typeof value);
const isLength = value => typeof value === 'number' || (typeof value === 'string' && /^\s*\d+\s*$/.test(value));

function valueOf(random, type, answer) {
  if (type === 'is-json') return random.pick([undefined, undefined, undefined, 'x', { type: 'array' }, null, 5]);
  if (random.often(0.04)) return random.pick(wrong);
  if (type === 'regex') return random.pick([random.pick(patterns), random.pick(patterns), piece(random, answer).replace(/[\\^$.*+?()[\]{}|\/]/g, '\\$&')]);
  if (type.startsWith('length')) return random.pick([answer.length, answer.length - 1, answer.length + 1, String(answer.length), ' ' + (answer.length + 1) + ' ', 0, 10, 20.5]);
  if (type === 'equals') return random.pick([answer, ' ' + answer + '\n', answer.trim(), answer.toLowerCase(), mutate(random, answer), answer + '.', '\ufeff' + answer]);
  const part = piece(random, answer);
  return random.pick([part, part.toUpperCase(), part.toLowerCase(), mutate(random, part), mutate(random, part), 'zebra', '', 42, true, '{{ x }}']);
}

function accepted({ type, value }) {
  if (!(type in rules)) return false;
  if (type === 'is-json') return true;
  if (type.startsWith('length')) return isLength(value);
  if (!isText(value)) return false;
  if (type !== 'regex') return true;
  try { return Boolean(new RegExp(value)); } catch { return false; }
}

function judge({ assertions, expected_output, output }) {
  const list = assertions.length ? assertions.map(each => ({ ...each, type: each.type ?? 'contains' })) : expected_output ? [{ type: 'contains', value: expected_output }] : [];
  if (!list.every(accepted)) return { raised: true };
  const passed = list.map(({ type, value }) => rules[type](output, asText(value)));
  const score = passed.length ? passed.filter(Boolean).length / passed.length : 1;
  return { pass: passed.every(Boolean), score, assertions: passed.map(pass => ({ pass, score: pass ? 1 : 0 })) };
}

const well = words => words.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '');

function make(type, n) {
  const random = new Random(`prpm/${type}/${n}`);
  const output = well(type === 'is-json' || random.often(0.05) ? random.pick(documents) : text(random)), one = kind => ({ ...(random.often(0.03) ? {} : { type: kind }), value: valueOf(random, kind, output) });
  const line = { id: `prpm/${type}/${n}`, dialect: 'prpm', assertions: [], output };
  if (type !== 'test') line.assertions.push(one(type));
  else if (random.often(0.2)) line.expected_output = random.pick([piece(random, output), output, 'zebra', '']);
  else line.assertions = Array.from({ length: random.between(2, 5) }, () => one(random.pick(Object.keys(rules))));
  if (random.often(0.02)) line.assertions.push({ type: random.pick(['not-equals', 'no-such-type', 'Contains', 'llm-rubric']), value: 'x' });
  const clean = JSON.parse(well(JSON.stringify(line)));
  return { ...clean, expected: judge(clean) };
}

for (const type of [...Object.keys(rules), 'test']) {
  const lines = Array.from({ length: Number(process.argv[2] ?? 60) }, (_, n) => JSON.stringify(make(type, n)));
  fs.writeFileSync(new URL(`../data/assertions/prpm_${type}.jsonl`, import.meta.url), [...new Set(lines)].join('\n') + '\n');
}
