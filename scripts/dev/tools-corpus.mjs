// Writes tests/data/tools/*.jsonl: what promptfoo answers to assertions about tool calls and traces, one case a line:
// {"type", "value", "threshold", what it judges, and "pass", "score" or "raised"}. The tests compare Assay's answers
// with the record. The cases depend only on the seed below.
//
//   node scripts/dev/tools-corpus.mjs <folder with node_modules/promptfoo, version 0.123.1> tests/data/tools
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [install, folder] = process.argv.slice(2);
const dist = path.join(install, 'node_modules/promptfoo/dist/src');
const { assertions } = (await import(pathToFileURL(path.join(dist, 'index.js')))).default;

let state = 20261121;
const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];
const some = (list, most) => Array.from({ length: below(most + 1) }, () => pick(list));
const maybe = (chance, value) => (random() < chance ? value : undefined);

const rows = {};
async function record(file, row) {
  const { output, metadata, trace, tools, functions, type, value, threshold } = row;
  const config = { tools, functions };
  const { OpenAiChatCompletionProvider } = openai;
  const provider = new OpenAiChatCompletionProvider('gpt-4o', { config });
  let answer;
  try {
    const result = await assertions.runAssertion({
      assertion: { type, value, threshold }, test: {}, provider, traceId: trace ? 't' : undefined, traceData: trace,
      providerResponse: { output: 'output' in row ? output : '', metadata },
    });
    answer = { pass: result.pass, score: result.score };
  } catch (error) {
    answer = { raised: String(error.message).slice(0, 120) };
  }
  (rows[file] ??= []).push({ ...row, ...answer });
}

async function findProvider() {
  for (const name of fs.readdirSync(dist)) {
    if (!/^chat-.*\.js$/.test(name)) continue;
    const module = await import(pathToFileURL(path.join(dist, name)));
    const found = Object.values(module).find(v => typeof v === 'function' && v.name === 'OpenAiChatCompletionProvider');
    if (found) return { OpenAiChatCompletionProvider: found };
  }
  throw new Error('no chat provider in this promptfoo');
}
const openai = await findProvider();

// --- tool-call-f1
const names = ['get_weather', 'search', 'book', 'Search', 'wéather', 'a,b'];
const call = name => pick([
  () => ({ function: { name, arguments: '{"x":1}' } }), () => ({ name }), () => ({ type: 'tool_use', name, input: { q: 1 } }),
  () => ({ functionCall: { name, args: {} } }), () => ({ type: 'function_call', name, arguments: '{}' }),
  () => ({ type: 'text', text: name }), () => ({ function: { nome: name }, name }), () => null, () => name,
])();
const shapes = [
  () => ({ tool_calls: some(names, 3).map(call) }), () => some(names, 3).map(call), () => call(pick(names)),
  () => ({ toolCall: { functionCalls: some(names, 3).map(name => ({ name })) } }), () => ({ tool_calls: 'x', functionCall: { name: 'book' } }),
  () => ({ content: some(names, 2).map(call) }), () => 5, () => null, () => true,
];
const prose = ['Calling now:', '```json', '```', '~~~', '- item', '   ', '1. first', 'text with "quote', '{"broken": ', ']', '}', '> quoted', '\t', 'x {"name":"book"}', '    ```'];
function mixed() {
  const lines = [];
  for (let n = 1 + below(6); n > 0; --n) {
    if (random() < 0.5) { lines.push(pick(prose)); continue; }
    const json = JSON.stringify(pick(shapes)(), null, random() < 0.4 ? 2 : 0);
    lines.push(pick(['', '', '', '  ', 'call: ', '- ']) + json + pick(['', '', '', ' ', ' done', ',']));
  }
  return lines.join(pick(['\n', '\n', '\r\n']));
}
const f1Outputs = [() => JSON.stringify(pick(shapes)()), () => JSON.stringify(JSON.stringify(pick(shapes)())), mixed, mixed, mixed, () => pick(shapes)()];
const hand = ['', '{}', '[]', '[{"name":"a"}{"name":"b"}]', '[[{"name":"a"}]]', '{"a":\n{"name":"x","type":"tool_use"}\n}', '[\n{"type":"tool_use","name":"book"},\n{"type":"tool_use","name":"search"}\n]]',
  '{\n{"type":"tool_use","name":"book"}\n', '```\n{"type":"tool_use","name":"book"}\n', 'a `{"type":"tool_use","name":"book"}`', '{"type":"tool_use","name":"book"} trailing', '"{\\"type\\":\\"tool_use\\",\\"name\\":\\"book\\"}"'];
