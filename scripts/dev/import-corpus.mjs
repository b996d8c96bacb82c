// Writes tests/data/imports/*.jsonl: what promptfoo makes of tables, YAML values and configurations, one question and
// its answer a line. The tests compare Assay's imports with the record. Run it when the importer learns something:
//
//   node scripts/dev/import-corpus.mjs FOLDER    (where promptfoo is installed: FOLDER/node_modules/promptfoo)
//
// promptfoo's own functions are asked, not its command: its main module is copied beside itself with more exports.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

for (const name of ['TELEMETRY', 'UPDATE', 'REMOTE_GENERATION']) process.env['PROMPTFOO_DISABLE_' + name] = '1';
process.env.PROMPTFOO_CONFIG_DIR = fs.mkdtempSync(path.join(os.tmpdir(), 'import-corpus-'));
process.env.LOG_LEVEL = 'error';
const here = path.dirname(new URL(import.meta.url).pathname);
const data = path.join(here, '../../tests/data/imports');
const dist = path.join(path.resolve(process.argv[2]), 'node_modules/promptfoo/dist/src');
const opened = path.join(dist, 'index-opened.js');
fs.writeFileSync(opened, fs.readFileSync(path.join(dist, 'index.js'), 'utf8') +
  '\nexport { loadYaml, parseCsvRows, csvRowsToTestCases, assertionFromString, resolveConfigs, buildTestsFromSuite,' +
  ' prepareTestVariables, buildRunEvalOptions, renderPrompt };\n');
const promptfoo = await import(pathToFileURL(opened));
fs.unlinkSync(opened);

function write(name, rows) {
  fs.writeFileSync(path.join(data, name), rows.map(row => JSON.stringify(row) + '\n').join(''));
  console.error(`${name}: ${rows.length} rows`);
}
async function answer(question, ask) {
  try {
    return { ...question, ...(await ask()) };
  } catch (error) {
    return { ...question, error: true };
  }
}

// --- a cell of __expected ---
const types = ['contains', 'icontains', 'equals', 'starts-with', 'regex', 'is-json', 'contains-json', 'contains-any', 'contains-all',
  'icontains-any', 'icontains-all', 'similar', 'similar:cosine', 'similar:dot', 'levenshtein', 'rouge-n', 'bleu', 'gleu', 'meteor', 'cost',
  'latency', 'perplexity', 'perplexity-score', 'is-xml', 'contains-xml', 'is-sql', 'word-count', 'is-refusal', 'finish-reason', 'answer-relevance',
  'context-recall', 'context-faithfulness', 'context-relevance', 'classifier', 'llm-rubric', 'factuality', 'model-graded-closedqa', 'moderation',
  'trajectory:tool-used', 'trace-span-count', 'webhook', 'g-eval', 'tool-call-f1', 'select-best', 'assert-set', 'human'];
const cells = ['', 'Paris', 'plain text: with a colon', '4', 'true', 'contains', 'not-contains', 'contains:', 'contains: ', 'contains:Paris', 'contains:  two words  ',
  'not-not-contains: x', 'Contains: x', 'contains : x', 'contains(0.5): x', 'contains(.5): x', 'contains(1.): x', 'contains(-1): x', 'contains(1e3): x',
  'contains(): x', 'contains(0.5) x', 'similar(0.9): a text', 'similar: a text', 'not-similar(0.25): a text', 'similar(0): a', 'similar(007.50):x', 'similar:cosine(0.9): a text',
  'levenshtein(5): Hello', 'levenshtein: Hello', 'cost(0.01)', 'latency(1000)', 'latency', 'latency:', 'starts-with(3): x', 'is-json', 'is-json: {"type": "object"}',
  'is-json:  {a: 1} ', 'contains-json: x ', 'contains-any: a, b ,c', 'contains-any:a', 'contains-any', 'contains-any:', 'contains-any: ,,', 'contains-any: , a,, b,',
  'contains-all: "a, b", c', 'contains-all: "a \\"q\\" b","c ""d"" e"', 'contains-all: "open, c', 'contains-all: "a" b, c', 'contains-all: a "b, c" d', 'contains-all:"x\\\\y"',
  'icontains-any: "a\\nb", c', 'icontains-all: \u00a0a\u3000,\ufeffb', 'regex: ^a{2,3}$', 'regex:\\d+', 'javascript: output.length > 3', 'fn:output == 4', 'eval: true',
  'fn: ', 'grade: is polite', 'grade:is polite ', 'llm-rubric: is polite', 'llm-rubric(0.5): is polite', 'not-llm-rubric: is rude', 'not-javascript: false', 'python: len(output)',
  'javascript(0.5): 1', 'equals: multi\nline', 'contains: multi\nline\n', 'equals:', 'equals', 'word-count: 5', 'word-count: {"min": 1}', 'bleu(0.3): a b c d', 'select-best: best',
  'assert-set: x', 'file://x.txt', '{{var}}', 'contains: {{var}}', 'contains-any: {{a}}, {{b}}', 'Contains', 'trace-span-count: x', 'trajectory:tool-used: search', 'is-valid-openai-tools-call'];
