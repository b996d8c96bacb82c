// Writes tests/data/loose/promptfoo.jsonl: what promptfoo's extractJsonObjects finds in hand-made and generated texts,
// one {"text", "found": [...]} a line. A Date is written as {}, which is what it is to a JSON Schema. The output depends
// only on the seed below.
//
//   node scripts/dev/loose-corpus.mjs <folder of promptfoo's dist/src> > tests/data/loose/promptfoo.jsonl
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = resolve(process.argv[2]);
const file = readdirSync(folder).find(name => /^logger-.*\.js$/.test(name) && readFileSync(join(folder, name), 'utf8').includes('function extractJsonObjects'));
const source = readFileSync(join(folder, file), 'utf8');
const exported = /extractJsonObjects as (\w+)/.exec(source)[1];
const extract = (await import(pathToFileURL(join(folder, file)).href))[exported];

let state = 20260303;
const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];
const some = (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make);

function plain(value, seen = []) {
  if (value instanceof Date) return {};
  if (value === null || typeof value !== 'object') return typeof value === 'number' && !Number.isFinite(value) ? null : value;
  if (seen.includes(value)) return null;
  if (Array.isArray(value)) return value.map(item => plain(item, [...seen, value]));
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v, [...seen, value])]));
}

const hand = [
  '', '{', '}', '{}', '{ }', '[]', 'no json', '{"a":1}', 'x {"a":1} y', '```json\n{"a": [1, 2]}\n```', '[{"a":1},{"b":2}]', '{"a":1}{"b":2}', '{"a":{"b":{}}}', '{a}', '{a, b}', '{a: 1, b: two}', '{a: 1,}', '{a,}', '{,}', '{a,,b}', '{a:1}', '{"a":1 "b":2}', '{"a" 1}',
  "{'a': 'b'}", "{'a': 'it''s'}", "{a: it's}", "{a: 'x' y}", '{a: b: c}', '{a: b c}', '{: b}', '{:b}', '{? a : b}', '{? a}', '{?}', '{? }', '{-}', '{- a}', '{-a}', '{a: -}', '{a: - b}', '{[a]: b}', '{{a}: b}', '{a: {b}, c: [d, e: f, {g}]}', '{a: [1, 2,]}', '{a: [,]}', '{a: [b: c, ? d, : e, ? f : g]}',
  '{a: null, b: ~, c: Null, d: NULL, e: nULL, f: , g: ""}', '{a: true, b: True, c: TRUE, d: tRUE, e: yes, f: no, g: on, h: false}', '{a: 1, b: -1, c: +1, d: 0x1F, e: 0o17, f: 017, g: 0b11, h: 1_000, i: 1e3, j: 1., k: .5, l: -.5, m: 1e999, n: 0x, o: 1e, p: 1.5e-3, q: +.5, r: -0, s: 1:30, t: 12345678901234567890, u: 1E400, v: ., w: -, x: +, y: 0o8, z: -0x1}',
  '{a: .inf, b: -.inf, c: .nan, d: .NaN, e: +.INF, f: -.nan, g: .Inf, h: .iNF}', '{a: 2001-12-14, b: 2001-12-14t21:59:43.10-05:00, c: 2001-12-14 21:59:43.10 -5, d: 2001-2-30, e: 2001-02-30, f: 2001-12-14 1:2:3, g: 2001-12-14T21:59, h: 2001-1-1, i: 2001-12-14 21:59:43Z, j: 2001-12-14 24:00:00, k: 2001-12-14 21:59:43 +25}', '{2001-12-14: 1}', '{a: "2001-12-14"}',
  '{1: a, 1.0: b, 0x10: c, true: d, null: e, ~: f, .inf: g, .nan: h, -0: i, 1e3: j}', '{"a\\u00e9\\x41\\U0001F600\\n\\t\\/\\\\\\"\\0\\e\\N\\_\\L\\P\\ ": 1}', '{"\\ud83d\\ude00": "\\ud800", b: "\\udc00\\ud800"}', '{"\\q": 1}', '{"\\u12": 1}', '{"a": "\\UFFFFFFFF"}', '{"a": "\\U00110000"}', '{"a\nb": "c\n\n d\n  e"}', "{'a\nb': 'c\n\n d  \n  e'}", '{a\n  b: c\n\n  d}', '{"a\\\n  b": 1}', '{a: "x \\\n y"}', '{"a": "\t"}', '{"a": "\u0001"}', '{a: \u0001}', '{a: x\u0085y}', '{a: \ud800}', '{"a": "\ud800"}', '{a: \ufeffb}', '{a: \u007f}', '{a: \uffff}', '{a: x\u0000}', '{"a": "\u0000"}',
  '{a: 1 # c\n}', '{a: 1 #c}', '{a: 1, # c }\n b: 2}', '{a#b: 1}', '{a: b#c}', '{#a\n}', '{ #a\n}', '{a: 1 // c\n}', '{a: 1, // c\n b: 2}', '{a: http://x.y, b: 1 // c\n}', '{"a": "http://x.y"}', '{"a": "x // y"}', "{'a': 'x // y'}", "{a: don't // y\n}", '{a: b//c}', '{a: b //c\n}', '{// c\n a: 1}', '{ // c\n a: 1}', '{ /// c\n a: 1}', '{ //// c\n a: 1}', '{a: 1 /* c */}', '{a: "x\n// y"}', '{a: see http://x //y\n}', '{a: ://x //y\n}', "{a: 'x\\' // y'}", '{a: "x\\" // y"}', '{"a": 1} // }', '{"{": 1} // }\n', '{"{": 1} # }', '{"{": 1}}', '{"}": 1}', '{"a": "}"}', '{"a": "{"} x } y', '{"a": "{"}', 'a { b { c', '{a: {b: c', '{"a": [1, 2', '{"a": [1, 2]', '{"a": "x', '{a: 1', '{"a": 1, "b', 'x {"a": 1} {', '{ {"a": 1}', '{{"a": 1}}', '{{{', '{a: {b: {c: {d: 1}}}', 'f() { return {a: 1}; }', 'if (x) { y(); } else { z: 1 }', 'The answer is {score: 0.5, reason: good}.', '{"pass": true, "score": 1, "reason": "It says \\"yes\\"."}', "{pass: true, reason: 'ok'}", '{"a": 1,\n "b": 2,\n}', '<think>{x}</think>{"pass": false}', '\\boxed{4}', '${name}', '{{name}}', '{% if %}', '{name} and {other}', 'set {1, 2, 3}', '{"a":1,"a":2}',
  '{a: &x [1, 2], b: *x}', '{a: &x {b: 1}, <<: *x}', '{<<: {a: 1, b: 2}, a: 3}', '{a: 3, <<: {a: 1, b: 2}}', '{<<: [{a: 1}, {a: 2, b: 3}]}', '{<<: 1}', '{<<}', '{"<<": {a: 1}}', '{a: <<}', '{<<: [1]}', '{a: *nope}', '{a: &x}', '{a: &x 1, *x : 2}', '{a: &x {b: *x}}', '{&a b: *a}', '{a: & b}', '{a: &x &y b}', '{a: &x\n b}', '{a: &x\nb}', '{a: &x\n}',
  '{a: !!str 1, b: !!int "2", c: !!float 3, d: !!bool "true", e: !!null "", f: ! 1}', '{a: !foo b}', '{a: !!map {b: 1}, c: !!seq [1]}', '{a: !!seq {b: 1}}', '{a: !!str}', '{a: !!int}', '{a: !!int x}', '{a: !!map}', '{a: !<tag:yaml.org,2002:str> 1}', '{color: red !important}', '{ !important }', '{a: !!int 0b11, b: !!int -0x1F, c: !!int 1.5}', '{a: !!float .inf, b: !!float 1e3}', '{a: !!timestamp 2001-12-14}', '{!!str a: 1}', '{!!str 1: !!str 2}',
  '{a: |\n b}', '{a: > b}', '{a: @b}', '{a: `b`}', '{a: %b}', '{%a}', '{a: "b" c}', '{a: "b", "c"}', '{a: b\n---\nc}', '{a: "b\n---\nc"}', "{a: 'b\n...\nc'}", '{"{": 1}\n...\n# }', '{"{": 1}\n---\n# }', '{"{": 1}\n...\n...\n# }', '{"{": 1} ...\n# }', '{a:\tb}', '{\ta: b}', '{a: b\t}', '{a\t: b}', '{a: b\r\n, c: d\r}', '{a : b}', '{"a":b}', "{'a':b}", '{"a":"b"}', '{a:"b"}', '{a: [b]c}', '{a: {b}c}', '{a, b: }', '{a: ,b: 1}', '{"": 1}', "{'': ''}", '{é: ü, 日: 本, "😀": 😀}', '{a: [[[[1]]]]}', '{a: []}', '{[]}', '{{}}', '{"a": [}', '{"a": ]}', '{a: b]}', '{a: b[c}', '{"__proto__": 1}', '{constructor: 1}', '{toString: {}}', '{a: ?b}', '{a: ? b}', '{a: :b}', '{a: ::}', '{a::b}', '{a:: b}', '{a ::b}', '{a: b:}', '{a: b:, c}', '{a: "b":c}', '{-1: a}', '{--: a}', '{---: a}', '{\n---: a}', '{\n--- a}', '{.: a}', '{...: a}', '{*: a}', '{a: b c: d}', '{a b}', '{a\nb}', '{"a"\n: 1}', '{a\n: 1}', '{[a\n]: 1}', '{a: [b\n: c]}', '{a: ["b"\n: c]}', '{a: [? b\n: c]}',
  '['.repeat(60) + '{a}' + ']'.repeat(60), '{a: ' + '['.repeat(96) + '1' + ']'.repeat(96) + '}', '{a: ' + '['.repeat(97) + '1' + ']'.repeat(97) + '}', '{a: ' + '['.repeat(97) + ']'.repeat(97) + '}', '{a: ' + '['.repeat(98) + ']'.repeat(98) + '}', '{a: ' + '['.repeat(99) + ']'.repeat(99) + '}', '{a: '.repeat(97) + '1' + '}'.repeat(97), '{a: '.repeat(98) + '1' + '}'.repeat(98), '{a: '.repeat(99) + '1' + '}'.repeat(99), '{'.repeat(120),
  '{a: "' + 'x'.repeat(300) + '"}', '{a: ' + 'x'.repeat(300),
];
const tokens = ['{', '}', '{', '}', '[', ']', ',', ':', ': ', '"', "'", 'a', 'b', ' ', '\n', '1', '-', '"a"', "'b'", '//', '# ', '\\', 'null', 'true', '&x ', '*x', '<<', '? ', '!!str ', 'http://', '.5', 'é', '\t', '  ', '---', '0x1', '2001-01-01'];
const noise = () => some(2, 24, () => pick(tokens)).join('');
const scalar = () => pick(['1', '-2.5', 'true', 'null', '~', '"x"', "'y'", 'word', 'two words', '"a, b"', "it's", '"{"', '"}"', 'http://x.y', '2001-01-01', '""', '.5', '1e3', '0x1F', 'yes', "'a''b'", '"\\n"', 'é', '']);
function node(depth) {
  const kind = random();
  if (depth > 3 || kind < 0.5) return scalar();
  const space = () => pick(['', ' ', '\n', '  ']);
  const join = parts => parts.join(pick([',', ', ', ',\n', ' , '])) + (random() < 0.2 ? ',' : '');
  if (kind < 0.65) return `[${space()}${join(some(0, 3, () => node(depth + 1)))}${space()}]`;
  return `{${space()}${join(some(0, 4, () => pick(['a', '"b"', "'c'", 'd e', '1', '"x:y"', 'k']) + pick([': ', ': ', ':', ' : ']) + node(depth + 1)))}${space()}${random() < 0.1 ? pick([' // c\n', ' # c\n']) : ''}}`;
}
const mutated = text => {
  const units = [...text];
  for (let n = below(3); n > 0 && units.length; --n) {
    const at = below(units.length);
    if (random() < 0.5) units.splice(at, 1); else units.splice(at, 0, pick(tokens));
  }
  return units.join('');
};
const texts = new Set(hand);
while (texts.size < 900) texts.add(noise());
while (texts.size < 2400) texts.add(pick(['', 'Here: ', '```json\n', 'x{']) + mutated(`{a: ${node(1)}, ${node(1)}: ${node(2)}}`) + pick(['', '', '\n```', ' done.', '}', '{']));
for (const text of texts) console.log(JSON.stringify({ text, found: extract(text).map(object => plain(object)) }));
