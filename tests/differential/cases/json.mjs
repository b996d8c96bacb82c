// Cases of the JSON types: documents, schemas that fit them, and small damage to either.
import { mutate, piece, plainText, text, wrongKinds } from '../random.mjs';

const keys = ['a', 'b', 'name', 'age', 'items', 'é', 'id', 'x-y', 'ok'];
const scalars = ['', 'a', 'Paris', '😀é', 'me@example.org', '2024-02-29', '2023-02-29', '2024-01-01T10:00:00Z', '10:00:00Z', 'https://example.org/x?y=1', '127.0.0.1', '256.1.1.1', '::1', '123e4567-e89b-12d3-a456-426614174000',
  '^a+$', '#/x', 'example.org', 0, 1, -1, 42, 3.5, 0.1, 0.3, 1e21, 1.0, true, false, null, 12345678901234567890, 100];

export function document(random, depth = 0) {
  const kind = random.next();
  if (depth >= 3 || kind < 0.35) return random.pick(scalars);
  if (kind < 0.6) return Array.from({ length: random.below(4) }, () => document(random, depth + 1));
  return Object.fromEntries(Array.from({ length: random.below(4) + (depth === 0 ? 1 : 0) }, () => [random.pick(keys), document(random, depth + 1)]));
}

// A value that differs a little.
function change(random, value) {
  if (Array.isArray(value) && value.length > 0 && random.often(0.7)) return random.pick([[...value, value[0]], value.slice(1), value.map((each, at) => (at === 0 ? change(random, each) : each))]);
  if (value && typeof value === 'object' && Object.keys(value).length > 0) {
    const key = random.pick(Object.keys(value)), { [key]: old, ...rest } = value;
    return random.pick([rest, { ...value, extra: 1 }, { ...rest, [key]: change(random, old) }, { ...rest, [key]: change(random, old) }]);
  }
  if (typeof value === 'number') return random.pick([value + 1, value - 0.5, String(value), -value, value * 2]);
  if (typeof value === 'string') return random.pick([mutate(random, value), value + value + 'zz', 5, null]);
  return random.pick([null, 0, 'a', [], {}]);
}

const typeOf = value => (value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value);
const formats = ['date', 'date-time', 'time', 'email', 'uri', 'ipv4', 'ipv6', 'uuid', 'hostname', 'regex', 'json-pointer', 'uri-reference', 'duration', 'int32', 'double', 'byte'];

// A schema that the value fits, most often.
export function schemaOf(random, value, depth = 0) {
  if (random.often(0.06)) return random.pick([true, {}, { const: value }, { enum: [value, 'other'] }, { not: { type: 'boolean' } }]);
  const type = typeOf(value), schema = { type: random.often(0.15) ? random.shuffled([type, 'boolean'].filter((each, at, all) => all.indexOf(each) === at)) : type === 'integer' && random.often(0.5) ? 'number' : type };
  if (type === 'integer' || type === 'number') Object.assign(schema, random.pick([{}, { minimum: value }, { maximum: value }, { exclusiveMinimum: value - 1 }, { exclusiveMaximum: value + 1 }, { multipleOf: random.pick([1, 0.1, 0.5, 2, 7]) }, { minimum: value + 1 }]));
  if (type === 'string') Object.assign(schema, random.pick([{}, {}, { minLength: [...value].length }, { maxLength: [...value].length }, { pattern: random.pick(['^.*$', 'a', '^\\S+$', '^\\p{L}', '\\d', '^.{2}$', '😀']) }, { format: random.pick(formats) }, { maxLength: 2 }]));
  if (type === 'array') Object.assign(schema, random.pick([{}, { minItems: value.length }, { maxItems: value.length }, { uniqueItems: true }, { contains: value.length ? schemaOf(random, value[0], depth + 1) : true }, { items: value.length ? { anyOf: value.map(each => schemaOf(random, each, depth + 1)) } : false }, { items: { type: 'string' } }, { maxItems: 1 },
    value.length ? { items: value.map(each => schemaOf(random, each, depth + 1)), additionalItems: random.pick([false, { type: 'string' }]), minItems: value.length } : {}]));
  if (type === 'object') objectRules(random, value, schema, depth);
  if (depth === 0 && random.often(0.2)) return combine(random, schema, value);
  return schema;
}

function objectRules(random, value, schema, depth) {
  const names = Object.keys(value);
  if (random.often(0.8)) schema.properties = Object.fromEntries(names.map(name => [name, schemaOf(random, value[name], depth + 1)]));
  if (random.often(0.6)) schema.required = names.length > 0 && random.often(0.9) ? names.slice(0, random.between(1, names.length)) : ['missing'];
  if (random.often(0.25)) schema.additionalProperties = random.pick([false, { type: 'string' }, true]);
  if (random.often(0.1)) Object.assign(schema, random.pick([{ minProperties: names.length }, { maxProperties: names.length }, { propertyNames: { maxLength: 4 } }, { patternProperties: { '^a': { type: 'number' } } }, { dependencies: { a: ['b'] } }, { dependencies: { b: { required: ['a'] } } }]));
}

function combine(random, schema, value) {
  return random.pick([
    () => ({ allOf: [schema, {}] }), () => ({ anyOf: [{ type: 'boolean' }, schema] }), () => ({ oneOf: [schema, { type: 'boolean' }] }), () => ({ oneOf: [schema, true] }), () => ({ not: schema }),
    () => ({ definitions: { it: schema }, $ref: '#/definitions/it' }), () => ({ if: { type: 'object' }, then: schema, else: { type: typeOf(value) === 'integer' ? 'number' : typeOf(value) } }),
    () => ({ $schema: 'http://json-schema.org/draft-07/schema#', ...(schema === true ? {} : schema) }), () => ({ definitions: { node: { type: 'object', properties: { a: { $ref: '#/definitions/node' } } } }, anyOf: [{ $ref: '#/definitions/node' }, schema] }),
  ])();
}