for (const type of types) cells.push(`${type}: value`, `not-${type}(0.33): value`, `${type}(2)`);
write('expected.jsonl', await Promise.all([...new Set(cells)].map(text =>
  answer({ text }, () => ({ assertion: promptfoo.assertionFromString(text) })))));

// --- comma-separated values ---
const tables = ['', 'a\n', 'a', 'a,b', 'a,b\n1,2\n', 'a,b\r\n1,2\r\n', 'a,b\r1,2\r', 'a,b\n1,2', '\ufeffa,b\n1,2\n', 'a,b\n"1","2"\n', 'a,b\n"1,5","2"\n', 'a\n"x ""q"" y"\n',
  'a,b\n"line\nbreak",2\n', 'a,b\n"line\r\nbreak",2\r\n', 'a,b\n1,2\r\n3,4\r\n', 'a,b\r\n1,2\n3,4\r\n', 'a,b\n1\n', 'a,b\n1,2,3\n', 'a,b\n\n1,2\n', 'a\n\nx\n', 'a\n1\n\n', 'a,b\n,\n', 'a,b\n"",""\n',
  'a,b\n "1",2\n', 'a,b\n1 "x",2\n', 'a,b\n"1" ,2\n', 'a,b\n"1"x,2\n', 'a,b\n"1"x"y",2\n', 'a,b\n"open,2\n', 'a\n"x""\n', 'a,a\n1,2\n', 'a, b ,c\n1,2,3\n', 'a,,c\n1,2,3\n', '"a","b"\n1,2\n', '"a,b",c\n1,2\n',
  'a\tb\n1\t2\n', 'a;b\n1;2\n', 'a,b\n1,\u00e9\u4e2d\ud83d\ude00\n', 'a\n""\n', 'a\n"', 'a\n"x', 'a,b\n"x",\n', 'a,b\n,"x"', '\n', '\r\n', 'a,b\n"x","y"\n"z","w"', 'a\n\'x,y\'\n', 'a\n# no comment\n', 'a\n1\n2\n3\n4\n5\n', 'a,b\nx,"y\n', 'a"b,c\n1,2\n',
  'a,b\r\n"x\ny",2\r\n3,4\r\n', 'a,b\n1,"2"\r\n', 'a\rb,c\n1,2\n'];
write('csv.jsonl', await Promise.all(tables.map(csv => answer({ csv }, () => ({ rows: promptfoo.parseCsvRows(csv) })))));