for (let n = 0; n < 260; ++n) {
  const output = n < hand.length ? hand[n] : pick(f1Outputs)();
  const value = n < hand.length ? ['book'] : pick([() => [pick(names), ...some(names, 2)], () => some(names, 3).join(', '), () => pick(names), () => pick(['', ' , ', 5, null, [], {}, [1, null], undefined])])();
  await record('tool_call_f1', { type: 'tool-call-f1', value, threshold: maybe(0.4, pick([0, 0.5, 0.8, 1])), output });
}

// --- valid calls
const parameters = { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1 } }, required: ['city'], additionalProperties: false };
const functions = [{ name: 'get_weather', parameters }, { name: 'bare' }, { name: 'any', parameters: {} }];
const texts = ['{"city":"Rome"}', '{"city":"Rome","days":2}', '{"city":"Rome","days":0}', '{}', '{"city":5}', '{"city":"x","more":1}', 'not json', '', '[]', 'null', '{"city":"a",}', { city: 'Rome' }];
const chatTools = [...functions.map(f => ({ type: 'function', function: f })), { type: 'web_search' }, { type: 'function' }];
const chatCall = () => ({ id: 'c', type: 'function', function: { name: pick(['get_weather', 'get_weather', 'get_weather', 'bare', 'any', 'other', 5]), arguments: pick(texts) } });
for (let n = 0; n < 120; ++n) {
  const list = [chatCall(), ...maybe(0.3, [chatCall()]) ?? []];
  const output = pick([() => list, () => list, () => ({ tool_calls: list }), () => JSON.stringify(list), () => 'MCP Tool Result (x): 5', () => 'MCP Tool Error (x): no', () => [], () => ({ content: 'MCP Tool Result' }), () => ({ tool_calls: [] }),
    () => [{ name: 'get_weather', arguments: '{}' }], () => [null], () => ({}), () => 'text'])();
  await record('valid_tools_call', { type: 'is-valid-openai-tools-call', tools: maybe(0.9, chatTools), output });
}
for (let n = 0; n < 100; ++n) {
  const one = chatCall().function;
  const output = pick([() => one, () => one, () => one, () => ({ function_call: one }), () => JSON.stringify(one), () => [one], () => ({}), () => 'x', () => ({ function_call: 5 })])();
  await record('valid_function_call', { type: pick(['is-valid-function-call', 'is-valid-openai-function-call']), functions: maybe(0.9, functions), output });
}

// --- skill-used
const skills = ['pdf', 'docx', 'pdf-tools', 'Sheets'];
for (let n = 0; n < 140; ++n) {
  const calls = some(skills, 4).map(name => pick([{ name }, { name }, { name, is_error: true }, { name, is_error: 'yes' }, { name: 5 }, null]));
  const value = pick([() => pick(skills), () => [pick(skills), pick(skills)], () => ({ name: pick(skills) }), () => ({ pattern: pick(['pdf*', '*', 'p?f', 'sheets']) }),
    () => ({ pattern: 'pdf*', min: below(3) }), () => ({ name: 'pdf', max: below(3) }), () => ({ pattern: '*', min: below(3), max: below(4) }), () => ({ name: 'pdf', max: 0 }),
    () => pick(['', ' ', [], [''], {}, 5, null, { name: '' }, { name: 'pdf', min: -1 }, { name: 'pdf', min: 1.5 }, { name: 'pdf', max: '2' }])])();
  await record('skill_used', { type: pick(['skill-used', 'skill-used', 'not-skill-used']), value, metadata: maybe(0.95, { skillCalls: calls }) });
}

