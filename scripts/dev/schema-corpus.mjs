// Writes tests/data/schema/ajv.jsonl and formats.jsonl: what Ajv 8 (strictSchema, ajv-formats "full", as promptfoo sets
// it up) answers. A line of the first: {"schema", "raises", "cases": [[instance, valid or null when it raised], …]}; of
// the second: {"format", "fits": […], "fails": […]}. Needs ajv and ajv-formats; the output depends only on the seed.
//
//   node scripts/dev/schema-corpus.mjs <folder with node_modules> tests/data/schema
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, out] = process.argv.slice(2);
const require = createRequire(join(folder, 'any.js'));
const Ajv = require('ajv').default;
const addFormats = require('ajv-formats').default;
const silent = { log() {}, warn() {}, error() {} };
function compiled(schema) {
  const ajv = new Ajv({ strictSchema: true, logger: silent });
  addFormats(ajv);
  return ajv.compile(schema);
}

let state = 20260202;
const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];
const some = (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make);

// No names that every JavaScript object inherits (toString, …): Ajv takes those for members, Assay does not.
const names = ['a', 'b', 'c', 'ab', 'abc', 'é', '', '0', 'a/b', '$ref'];
const strings = ['', 'a', 'ab', 'abc', 'A', '1', '12', 'é', '😀', '😀😀', '\ud800', 'a b', '2020-02-29', '10:00:00Z', 'a@b.co', 'null'];
const numbers = [0, -0, 1, -1, 2, 3, 4, 0.5, 1.5, 0.1, 0.3, 19.99, 1e21, 1e300, -5, 1e-7, 100, 9007199254740993, 12345678901234567890];
const patterns = ['^a', 'b$', '^.$', '\\d', '[a-c]+', '^[^a]*$', '^\\p{Lu}', 'é', '.'].filter(p => !p.includes('\\p'));
const scalar = () => pick([null, true, false, pick(numbers), pick(numbers), pick(strings), pick(strings)]);
const value = depth => {
  const kind = random();
  if (depth > 2 || kind < 0.5) return scalar();
  if (kind < 0.7) return some(0, 4, () => value(depth + 1));
  return Object.fromEntries(some(0, 4, () => [pick(names), value(depth + 1)]));
};
const count = () => pick([0, 1, 2, 3]);
const types = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'];
const named = depth => Object.fromEntries(some(1, 3, () => [pick(['a', 'b', 'c', 'ab', 'é', '0']), schema(depth + 1)]));
const keywords = {
  type: () => (random() < 0.7 ? pick(types) : [...new Set(some(1, 3, () => pick(types)))]),
  enum: () => some(1, 4, () => value(1)),
  const: () => value(1),
  minimum: () => pick(numbers), maximum: () => pick(numbers), exclusiveMinimum: () => pick(numbers), exclusiveMaximum: () => pick(numbers),
  multipleOf: () => pick([1, 2, 0.1, 0.01, 3, 1e-7, 0.5, 1e10, 0]),
  minLength: count, maxLength: count, minItems: count, maxItems: count, minProperties: count, maxProperties: count,
  pattern: () => pick(patterns),
  format: () => pick(['date', 'time', 'email', 'ipv4', 'int32', 'nope', 'uuid', 'password']),
  uniqueItems: () => random() < 0.8,
  items: depth => (random() < 0.5 ? schema(depth + 1) : some(1, 3, () => schema(depth + 1))),
  additionalItems: depth => schema(depth + 1),
  contains: depth => schema(depth + 1),
  properties: named,
  patternProperties: depth => Object.fromEntries(some(1, 2, () => [pick(patterns), schema(depth + 1)])),
  additionalProperties: depth => schema(depth + 1),
  propertyNames: depth => schema(depth + 1),
  required: () => [...new Set(some(0, 2, () => pick(names)))],
  dependencies: depth => Object.fromEntries(some(1, 2, () => [pick(names), random() < 0.5 ? [...new Set(some(0, 2, () => pick(names)))] : schema(depth + 1)])),
  allOf: depth => some(1, 2, () => schema(depth + 1)), anyOf: depth => some(1, 3, () => schema(depth + 1)), oneOf: depth => some(1, 3, () => schema(depth + 1)),
  not: depth => schema(depth + 1),
  if: depth => schema(depth + 1), then: depth => schema(depth + 1), else: depth => schema(depth + 1),
  $ref: () => pick(['#/definitions/a', '#/definitions/b', '#/properties/a', '#/nothing']),
  nullable: () => random() < 0.7,
  title: () => 't', default: () => value(1), description: () => 'd',
};
const rare = new Set(['$ref', 'nullable', 'then', 'else', 'additionalItems', 'format', 'title', 'default', 'description', 'patternProperties']);
function schema(depth) {
  if (random() < 0.06) return random() < 0.6;
  const made = {};
  for (let n = depth > 2 ? 1 : 1 + below(3); n > 0; --n) {
    let keyword = pick(Object.keys(keywords));
    if (rare.has(keyword) && random() < 0.6) keyword = 'type';
    if (depth > 2 && keywords[keyword].length > 0) keyword = pick(['type', 'const', 'minimum', 'minLength', 'required']);
    made[keyword] = keywords[keyword](depth);
    if (keyword === 'if' && random() < 0.8) made[pick(['then', 'else'])] = schema(depth + 1);
    if (keyword === 'additionalItems' && random() < 0.8) made.items = some(1, 2, () => schema(depth + 1));
    if (keyword === 'nullable' && random() < 0.8) made.type = keywords.type();
  }
  if (depth === 0 && JSON.stringify(made).includes('#/definitions')) made.definitions = { a: schema(1), b: schema(1) };
  if (random() < 0.01) made['x-own'] = 1;
  if (Array.isArray(made.items)) delete made.contains;  // Ajv then lets an empty array pass: a fault that Assay has not
  return made;
}