const head = (columns, ...rows) => [columns, ...rows].join('\n') + '\n';
const testTables = [
  head('q,__expected', '1+1,2', 'capital,contains: Paris', 'none,'),
  head('q,__expected1,__expected2,__expected3', 'x,contains: a,not-contains: b,is-json', 'y,,equals: c,'),
  head('q,__expected,__metric', 'x,a,accuracy', 'y,b,'),
  head('q,__expected,__threshold', 'x,a,0.5', 'y,b,', 'z,c,no', 'w,d, .25 ', 'v,e,1e-1', 'u,f,0'),
  head('q,__description', 'x,first', 'y,'),
  head('q,__metadata:topic,__metadata:tags[]', 'x,maths,"a, b\\,c ,d"', 'y,,', 'z, spaced ,one'),
  head('q,__metadata', 'x,1'),
  head('q,__expected1,__expected2,__config:__expected1:threshold,__config:__expected2:threshold', 'x,similar: a,levenshtein: b,0.4,7'),
  head('q,__expected1,__expected2,__config:__expected2:threshold', 'x,,similar: b,0.4', 'y,similar: a,similar: b,0.4'),
  head('q,__expected,__config:__expected:threshold', 'x,similar: a,', 'y,similar: a,0.2'),
  head('q,__config:__expected0:threshold', 'x,1'),
  head('q,__config:__expected1:weight', 'x,1'),
  head('q,__config:threshold', 'x,1'),
  head('q,_expected', 'x,1'),
  head(' q , __expected ', 'x, a '),
  head('q,__expected', 'x,"contains-any: ""a, b"", c"'),
  head('q,__expected', 'x,"multi\nline"'),
  head('q,__expected,__expected', 'x,first,second'),
  head('q,__provider', 'x,1'),
  head('q,__expected', 'x,contains-all: "open'),
  head('10,9,b', 'ten,nine,x'),
  head('q,__expected', 'x,not-similar(0.3): y', 'z,llm-rubric: nice', 'w,grade: nice', 'v,cost(0.002)'),
];
write('csv_tests.jsonl', await Promise.all(testTables.map(csv => answer({ csv }, () => ({ tests: promptfoo.csvRowsToTestCases(promptfoo.parseCsvRows(csv)) })))));

// --- YAML values ---
const scalars = ['4', '"4"', "'4'", '-4', '+4', '04', '0x1F', '0X1F', '0o17', '017', '0b11', '1_000', '4.0', '4.50', '.5', '5.', '-.5', '1e3', '1E-3', '1e', '1.5e+3', '.inf', '-.Inf', '.nan', '.NaN', 'NaN', 'Infinity',
  'true', 'True', 'TRUE', 'tRUE', 'yes', 'no', 'on', 'off', 'y', 'n', 'null', 'Null', 'NULL', '~', '', 'nil', 'None', '123456789012345678901234567890', '1e400', '0.1', '12:30', '1.2.3', '!!str 4', '!!int "4"', '!!float 4', '!!bool "true"',
  '!!null ""', '!!int x', '-', '- x', 'a b', 'a: b', '"a: b"', 'a # c', 'a#c', "'it''s'", '"\\u00e9\\n\\t\\"\\x41"', '"\\/"', '[1, "2", x, null, true]', '{a: 1, b: "2", c: }', '{a}', '{a, b: 1}', '[a, [b], {c: d}]', '{"a":1,"b":[true]}', '{a: 1,}', '[1,]', '@x', '`x', '%x', '*x', '&x', '!x y'];
const documents = scalars.map(scalar => `v: ${scalar}\n`).concat([
  '', '# c\n', '---\n', '---\na: 1\n', '---\na: 1\n---\nb: 1\n', 'a: 1\na: 2\n', '"a": 1\n', '1: a\n', '1.0: a\n', 'a: |+\n  x', 'a: |+\n  x\n', 'a: |\n  x', 'a: x', 'a: |+\n\n  x\n \n', 'true: a\n', 'null: a\n', '~: a\n', '? a\n: b\n', '? [a]\n: b\n', '- a\n- b\n-\n', 'a:\n- b\n- c\n', 'a:\n  - b\n  -\n    - c\n',
  'a: |\n  x\n  y\n', 'a: |-\n  x\n  y\n', 'a: |+\n  x\n\n', 'a: |2\n   x\n  y\n', 'a: >\n  x\n  y\n\n  z\n', 'a: >-\n  x\n    y\n  z\n', 'a: x\n  y\n', 'a: "x\n  y"\n', 'a: "x\\\n  y"\n', "a: 'x\n\n  y'\n", 'a:\n  x\n', 'a: &b 1\nc: *b\n',
  'a: &b {x: 1}\nc: *b\n', 'a: &b {x: 1}\nc:\n  <<: *b\n  y: 2\n', 'a: &b {x: 1}\nc:\n  x: 2\n  <<: *b\n', 'a: &b {x: 1}\nc:\n  <<: *b\n  x: 2\n', 'a: &b {x: 1}\nd: &e {x: 2, z: 3}\nc:\n  <<: [*b, *e]\n', '<<: 1\n', 'a: *no\n', 'a: [1, 2\n', 'a: "x\n', 'a: {b: 1\n', '\ta: 1\n', 'a:\t1\n', 'a: 1\r\nb: 2\r\n', '\ufeffa: 1\n', 'a: \u00e9\u4e2d\ud83d\ude00\n', 'a: b: c\n', 'a:b\n', 'a:: b\n', 'http://x: y\n', 'a: http://x\n', '{"a": "\\ud83d\\ude00"}\n', '"x"\n', '4\n', 'x\n...\n', '[]\n', '{}\n', 'a: !!set {x}\n', 'a: !!binary aGk=\n', 'a: []\nb: {}\n', '- - a\n  - b\n- c: 1\n  d: 2\n']);