const brokenSchemas = [{ type: 'strng' }, { foo: 1 }, { type: 'object', exmple: {} }, { format: 'colour', type: 'string' }, { $ref: '#/definitions/none' }, { $ref: 'https://example.org/x' }, { minimum: 'x' }, { required: 'a' }, { pattern: '[' }, { type: [] }, { enum: [] }, { properties: [] }, { items: 3 },
  true, 5, [], [{ type: 'object' }], 'type: [', '- a', 'just text', '{"type":', { additionalItems: false }, { type: 'object', example: 1 }, { type: 'string', title: 't', description: 'd', default: 1, examples: [1], $comment: 'c', readOnly: true }, { nullable: true, type: 'string' }, { minContains: 1 }, { type: ['string', 'number'] }];

const yamlOf = schema => (schema && typeof schema === 'object' ? Object.entries(schema).map(([key, value]) => JSON.stringify(key) + ': ' + JSON.stringify(value)).join('\n') : JSON.stringify(schema));

function schemaValue(random, value) {
  if (random.often(0.04)) return random.pick(brokenSchemas);
  if (random.often(0.02)) return random.pick(wrongKinds);
  const schema = schemaOf(random, value);
  const kind = random.next();
  if (kind < 0.75) return schema;
  return kind < 0.9 ? JSON.stringify(schema) : yamlOf(schema);
}

// Text that nearly is JSON, in the ways that models and people get it wrong.
function written(random, value) {
  const compact = JSON.stringify(value);
  if (random.often(0.62)) return random.pick([compact, compact, JSON.stringify(value, null, 2), ' \n' + compact + '\t', compact.replace(/[^\x00-\x7f]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))]);
  return random.pick([mutate(random, compact), mutate(random, compact), '\ufeff' + compact, '\u00a0' + compact, '```json\n' + compact + '\n```', compact.replace(/"/g, "'"), compact.replace(/([}\]])$/, ',$1'), '// c\n' + compact, compact + compact, compact.slice(0, -1), '1e999', '01', '+1', '.5', '5.', 'NaN', '-0', '"\\ud800"',
    '"\u0001"', '"\\x41"', 'nul', '""', 'undefined', '', ' ', '{"a":1,"a":"b"}', '[1,,2]', '{a:1}', '"\u2028"', '-', '1E+2', '{"__proto__":1}', 'True', '[]]', '"\\u00"', '0x10', '"a\nb"', 'null', 'false']);
}

function isJson(random) {
  const value = document(random);
  const output = random.often(0.07) ? value ?? 'x' : written(random, value);
  if (random.often(0.3)) return { output, value: random.often(0.9) ? undefined : random.pick(wrongKinds) };
  return { output: random.often(0.85) ? written(random, random.often(0.35) ? change(random, value) : value) : output, value: schemaValue(random, value) };
}

const sloppy = ['{a: 1}', "{'a': 'b'}", '{a}', '{a, b: 2}', '{"a": 1,}', '{}', '{ }', '{{}}', '{{ x }}', '{"a": "}"}', '{"a": "{"}', '{"a": 1', '{"a": {"b": 2}', '{"a": 1 // c\n}', '{"a": 1 # c\n}', '{"u": "http://x.org"}', '{a: b: c}', '{? a : b}', '{"a":[1,2,}', '{x', '}{', 'function f() { return 1; }', '{ return 1; }', '{"a": undefined}', '{a: [b, {c: d}]}', '{"a"\n:1}',
  '{"a":"b"c}', '{*x}', '{&y a: 1}', '{!!str a: 1}', '{a: 0x1F, b: 0o7, c: 1_000, d: .5, e: ~, f: yes, g: Null, h: 2024-01-01}', '{"a": "\\x41\\e"}', '{a: "un\nclosed"}', '{"a":1} {"b":2}', '[1,2]', '[{"a":1}]', '{"a":1,"a":2}', '{\t"a": 1}', "{'it''s': 1}", '{a: |\n x}', '{%}', '{@}', '{`}', '{a: >-}', '{- a}', '{[1]: 2}', '{"a":1}}', '{a:1}', '{"a":1, b:2}', '{a: -1, b: +1, c: 1e3, d: .inf, e: -.inf}'];

function containsJson(random) {
  const value = { ...document(random, 1), ...(random.often(0.6) ? { a: document(random, 2) } : {}) };
  const body = random.often(0.55) ? written(random, value) : random.pick(sloppy);
  const before = random.pick(['', 'Here: ', '```json\n', plainText(random, 4) + ' ', 'if (x) { y } ', text(random, 5) + ' ']), after = random.pick(['', ' done', '\n```', ' ' + plainText(random, 3), ' }']);
  const output = random.pick([before + body + after, before + body + after, before + body + ' ' + random.pick(sloppy) + after, text(random, 6), piece(random, body) + after]);
  if (random.often(0.5)) return { output, value: random.often(0.93) ? undefined : random.pick(wrongKinds) };
  return { output, value: random.often(0.5) ? random.pick([{ type: 'object' }, { required: ['a'] }, { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] }, { properties: { a: { const: 1 } } }]) : schemaValue(random, value) };
}

export default { 'is-json': isJson, 'contains-json': containsJson };