const text = value => (Object.is(value, -0) ? '-0' : Array.isArray(value) ? `[${value.map(text)}]`
  : value && typeof value === 'object' ? `{${Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}:${text(v)}`)}}` : JSON.stringify(value));
function line(schema, instances) {
  let validate;
  try { validate = compiled(schema); } catch { return `{"schema":${text(schema)},"raises":true,"cases":[]}`; }
  const cases = instances.map(instance => {
    let valid = null;
    try { valid = validate(instance); } catch { /* the stack is full */ }
    return `[${text(instance)},${valid}]`;
  });
  return `{"schema":${text(schema)},"raises":false,"cases":[${cases}]}`;
}

const some_values = [null, true, 0, -0, 1, 1.5, '', 'a', 'abc', [], [1], [1, 1], ['a', 1], {}, { a: 1 }, { a: 'x', b: 1 }, { ab: [] }, { a: { a: { a: 1 } } }];
const hand = [
  true, false, {}, [], 1, 'x', null, { $schema: 'http://json-schema.org/draft-07/schema' }, { $schema: 'http://json-schema.org/draft-07/schema#' },
  { $schema: 'https://json-schema.org/draft-07/schema#' }, { $schema: 'http://json-schema.org/draft-06/schema#' }, { $schema: 'https://json-schema.org/draft/2020-12/schema' }, { $schema: '' },
  { $id: 'http://x.test/y' }, { $id: '#a' }, { $id: 'http://a.test/b#c' }, { $defs: {} }, { $defs: { a: { nonsense: 1 } } }, { $vocabulary: 'a' }, { $comment: 'a' }, { definitions: {} }, { id: 'a' }, { $anchor: 'a' }, { $dynamicRef: 'a' },
  { title: 'a' }, { title: 1 }, { description: 1 }, { default: 'a' }, { deprecated: true }, { readOnly: true }, { readOnly: 1 }, { writeOnly: true }, { examples: [1] }, { examples: 1 }, { contentMediaType: 'a' }, { contentEncoding: 'a' }, { contentSchema: {} },
  { discriminator: { propertyName: 'a' } }, { nullable: true }, { nullable: false }, { type: 'object', nullable: true }, { type: 'object', nullable: false }, { type: 'string', nullable: true, enum: ['a'] }, { type: 'string', nullable: 1 },
  { minContains: 1 }, { maxContains: 1 }, { unevaluatedItems: false }, { unevaluatedProperties: false }, { dependentRequired: {} }, { dependentSchemas: {} }, { prefixItems: [{}] }, { 'x-foo': 1 },
  { if: true }, { if: { type: 'string' } }, { then: { type: 'string' } }, { else: { type: 'string' } }, { if: { type: 'string' }, then: { minLength: 2 } }, { if: { type: 'string' }, else: { type: 'array' } },
  { additionalItems: { type: 'string' } }, { items: { type: 'string' }, additionalItems: false }, { items: true, additionalItems: false }, { items: [true], additionalItems: false }, { items: [], additionalItems: { type: 'string' } }, { items: [{ type: 'string' }] },
  { properties: { abc: {} }, patternProperties: { '^a': {} } }, { properties: { abc: { type: 'string' } }, patternProperties: { '^a': { type: 'string' } } }, { properties: { abc: {} }, patternProperties: { '^a': { title: 'x' } } }, { properties: { xyz: {} }, patternProperties: { '^a': { type: 'string' } } },
  { patternProperties: { '(': {} } }, { patternProperties: { '(': {} }, additionalProperties: false }, { patternProperties: { '(': { type: 'string' } } }, { patternProperties: { '^a': { type: 'string' } }, additionalProperties: false },
  { definitions: { a: { foo: 1 } } }, { definitions: { a: { type: 'strin' } } }, { definitions: { a: { format: 'nope' } } }, { definitions: { a: { $ref: '#/definitions/zz' } } }, { definitions: { a: { id: 'x' } } }, { format: 'nope' }, { type: 'number', format: 'nope' }, { format: 'iri' }, { format: 1 },
  { $ref: '#/definitions/a', maxLength: 2, definitions: { a: { type: 'string' } } }, { $ref: '#/definitions/a', definitions: { a: { type: 'string' } } }, { $ref: '#' }, { allOf: [{ $ref: '#' }] }, { anyOf: [{ type: 'string' }, { $ref: '#' }] }, { properties: { a: { $ref: '#' } } }, { properties: { a: { $ref: '#/properties/a' } } },
  { $ref: 'http://json-schema.org/draft-07/schema#' }, { $ref: 'http://json-schema.org/draft-07/schema' }, { $ref: 'http://x.test/y' }, { $ref: '#/nope' }, { $ref: 1 }, { $ref: '#/properties/a', properties: { a: { type: 'string' } } }, { properties: { x: { $id: '#foo', type: 'string' } }, $ref: '#foo' },
  { definitions: { x: { $id: 'http://q.test/r', type: 'string' } }, $ref: 'http://q.test/r' }, { $id: 'http://q.test/z', definitions: { x: { $id: 'r', type: 'string' } }, $ref: 'r' }, { definitions: { 'a/b': { type: 'string' }, 'c~d': { type: 'null' }, 'e%f': {} }, anyOf: [{ $ref: '#/definitions/a~1b' }, { $ref: '#/definitions/c~0d' }] },
  { enum: [] }, { enum: [1, 1] }, { enum: [1, 1.0] }, { enum: [{ a: 1, b: 2 }, { b: 2, a: 1 }] }, { enum: [0] }, { enum: 'a' }, { const: { a: 0 } }, { const: 1 }, { const: null }, { enum: [[1, { a: 2 }]] }, { enum: [{ a: 'x', b: 1 }] }, { uniqueItems: true }, { uniqueItems: true, type: 'array', items: { type: 'number' } }, { uniqueItems: true, items: { type: ['string', 'number'] } }, { uniqueItems: false },
  { multipleOf: 2 }, { multipleOf: 0.01 }, { multipleOf: 1e-8 }, { multipleOf: 0 }, { multipleOf: -1 }, { type: ['string', 'number'] }, { type: [] }, { type: ['string', 'string'] }, { type: 'any' }, { type: ['integer'] }, { type: 'integer', format: 'int32' },
  { pattern: '(' }, { pattern: '\\-' }, { pattern: 'a{' }, { pattern: '^.$' }, { pattern: '^\\d{3}$' }, { pattern: ']' }, { minLength: 1, maxLength: 1 }, { minLength: -1 }, { maxLength: 1.5 }, { minLength: '1' }, { maximum: '5' }, { exclusiveMinimum: true, minimum: 1 },
  { not: {} }, { not: false }, { contains: { type: 'string' } }, { contains: false }, { contains: true }, { dependencies: { a: ['b'], ab: { required: ['d'] } } }, { dependencies: { a: [] } }, { dependencies: { a: ['b', 'b'] } }, { dependencies: { a: false } }, { propertyNames: { maxLength: 1 } }, { propertyNames: false }, { propertyNames: { maxLength: 1 }, additionalProperties: false },
  { required: ['a', 'a'] }, { required: 'a' }, { required: [] }, { properties: { a: 1 } }, { properties: { a: { foo: 1 } } }, { anyOf: [{ foo: 1 }] }, { anyOf: [] }, { allOf: [] }, { oneOf: [] }, { oneOf: [{ type: 'string' }, { minLength: 1 }] },
  { minProperties: 1 }, { maxProperties: 1 }, { minItems: 1.0 }, { additionalProperties: false }, { additionalProperties: { type: 'number' }, properties: { a: true } }, { type: 'object', properties: { a: { type: 'object', properties: { a: { type: 'object', required: ['b'] } } } } },
];
const lines = hand.map(schema => line(schema, some_values));
while (lines.length < 1600) lines.push(line(schema(0), [...some(10, 10, () => value(0))]));
writeFileSync(join(out, 'ajv.jsonl'), lines.join('\n') + '\n');

const seeds = {
  date: ['2020-02-29', '2019-02-29', '2000-02-29', '1900-02-29', '2020-13-01', '2020-00-10', '2020-04-31', '20200101', '2020-1-1', '0000-01-01', '2020-01-32', ' 2020-01-01'],
  time: ['10:00:00Z', '10:00:00', '24:00:00Z', '23:59:60Z', '22:59:60-01:00', '00:29:60+00:30', '23:59:60+01:00', '10:60:00Z', '10:00:61Z', '10:00:00.123Z', '10:00:00.Z', '10:00:00+24:00', '10:00:00+0130', '10:00:00+01', '10:00:00z', '1:00:00Z', '10:00:00+01:60', '12:00:60Z', '15:59:60-08:00'],
  'date-time': ['2020-02-29T10:00:00Z', '2020-02-29 10:00:00Z', '2020-02-29t10:00:00z', '2020-02-29T10:00:00', '2020-02-30T10:00:00Z', '2020-02-29T10:00:00Z ', '2020-02-29TT10:00:00Z', '2020-02-29\u00a010:00:00Z', '2020-02-29'],
  duration: ['P1Y', 'P', 'PT', 'PT1S', 'P1W', 'P1Y2M3DT4H5M6S', 'P1D1Y', 'P1YT', 'P1W1D', '1Y', 'P1H', 'PT1D', 'P1M', 'PT1M'],
  uri: ['http://a.b', 'mailto:a@b', 'a:', 'a:b', '//a', 'http://a b', 'http://[::1]:80/x', 'http://[::1', 'http://[v1.a]', 'http://[1.2.3.4]', 'urn:x:y', 'http://a?b=c#d', 'http://%41', 'http://%4', 'http://a/é', 'http://a"b', 'http://u:p@h:1/x', 'http://a:b:c', '1a:b', 'http://[::01.02.03.04]/', 'a:?q', 'a:/', 'http://[::1]x', 'http://a#b#c', 'file:///x', 'http:/[::1]/a', 'tel:+1-2', 'http://a\\b'],
  'uri-reference': ['', '#', '?a', '/a', 'a/b', '//a', 'a b', '#a#b', 'a"b', '\\', '%zz', '..', ':', '1:2', 'é', '[a]', '//[::1]', '//u@[::1]:8/x', 'http://a'],
  'uri-template': ['', 'a{b}', '{', 'a{b', '{+a,b:3}', '{a*}', '{a:0}', '{a:12345}', '{?a,b*}', '{}', 'a b', '%41', '%4', '{%41}', 'é', '{a,}', '{a:3*}', "a'b", '{!a}', '{|a}'],
  url: ['http://a.bc', 'http://a', 'https://1.2.3.4', 'http://10.0.0.1', 'http://192.168.1.1', 'http://172.16.0.1', 'http://172.32.0.1', 'ftp://a.b.co:8080/x y', 'ftp://a.b.co:8080/x', 'http://u:p@a.co', 'http://u@x@a.co/', 'http://a-b.co', 'http://a--b.co', 'http://-a.co', 'http://a-.co', 'http://a.c', 'http://a.b1', 'http://é.éé', 'http://1.2.3.255', 'http://1.2.3.0', 'http://0.1.2.3', 'http://224.1.1.1', 'http://1.02.3.4', 'http://1.002.3.4', 'http://a.co:1', 'http://a.co:123456', 'http://a.co?x', 'HTTP://A.CO', 'http://a.co/ ', 'http://127.0.0.1', 'http://169.254.1.1', 'http://1.2.3', 'http://@a.co', 'http://a_b.co'],
  email: ['a@b.co', 'a@b', 'a.b@c.de', '.a@b.co', 'a.@b.co', 'a..b@c.de', 'a@-b.co', 'a@b-.co', 'A@B.CO', 'a@b.c1', 'a b@c.de', '"a"@b.co', 'a@b@c.de', 'é@b.co', 'a@b.co.', "!#$%&'*+/=?^_`{|}~-@x.y", 'a@b..co', '@b.co', 'a@'],
  hostname: ['a', 'a.b', 'a.', '.', '', 'a..b', '-a', 'a-', 'a_b', 'a'.repeat(63), 'a'.repeat(64), ('a'.repeat(63) + '.').repeat(3) + 'a'.repeat(61), ('a'.repeat(63) + '.').repeat(3) + 'a'.repeat(62), 'A.B', '1.2', 'é.b', 'a.b..', 'xn--a'],
  ipv4: ['1.2.3.4', '256.1.1.1', '01.2.3.4', '1.2.3', '1.2.3.4.5', '255.255.255.255', '0.0.0.0', '1.2.3.4 ', '1..2.3', '٣.1.1.1', '1.2.3.1000'],
  ipv6: ['::', '::1', '1::', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7::', '::2:3:4:5:6:7:8', '1::3:4:5:6:7:8', '1:2::4:5:6:7:8:9', '1::2::3', ':1', '1:', '1:2:3:4:5:6:7', '12345::', '::1.2.3.4', '1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:7:1.2.3.4', '1:2:3:4:5::1.2.3.4', '1:2:3:4:5:6::1.2.3.4', '::01.2.3.4', '::1.2.3', 'g::', '1.2.3.4', 'FE80::A', ':::', '1:::2', '::1.2.3.4:5', '1.2.3.4::', '1::2:', ':1::2', '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8::', '::1%eth0'],
  uuid: ['123e4567-e89b-12d3-a456-426614174000', 'urn:uuid:123e4567-e89b-12d3-a456-426614174000', 'URN:UUID:123E4567-e89b-12d3-a456-426614174000', '123e4567e89b12d3a456426614174000', '123e4567-e89b-12d3-a456-42661417400', '123e4567-e89b-12d3-a456-4266141740000', 'g23e4567-e89b-12d3-a456-426614174000', ''],
  'json-pointer': ['', '/', '/a', 'a', '/a~0', '/a~', '/a~2', '/~1', '//', '/a\nb', '#/a'],
  'json-pointer-uri-fragment': ['#', '', '#/a', '#a', '#/%41', '#/%4', '#/~0', '#/~', '#/a b', '#//'],
  'relative-json-pointer': ['0', '1', '01', '0#', '1/a', '10', '0/', '#', '/a', '-1', '0##', '0#/a', '1/~2'],
  byte: ['', 'YQ==', 'YWI=', 'YWJj', 'YWJ', 'YWJj=', '====', 'Y===', 'YQ==\n!', '!\n', '!', 'YQ= =', '!\r!', '!\u2028'],
  'iso-time': ['10:00:00', '10:00:00Z', '10:00', '23:59:60'],
  'iso-date-time': ['2020-01-01T10:00:00', '2020-01-01 10:00:00', '2020-01-01'],
};
const alphabets = { default: '0123:-.+TtZzPYMDHSW/@#?%[]{}~ab_"\'é ', };
function mutated(seed) {
  const units = [...seed];
  for (let n = 1 + below(2); n > 0; --n) {
    const at = below(units.length + 1), kind = below(3);
    if (kind === 0) units.splice(at, 1); else if (kind === 1) units.splice(at, 0, pick([...alphabets.default])); else units.splice(at, 1, pick([...alphabets.default]));
  }
  return units.join('');
}
const format_lines = Object.entries(seeds).map(([format, given]) => {
  const validate = compiled({ format });
  const texts = [...new Set([...given, ...some(120, 120, () => mutated(pick(given)))])];
  return JSON.stringify({ format, fits: texts.filter(t => validate(t)), fails: texts.filter(t => !validate(t)) });
});
writeFileSync(join(out, 'formats.jsonl'), format_lines.join('\n') + '\n');