const plainOnly = value => value === undefined ? null : value;
write('yaml.jsonl', await Promise.all(documents.map(yaml => answer({ yaml }, () => {
  const value = promptfoo.loadYaml(yaml);
  JSON.stringify(value, (key, one) => { if (one instanceof Uint8Array || one instanceof Set) throw new Error('no JSON'); return one; });
  return { json: JSON.stringify(plainOnly(value)) };
}))));

// --- configurations ---
const files = {
  'a.txt': ' first file \n', 'b.yaml': 'k: [1, two]\n', 'rubric.json': '{"type": "object", "required": ["a"]}\n', 'expected.txt': '\nParis \n', 'vars.yaml': 'country: Chad\nsize: 3\n',
  'cases.csv': 'city,__expected\nParis,contains: France\nRome,\n', 'cases.jsonl': '{"vars": {"city": "Oslo"}, "assert": [{"type": "contains", "value": "Norway"}]}\n\n{"vars": {"city": "Bern"}, "description": "Swiss"}\n',
  'cases.yaml': '- vars: {city: Lima}\n- vars: {city: Quito}\n  threshold: 0.5\n', 'cases.json': '[{"vars": {"city": "Kyiv"}}]', 'prompts.txt': 'One {{city}}\n---\nTwo {{city}}\n', 'chat.json': '[{"role":"system","content":"Be short."},{"role":"user","content":"{{city}}?"}]',
  'default.yaml': 'assert:\n  - type: icontains\n    value: x\nvars: {lang: en}\n', 'scenario.yaml': '- config: [{vars: {lang: fr}}]\n  tests: [{vars: {city: Nice}}]\n',
};
const base = 'prompts: ["Tell me of {{city}}"]\nproviders: [echo]\n';
const configs = [
  base, base + 'tests:\n  - vars: {city: Paris}\n    assert: [{type: contains, value: Paris}]\n', base + 'tests:\n  - vars: {city: [Paris, Rome], lang: [en, fr, de]}\n',
  base + 'tests:\n  - vars: {city: [Paris, Rome], lang: [en, fr, de]}\n    options: {disableVarExpansion: true}\n', base + 'tests:\n  - vars: {city: [1, 2]}\n', base + 'tests:\n  - vars: {city: [Paris, 2, null]}\n', base + 'tests:\n  - vars: {city: []}\n',
  base + 'tests:\n  - vars: {city: [[Paris], [Rome]]}\n', base + 'tests:\n  - vars: {city: {name: Paris, tags: [a, b]}}\n', base + 'tests:\n  - vars: {city: file://a.txt}\n', base + 'tests:\n  - vars: {city: [file://a.txt, Rome]}\n',
  base + 'tests: [{vars: {city: 4, b: "4", c: true, d: 4.50, e: 0x10, f: yes}}]\n', base + 'defaultTest:\n  assert: [{type: icontains, value: d}]\ntests:\n  - vars: {city: a}\n    assert: [{type: contains, value: t}]\n  - vars: {city: b}\n    options: {disableDefaultAsserts: true}\n    assert: [{type: contains, value: t}]\n',
  base + 'defaultTest:\n  vars: {city: D, lang: en}\n  metadata: {a: 1, b: 2}\n  threshold: 0.4\n  options: {prefix: "P "}\ntests:\n  - vars: {city: T}\n    metadata: {b: 3, c: 4}\n  - threshold: 0.9\n    options: {suffix: " S"}\n', base + 'defaultTest:\n  options: {prefix: "P "}\ntests:\n  - vars: {city: T}\n    options: {prefix: ""}\n',
  base + 'defaultTest:\n  options: {disableDefaultAsserts: true}\n  assert: [{type: contains, value: d}]\ntests: [{vars: {city: T}}]\n', base + 'defaultTest: file://default.yaml\ntests: [{vars: {city: T}}]\n', base + 'metadata: {m: 1}\ntests: [{vars: {city: T}}]\n', base + 'metadata: {m: 1}\ndefaultTest: {metadata: {n: 2}}\ntests: [{vars: {city: T}}]\n',
  base + 'tests:\n  - vars: {city: [a, b]}\n    options: {repeat: 2}\n', base + 'tests:\n  - vars: {city: a}\nevaluateOptions: {repeat: 3}\n', base + 'tests:\n  - vars: {city: a}\n    options: {repeat: 2}\n  - vars: {city: b}\nevaluateOptions: {repeat: 3}\n',
  base + 'scenarios:\n  - config:\n      - vars: {lang: en}\n      - vars: {lang: fr}\n        assert: [{type: contains, value: row}]\n    tests:\n      - vars: {city: a}\n        assert: [{type: contains, value: test}]\n      - vars: {city: b, lang: own}\n',
  base + 'defaultTest: {vars: {lang: xx, city: yy, third: zz}, assert: [{type: contains, value: d}], metadata: {m: 1}, threshold: 0.1, options: {prefix: D}}\nscenarios:\n  - config: [{vars: {lang: en}, metadata: {m: 2, r: 1}, threshold: 0.2, options: {prefix: R, suffix: R}}]\n    tests: [{vars: {city: a}, metadata: {t: 1}, options: {suffix: T}}, {vars: {city: b}, threshold: 0.3, options: {disableDefaultAsserts: true}}]\n',
  base + 'scenarios:\n  - config: [{vars: {city: [a, b]}}]\n', base + 'tests: [{vars: {city: first}}]\nscenarios:\n  - config: [{vars: {lang: en}}]\n    tests: [{vars: {city: second}}]\n', base + 'scenarios: [file://scenario.yaml]\n', base + 'scenarios: []\n',
  base + 'scenarios:\n  - config: [{vars: {city: a}, description: from row}, {vars: {city: b}}]\n    tests: [{assert: [{type: contains, value: x}], description: from test}, {threshold: 1}]\n',
  base + 'tests: cases.csv\n', base + 'tests: file://cases.csv\n', base + 'tests: [file://cases.csv, {vars: {city: X}}]\n', base + 'tests: cases.jsonl\n', base + 'tests: [file://cases.jsonl]\n', base + 'tests: file://cases.yaml\n', base + 'tests: [cases.yaml]\n', base + 'tests: cases.json\n', base + 'tests: [cases.json]\n',
  base + 'tests: [{vars: vars.yaml}]\n', base + 'tests: [{vars: [vars.yaml]}]\n',
  base + 'tests:\n  - vars: {city: a}\n    assert:\n      - {type: assert-set, threshold: 0.5, weight: 2, metric: m, assert: [{type: contains, value: a, weight: 3}, {type: is-json}]}\n      - {type: similar, value: x, threshold: 0.7, metric: sim, weight: 0}\n      - {type: is-json, value: {type: object}}\n      - {type: equals, value: null}\n      - {type: contains-any, value: [a, "{{b}}", 3]}\n      - {type: word-count, value: {min: 1, max: 4}}\n      - {type: latency, threshold: 500}\n      - {type: tool-call-f1, value: [x], config: {k: 1}}\n',
  base + 'assertionTemplates:\n  polite: {type: llm-rubric, value: is polite}\n  short: &s {type: word-count, value: {max: 9}}\ntests:\n  - vars: {city: a}\n    assert: [{$ref: "#/assertionTemplates/polite"}, {$ref: "#/assertionTemplates/polite", weight: 2, value: own}, *s]\n',
  base + 'x-base: &b {city: a, lang: en}\ntests:\n  - vars: {<<: *b, lang: fr}\n  - vars: *b\n', base + 'tests: [{$ref: "#/x-test"}]\nx-test: {vars: {city: "~1"}}\n', base + 'tests: [{$ref: "#/nothing"}]\n',
  'prompts: ["a b {{city}}.", x.y, "is it 4.5?", end.]\nproviders: [echo]\ntests: [{vars: {city: a}}]\n', 'prompts: one {{city}}\nproviders: [echo]\ntests: [{vars: {city: a}}]\n', 'prompts: [one, two]\nproviders: [echo]\ntests: [{vars: {city: a}}, {vars: {city: b}}]\n', 'prompts: [{raw: "one {{city}}", label: first}, {raw: two, label: second}]\nproviders: [echo]\ntests: [{vars: {city: a}, prompts: [first]}, {vars: {city: b}, prompts: ["sec*"]}, {vars: {city: c}}]\n',
  'prompts: [{raw: one, label: "g:one"}, {raw: two, label: "g:two"}, {raw: three, label: h}]\nproviders: [echo]\ntests: [{vars: {city: a}, prompts: [g]}, {vars: {city: b}, prompts: []}]\n', base + 'tests: [{vars: {city: b}, prompts: [nothing]}]\n', base + 'tests: [{vars: {city: b}, providers: [nothing]}]\n', base + 'tests: [{vars: {city: b}, providers: [ec*]}]\n', 'prompts: [file://prompts.txt]\nproviders: [echo]\ntests: [{vars: {city: a}}]\n', 'prompts: [prompts.txt, inline]\nproviders: [echo]\ntests: [{vars: {city: a}}]\n',
  'prompts: [file://chat.json]\nproviders: [echo]\ntests: [{vars: {city: a}}]\n', 'prompts: {"one {{city}}": first, two: second}\nproviders: [echo]\ntests: [{vars: {city: a}}]\n', 'providers: [echo]\ntests: [{vars: {prompt: hello}}]\n', 'prompts: |\n  multi\n  line {{city}}\nproviders: [echo]\ntests: [{vars: {city: a}}]\n',
];
async function cases(config) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'import-corpus-'));
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  const file = path.join(folder, 'promptfooconfig.yaml');
  fs.writeFileSync(file, config);
  const { testSuite, config: resolved } = await promptfoo.resolveConfigs({ config: [file] }, {});
  const tests = promptfoo.buildTestsFromSuite(testSuite);
  await promptfoo.prepareTestVariables(tests, testSuite);
  const columnsByProvider = testSuite.providers.map(provider => ({ provider, columns: testSuite.prompts.map((prompt, promptIdx) => ({ promptIdx, prompt })) }));
  const options = await promptfoo.buildRunEvalOptions({ concurrency: 1, conversations: {}, evalId: 'e', options: resolved.evaluateOptions ?? {}, columnsByProvider, registers: {}, testSuite, tests });
  const made = await Promise.all(options.map(async ({ prompt, promptIdx, test }) => {
    const metadata = { ...test.metadata };
    if (/^__scenario_\d+__$/.test(metadata.conversationId ?? '')) delete metadata.conversationId;
    const vars = structuredClone(test.vars ?? {});
    if (Object.values(vars).some(value => `${value}`.startsWith('file://'))) await promptfoo.renderPrompt({ raw: 'x', label: 'x' }, vars, {});
    return { column: promptIdx, prompt: prompt.raw, vars, assert: test.assert, threshold: test.threshold, metadata, description: test.description };
  }));
  fs.rmSync(folder, { recursive: true });
  return { cases: made };
}
const answers = [{ files }];
for (const config of configs) answers.push(await answer({ config }, () => cases(config)));
write('configs.jsonl', answers);
fs.rmSync(process.env.PROMPTFOO_CONFIG_DIR, { recursive: true, force: true });
process.exit(0);