// --- traces
const spanNames = ['llm.call', 'LLM.call', 'tool search', 'http GET /a', 'mcp files/read', 'exec ls -la', 'search "cats"', 'reasoning', 'reasoning_step', 'agent response', 'send input', 'db.query', 'retrieval.docs', 'a\nb'];
const attributePool = [
  ['tool.name', ['search', 'get_weather', ' book ', 'shell', '']], ['gen_ai.tool.name', ['search', 'exec_command']], ['function_name', ['lookup']], ['agent.toolName', ['plan']],
  ['my.tool', ['custom', '{"a":1}']], ['toolName', ['camel']], ['x.tool.result', ['nope']], ['tool.arguments', ['{"city":"Rome","unit":"C"}', '{"city":"Rome"}', 'plain', { city: 'Rome', days: 2 }, '5']],
  ['args', ['{"cmd":"ls -la /tmp"}', '{"command":["git","status"]}', '{"commands":["a","b"]}']], ['input', ['{"q":[1,2]}', { q: 1 }]], ['custom.input', ['{"q":1}']], ['tool.input.status', ['x']],
  ['codex.command', ['npm test']], ['the_command', ['make all']], ['command_output', ['zzz']], ['search.query', ['cats']], ['query', ['dogs']], ['app.search.kind', ['web']],
  ['codex.item.type', ['reasoning', 'agent_message']], ['error', [true, 'true', false, { message: 'x' }, 'no']], ['http.status_code', [200, 404, '500', 'abc', null]], ['otel.status_code', ['ERROR', 'OK']],
];
const span = () => {
  const attributes = {};
  for (let n = below(4); n > 0; --n) { const [key, values] = pick(attributePool); attributes[key] = pick(values); }
  const startTime = below(100) * 10;
  return { spanId: 's' + below(1000), name: pick(spanNames), startTime, endTime: maybe(0.9, startTime + below(50) * 10), attributes: maybe(0.95, attributes),
    statusCode: maybe(0.4, pick([0, 1, 2, 200, 404])), statusMessage: maybe(0.25, pick(['ok', 'Timeout while reading', 'request FAILED', 'an error', ''])) };
};
const trace = () => ({ traceId: 't', metadata: maybe(0.2, { commandToolNames: ['Search', 5] }), spans: Array.from({ length: below(7) }, span) });
const patterns = ['*', 'llm.*', 'LLM.CALL', '*search*', 'mcp *', '?lm.call', 'http*', 'nothing', 'db.quer?', 'a*b', '[x]', '*.*'];
for (let n = 0; n < 140; ++n) await record('trace_span_count', { type: pick(['trace-span-count', 'trace-span-count', 'not-trace-span-count']), trace: trace(), value: random() < 0.1 ? pick([null, 5, {}, { pattern: '' }, 'x', []]) : { pattern: pick(patterns), min: maybe(0.6, below(4)), max: maybe(0.6, pick([0, 1, 2, 3, 5, null])) } });
for (let n = 0; n < 140; ++n) await record('trace_span_duration', { type: 'trace-span-duration', trace: trace(), value: random() < 0.1 ? pick([null, 5, {}, { max: '5' }, { max: 5, percentile: 101 }, { max: 5, percentile: '50' }]) : { max: below(50) * 10, pattern: maybe(0.5, pick(patterns)), percentile: maybe(0.5, pick([0, 1, 25, 50, 90, 95, 99, 99.9, 100])) } });
for (let n = 0; n < 140; ++n) await record('trace_error_spans', { type: 'trace-error-spans', trace: trace(), value: pick([() => below(4), () => ({ max_count: below(4), pattern: maybe(0.5, pick(patterns)) }), () => ({ max_percentage: pick([0, 10, 33.3, 50, 100]), pattern: maybe(0.5, pick(patterns)) }), () => ({ max_count: 1, max_percentage: 50 }), () => ({}), () => undefined, () => ({ pattern: '' })])() });
const toolPatterns = ['search', 'get_*', 'book', 'SEARCH', '*', 'custom', 'camel', 'lookup', 'read', 'none', 'plan', 'shell'];
const matcher = () => pick([() => pick(toolPatterns), () => ({ name: pick(toolPatterns) }), () => ({ pattern: pick(toolPatterns) }), () => ({ name: pick(toolPatterns), type: pick(['tool', 'command', ['tool', 'command']]) })])();
for (let n = 0; n < 160; ++n) await record('tool_used', { type: pick(['trajectory:tool-used', 'trajectory:tool-used', 'not-trajectory:tool-used']), trace: trace(), value: pick([() => pick(toolPatterns), () => [pick(toolPatterns), pick(toolPatterns)], () => ({ name: pick(toolPatterns), min: maybe(0.4, below(3)), max: maybe(0.4, below(3)) }), () => ({ pattern: pick(toolPatterns), min: maybe(0.4, '2') }), () => pick([[], {}, 5, null, [5], '', { min: 1 }])])() });
for (let n = 0; n < 160; ++n) await record('tool_sequence', { type: pick(['trajectory:tool-sequence', 'trajectory:tool-sequence', 'not-trajectory:tool-sequence']), trace: trace(), value: pick([() => [matcher()], () => [matcher(), matcher()], () => ({ mode: pick(['exact', 'in_order', 'x', undefined]), steps: [matcher(), ...maybe(0.5, [matcher()]) ?? []] }), () => pick([[], {}, 5, null, [{}], 'x', [''], { steps: [] }])])() });
const argsValue = () => pick([{ city: 'Rome' }, { city: 'Rome', unit: 'C' }, { city: 'Rome', days: 2 }, {}, { q: [1, 2] }, { q: [1] }, 'plain', 5, { cmd: 'ls -la /tmp' }, { city: 'Paris' }, null, [1]]);
for (let n = 0; n < 260; ++n) await record('tool_args_match', { type: pick(['trajectory:tool-args-match', 'trajectory:tool-args-match', 'not-trajectory:tool-args-match']), trace: trace(), value: random() < 0.08 ? pick([null, 'x', {}, { name: 'search' }, { args: {} }, { name: 'search', args: {}, mode: 'x' }, { name: 'search', args: {}, ignore: '' }, { name: 'search', args: {}, defaults: [] }])
  : { name: pick(['*', '*', 'search', 'get_*', 'book', 'read']), [pick(['args', 'args', 'arguments'])]: argsValue(), mode: maybe(0.5, pick(['exact', 'partial'])), defaults: maybe(0.3, { unit: 'C', days: 2 }), ignore: maybe(0.3, pick(['unit', ['days', 'un*'], '*', ['x'], 'd?ys'])) } });
for (let n = 0; n < 180; ++n) await record('step_count', { type: pick(['trajectory:step-count', 'trajectory:step-count', 'not-trajectory:step-count']), trace: trace(), value: random() < 0.06 ? pick([null, 5, {}, { type: 'tool' }, { min: '1' }]) : { type: maybe(0.8, pick(['command', 'tool', 'search', 'reasoning', 'message', 'span', ['tool', 'command'], 'nothing'])), pattern: maybe(0.3, pick([...patterns, ...toolPatterns, 'ls*', 'npm', 'git', 'cats', 'dogs', 'make*'])), min: maybe(0.7, below(4)), max: maybe(0.5, below(4)) } });
await record('trace_span_count', { type: 'trace-span-count', value: { pattern: '*' } });

fs.mkdirSync(folder, { recursive: true });
for (const [file, list] of Object.entries(rows)) {
  fs.writeFileSync(path.join(folder, file + '.jsonl'), list.map(row => JSON.stringify(row)).join('\n') + '\n');
  const raised = list.filter(row => row.raised).length, passed = list.filter(row => row.pass).length;
  console.log(`${file}: ${list.length} cases, ${passed} pass, ${raised} raised`);
}
process.exit(0);
