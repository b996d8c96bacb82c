// Cases of the tool types: calls in the shapes that vendors write them in.
import { mutate, plainText, text, wrongKinds } from '../random.mjs';

const toolNames = ['get_weather', 'search', 'add', 'send_mail', 'read_file'];
const parameters = { type: 'object', properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 1 } }, required: ['city'] };
const functionsOf = names => names.map(name => ({ name, parameters: name === 'add' ? { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } }, required: ['a', 'b'], additionalProperties: false } : parameters }));
const toolsOf = names => functionsOf(names).map(each => ({ type: 'function', function: each }));
const goodArguments = name => (name === 'add' ? { a: 1, b: 2 } : { city: 'Paris', days: 2 });

function argumentsOf(random, name) {
  const good = JSON.stringify(goodArguments(name));
  return random.often(0.8) ? good : random.pick(['{}', '', 'null', '[]', mutate(random, good), '{"city":5}', '{"city":"x","days":0}', '{"a":"1","b":2}', '{"a":1,"b":2,"c":3}', goodArguments(name), '{"city":"x","other":1}', '5']);
}

const call = (random, name) => ({ name, arguments: argumentsOf(random, name) });
const context = (random, names) => random.often(0.93) ? { tools: toolsOf(names) } : random.pick([{}, { tools: [] }, { tools: [{ type: 'other', name: 'x' }] }, { tools: [{ type: 'function', function: { name: 'search' } }] }]);

function toolsCall(random) {
  const names = random.some(toolNames, 3), called = random.some(random.often(0.9) ? names : toolNames, random.pick([1, 1, 1, 2, 3]));
  const calls = called.map((name, at) => ({ id: 'call_' + at, type: 'function', function: call(random, name) }));
  const output = random.pick([calls, calls, calls, calls, { tool_calls: calls }, { content: null, tool_calls: calls }, random.pick([JSON.stringify(calls), [], {}, { tool_calls: [] }, [null], [{ function: { name: 'search' } }], 'MCP Tool Result (x): ok', 'MCP Tool Error (x): no', 'MCP Tool Result and MCP Tool Error', 'text', 5, [{ name: 'search', arguments: '{}' }], { tool_calls: null }])]);
  return { output, context: context(random, names) };
}

function functionCall(random) {
  const names = random.some(toolNames, 3), one = call(random, random.pick(random.often(0.9) ? names : toolNames));
  const output = random.pick([one, one, one, one, { function_call: one }, { content: '', function_call: one }, random.pick([JSON.stringify(one), [one], {}, { name: 'search' }, { function_call: null }, 'text', { name: 5, arguments: '{}' }])]);
  return { output, context: context(random, names) };
}

function called(random, names) {
  const list = names.map(name => ({ name }));
  return random.pick([
    { tool_calls: names.map(name => ({ type: 'function', function: { name, arguments: '{}' } })) }, names.map(name => ({ function: { name } })), list, names.map(name => ({ type: 'tool_use', id: 'x', name, input: {} })), names.map(name => ({ functionCall: { name, args: {} } })),
    { toolCall: { functionCalls: list } }, { functionCall: { name: names[0] ?? 'x' } }, { type: 'tool_use', name: names[0] ?? 'x' }, { type: 'function_call', name: names[0] ?? 'x' }, { tool_calls: list }, [{ type: 'text', text: 'x' }, ...list], names.map(name => ({ type: 'function_call', name })),
  ]);
}

function toolCallF1(random) {
  const expected = random.some(toolNames, random.between(1, 3)), actual = random.pick([expected, expected, expected.slice(1), [...expected, random.pick(toolNames)], random.some(toolNames, 2), []]);
  const shape = called(random, actual), json = JSON.stringify(shape);
  const output = random.pick([shape, shape, shape, json, JSON.stringify(shape, null, 2), 'Calling:\n' + json + '\nDone', plainText(random, 3) + ' ' + json, '```json\n' + json + '\n```', json + '\n' + JSON.stringify(called(random, ['search'])), '- ' + json, '{"x": 1}\n' + json, 'if {\n' + json, text(random, 5), 5, true, '    ' + json, '> ' + json, json + ' trailing', '1. item\n   ' + json, '"' + json + '\n' + json]);
  const value = random.often(0.94) ? random.pick([expected, expected.join(','), expected.join(', '), [...expected, ' '], ' ' + expected.join(' ,') + ',']) : random.pick(wrongKinds);
  return { output, value, ...(random.often(0.6) && { threshold: random.pick([0, 0.5, 0.6, 0.66, 0.8, 1]) }) };
}

function skillUsed(random) {
  const skills = ['review', 'deploy', 'Write Docs', 'pdf-tools'], used = random.some(skills, random.below(4));
  const skillCalls = used.map(name => ({ name, ...(random.often(0.15) && { is_error: true }), ...(random.often(0.3) && { source: 'user' }) }));
  const name = random.pick([...used, ...used, ...skills]);
  const value = random.often(0.93) ? random.pick([name, [name], [name, random.pick(used.length ? used : skills)], { name }, { pattern: name.slice(0, 2) + '*' }, { name, min: 1 }, { name, max: random.below(2) }, { pattern: '*', min: random.between(1, 3), max: 3 }, { name, pattern: '?*' }, ' ' + name + ' ', { pattern: name.toUpperCase() }])
    : random.pick([...wrongKinds, { name, min: -1 }, { name, min: 2, max: 1 }, { name: ' ' }, { name, max: 1.5 }, { min: 1 }, { name, min: '1' }, ['', 'x']]);
  return { output: text(random, 3), value, context: random.often(0.95) ? { metadata: { skillCalls: random.often(0.95) ? skillCalls : [...skillCalls, null, 'x', { name: 5 }] } } : random.pick([{}, { metadata: {} }, { metadata: { skillCalls: 'x' } }]) };
}

export default { 'is-valid-openai-tools-call': toolsCall, 'is-valid-function-call': functionCall, 'is-valid-openai-function-call': functionCall, 'tool-call-f1': toolCallF1, 'skill-used': skillUsed };
