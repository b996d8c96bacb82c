// The calls that both sides make: `ours` is a line for encode_questions, `theirs` the same wish put to a vendor's own
// client library as its documentation puts it.
import { keys } from './clients.mjs';

const unicode = 'Grüße, 東京! \u{1f600} "quoted" \\ back\tslash\nand a line\u2028separator';
const parameters = { type: 'object', properties: { city: { type: 'string', description: 'where' }, days: { type: 'integer' } }, required: ['city'], additionalProperties: false };
const tool = { name: 'get_weather', description: 'The weather of a city', parameters };
const other = { name: 'get_time', description: 'The time of day', parameters: { type: 'object', properties: {} } };
const schema = { type: 'object', properties: { order: { type: 'integer' }, units: { type: 'integer' } }, required: ['order', 'units'], additionalProperties: false };
const format = { type: 'json_schema', name: 'order', schema, strict: true };
const talk = [{ role: 'user', text: 'My name is Ann.' }, { role: 'assistant', text: 'Hello Ann.' }];
const called = { id: 'call_a1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Lima","days":2}' } };
const after_tool = [
  { role: 'user', text: 'Weather in Lima?' }, { role: 'assistant', text: 'Let me look.', tool_calls: [called] },
  { role: 'tool', text: '{"celsius":19}', tool_call_id: 'call_a1', tool_name: 'get_weather' },
];
const two_calls = [
  { role: 'user', text: 'Weather in Lima and the time?' },
  { role: 'assistant', tool_calls: [called, { id: 'call_b2', type: 'function', function: { name: 'get_time', arguments: '{}' } }] },
  { role: 'tool', text: '19', tool_call_id: 'call_a1', tool_name: 'get_weather' },
  { role: 'tool', text: 'no clock', tool_call_id: 'call_b2', tool_name: 'get_time', is_error: true },
];
const input = 'Capital of Peru?', system = 'Answer in one word.';

const list = [];
function family(name, client, deployment) {
  const add = (title, ours, theirs, over = {}) => list.push({ name: `${name}: ${title}`, client, ours: { deployment: { ...deployment, ...over }, ...ours }, theirs });
  return { ask: (title, question, theirs, over) => add(title, { question }, theirs, over), embed: (title, embeddings, theirs, over) => add(title, { embeddings }, theirs, over), models: (theirs, over) => add('the models', { models: true }, theirs, over) };
}

// ---- OpenAI chat completions
const chat_tool = each => ({ type: 'function', function: each });
function chat(to, model, make) {
  const user = { role: 'user', content: input };
  const ask = (title, question, body, over) => to.ask(title, { input, ...question }, client => make(client, { model, messages: [user], ...body }), over);
  ask('plain', {}, {});
  ask('system', { system }, { messages: [{ role: 'system', content: system }, user] });
  ask('several turns', { system, turns: talk, input: 'Who am I?' }, { messages: [{ role: 'system', content: system }, { role: 'user', content: 'My name is Ann.' }, { role: 'assistant', content: 'Hello Ann.' }, { role: 'user', content: 'Who am I?' }] });
  ask('unicode', { system: unicode, input: unicode }, { messages: [{ role: 'system', content: unicode }, { role: 'user', content: unicode }] });
  ask('sampling', { temperature: 0.5, top_p: 0.9, max_tokens: 100, seed: 7 }, { temperature: 0.5, top_p: 0.9, max_tokens: 100, seed: 7 });
  ask('temperature zero, stop', { temperature: 0, stop: ['END', '\n\n'] }, { temperature: 0, stop: ['END', '\n\n'] });
  ask('one stop', { stop: ['END'] }, { stop: 'END' });
  ask('penalties, log probabilities', { asking: { frequency_penalty: 0.25, presence_penalty: -0.5, log_probs: true } }, { frequency_penalty: 0.25, presence_penalty: -0.5, logprobs: true });
  ask('tools', { asking: { tools: [tool, other] } }, { tools: [chat_tool(tool), chat_tool(other)] });
  ask('a strict tool', { asking: { tools: [{ ...tool, strict: true }], tool_choice: 'auto' } }, { tools: [chat_tool({ ...tool, strict: true })], tool_choice: 'auto' });
  ask('tool choice none', { asking: { tools: [tool], tool_choice: 'none' } }, { tools: [chat_tool(tool)], tool_choice: 'none' });
  ask('tool choice required, one at a time', { asking: { tools: [tool], tool_choice: 'required', parallel_tool_calls: false } }, { tools: [chat_tool(tool)], tool_choice: 'required', parallel_tool_calls: false });
  ask('tool choice by name', { asking: { tools: [tool, other], tool_choice: 'get_time' } }, { tools: [chat_tool(tool), chat_tool(other)], tool_choice: { type: 'function', function: { name: 'get_time' } } });
  ask('a tool result', { turns: after_tool, input: '', asking: { tools: [tool] } }, { messages: [{ role: 'user', content: 'Weather in Lima?' }, { role: 'assistant', content: 'Let me look.', tool_calls: [called] }, { role: 'tool', tool_call_id: 'call_a1', content: '{"celsius":19}' }], tools: [chat_tool(tool)] });
  ask('two tool results', { turns: two_calls, input: '' }, { messages: [{ role: 'user', content: 'Weather in Lima and the time?' }, { role: 'assistant', content: null, tool_calls: two_calls[1].tool_calls }, { role: 'tool', tool_call_id: 'call_a1', content: '19' }, { role: 'tool', tool_call_id: 'call_b2', content: 'no clock' }] });
  ask('a schema', { asking: { response_format: format } }, { response_format: { type: 'json_schema', json_schema: { name: 'order', schema, strict: true } } });
  ask('any JSON', { asking: { response_format: { type: 'json_object' } } }, { response_format: { type: 'json_object' } });
  ask('streamed', { stream: true, system }, { stream: true, stream_options: { include_usage: true }, messages: [{ role: 'system', content: system }, user] });
  ask('streamed with tools', { stream: true, asking: { tools: [tool] } }, { stream: true, stream_options: { include_usage: true }, tools: [chat_tool(tool)] });
}

const openai = family('openai', 'openai', { dialect: 'openai', vendor: 'openai', base_url: '', model: 'gpt-4o', key: keys.openai });
chat(openai, 'gpt-4o', (client, body) => client.chat.completions.create(body));
openai.ask('reasoning', { system, input, max_tokens: 500, asking: { reasoning_effort: 'low' } }, client => client.chat.completions.create({ model: 'o3-mini', messages: [{ role: 'developer', content: system }, { role: 'user', content: input }], max_completion_tokens: 500, reasoning_effort: 'low' }), { model: 'o3-mini' });
openai.embed('embeddings', { inputs: ['one', 'zwei', '三'] }, client => client.embeddings.create({ model: 'text-embedding-3-small', input: ['one', 'zwei', '三'] }), { model: 'text-embedding-3-small' });
openai.embed('embeddings of a size', { inputs: ['one'], dimensions: 256 }, client => client.embeddings.create({ model: 'text-embedding-3-small', input: ['one'], dimensions: 256, encoding_format: 'base64' }), { model: 'text-embedding-3-small' });
openai.models(client => client.models.list());

// ---- Azure, by deployment and date
const azure = family('azure', 'azure', { dialect: 'azure', base_url: '', model: 'our-gpt-4o', key: keys.azure, api_version: '2024-10-21' });
const azure_chat = (model, body) => client => client.chat.completions.create({ model, messages: [{ role: 'user', content: input }], ...body });
azure.ask('plain', { input }, azure_chat('our-gpt-4o', {}));
azure.ask('system, sampling, stop', { system, input, temperature: 0, max_tokens: 50, seed: 1, stop: ['END'] }, azure_chat('our-gpt-4o', { messages: [{ role: 'system', content: system }, { role: 'user', content: input }], temperature: 0, max_tokens: 50, seed: 1, stop: ['END'] }));
azure.ask('tools', { input, asking: { tools: [tool], tool_choice: 'required' } }, azure_chat('our-gpt-4o', { tools: [chat_tool(tool)], tool_choice: 'required' }));
azure.ask('streamed', { input, stream: true }, azure_chat('our-gpt-4o', { stream: true, stream_options: { include_usage: true } }));
azure.ask('a slash in the name', { input }, azure_chat('team/gpt 4o', {}), { model: 'team/gpt 4o' });
azure.embed('embeddings', { inputs: ['one', 'two'] }, client => client.embeddings.create({ model: 'our-embedder', input: ['one', 'two'] }), { model: 'our-embedder' });

// ---- OpenAI responses
const responses = family('responses', 'openai', { dialect: 'openai-responses', base_url: '', model: 'gpt-4o', key: keys.openai });
const flat_tool = (each, strict = false) => ({ type: 'function', ...each, strict });
const respond = (title, question, body, over = {}) => responses.ask(title, { input, ...question }, client => client.responses.create({ model: 'gpt-4o', input, ...body, ...(over.model ? { model: over.model } : {}) }), over);
respond('plain', {}, {});
respond('system', { system }, { instructions: system });
respond('several turns', { turns: talk, input: 'Who am I?' }, { input: [{ role: 'user', content: 'My name is Ann.' }, { role: 'assistant', content: 'Hello Ann.' }, { role: 'user', content: 'Who am I?' }] });
respond('unicode', { system: unicode, input: unicode }, { instructions: unicode, input: unicode });
respond('sampling', { temperature: 0.5, top_p: 0.9, max_tokens: 100 }, { temperature: 0.5, top_p: 0.9, max_output_tokens: 100 });
respond('tools', { asking: { tools: [tool, other], tool_choice: 'auto', parallel_tool_calls: false } }, { tools: [flat_tool(tool), flat_tool(other)], tool_choice: 'auto', parallel_tool_calls: false });
respond('tool choice by name', { asking: { tools: [{ ...tool, strict: true }], tool_choice: 'get_weather' } }, { tools: [flat_tool(tool, true)], tool_choice: { type: 'function', name: 'get_weather' } });
respond('a tool result', { turns: after_tool, input: '', asking: { tools: [tool] } }, { input: [{ role: 'user', content: 'Weather in Lima?' }, { role: 'assistant', content: 'Let me look.' }, { type: 'function_call', call_id: 'call_a1', name: 'get_weather', arguments: '{"city":"Lima","days":2}' }, { type: 'function_call_output', call_id: 'call_a1', output: '{"celsius":19}' }], tools: [flat_tool(tool)] });
respond('a schema', { asking: { response_format: format } }, { text: { format: { type: 'json_schema', name: 'order', schema, strict: true } } });
respond('reasoning', { max_tokens: 500, asking: { reasoning_effort: 'low' } }, { max_output_tokens: 500, reasoning: { effort: 'low' } }, { model: 'gpt-5' });
respond('streamed', { stream: true, system }, { stream: true, instructions: system });

// ---- Anthropic messages, both versions of the interface
const block_tool = each => ({ name: each.name, description: each.description, input_schema: each.parameters });
function messages(to, model, sampled) {
  const user = { role: 'user', content: input };
  const ask = (title, question, body, over) => to.ask(title, { input, max_tokens: 64, ...question }, client => client.messages.create({ model, max_tokens: 64, messages: [user], ...body }), over);
  ask('plain', {}, {});
  ask('system', { system }, { system });
  ask('several turns', { system, turns: talk, input: 'Who am I?' }, { system, messages: [{ role: 'user', content: 'My name is Ann.' }, { role: 'assistant', content: 'Hello Ann.' }, { role: 'user', content: 'Who am I?' }] });
  ask('unicode', { system: unicode, input: unicode }, { system: unicode, messages: [{ role: 'user', content: unicode }] });
  if (sampled) ask('sampling', { temperature: 0, asking: { top_k: 40 }, stop: ['END'] }, { temperature: 0, top_k: 40, stop_sequences: ['END'] });
  if (sampled) ask('the nucleus', { top_p: 0.9 }, { top_p: 0.9 });
  ask('stop', { stop: ['END', 'STOP'] }, { stop_sequences: ['END', 'STOP'] });
  ask('tools', { asking: { tools: [tool, other] } }, { tools: [block_tool(tool), block_tool(other)] });
  ask('tool choice auto, one at a time', { asking: { tools: [tool], tool_choice: 'auto', parallel_tool_calls: false } }, { tools: [block_tool(tool)], tool_choice: { type: 'auto', disable_parallel_tool_use: true } });
  ask('tool choice none', { asking: { tools: [tool], tool_choice: 'none' } }, { tools: [block_tool(tool)], tool_choice: { type: 'none' } });
  ask('tool choice required', { asking: { tools: [tool], tool_choice: 'required' } }, { tools: [block_tool(tool)], tool_choice: { type: 'any' } });
  ask('tool choice by name', { asking: { tools: [tool, other], tool_choice: 'get_time' } }, { tools: [block_tool(tool), block_tool(other)], tool_choice: { type: 'tool', name: 'get_time' } });
  const use = (call, args) => ({ type: 'tool_use', id: call.id, name: call.function.name, input: args });
  ask('a tool result', { turns: after_tool, input: '', asking: { tools: [tool] } }, { messages: [{ role: 'user', content: 'Weather in Lima?' }, { role: 'assistant', content: [{ type: 'text', text: 'Let me look.' }, use(called, { city: 'Lima', days: 2 })] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_a1', content: '{"celsius":19}' }] }], tools: [block_tool(tool)] });
  ask('two tool results, one an error', { turns: two_calls, input: '' }, { messages: [{ role: 'user', content: 'Weather in Lima and the time?' }, { role: 'assistant', content: [use(called, { city: 'Lima', days: 2 }), use(two_calls[1].tool_calls[1], {})] }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_a1', content: '19' }, { type: 'tool_result', tool_use_id: 'call_b2', content: 'no clock', is_error: true }] }] });
  ask('a schema', { asking: { response_format: format } }, { output_config: { format: { type: 'json_schema', schema } } });
  ask('effort', { asking: { reasoning_effort: 'low' } }, { output_config: { effort: 'low' } }, { model: 'claude-sonnet-5' });
  list.at(-1).theirs = client => client.messages.create({ model: 'claude-sonnet-5', max_tokens: 64, messages: [user], output_config: { effort: 'low' } });
  ask('thoughts', { max_tokens: 4096, asking: { reasoning_tokens: 2048 } }, { max_tokens: 4096, thinking: { type: 'enabled', budget_tokens: 2048 } });
  ask('streamed', { stream: true, system }, { stream: true, system });
  to.models(client => client.models.list({ limit: 100 }));
}
const sonnet = 'claude-sonnet-4-5';
messages(family('anthropic 2023-06-01', 'anthropic_2023', { dialect: 'anthropic', base_url: '', model: sonnet, key: keys.anthropic }), sonnet, true);
messages(family('anthropic 2026-10-21', 'anthropic', { dialect: 'anthropic', base_url: '', model: sonnet, key: keys.anthropic, api_version: '2026-10-21' }), sonnet, false);

// ---- Gemini
function gemini(to) {
  const model = 'gemini-2.5-flash', said = text => ({ role: 'user', parts: [{ text }] });
  const ask = (title, question, config, contents = [said(input)], over = {}) => to.ask(title, { input, ...question }, client => client.models[question.stream ? 'generateContentStream' : 'generateContent']({ model: over.model ?? model, contents, config }), over);
  const declared = (...tools) => [{ functionDeclarations: tools.map(each => ({ name: each.name, description: each.description, parametersJsonSchema: each.parameters })) }];
  const mode = (mode, ...allowedFunctionNames) => ({ functionCallingConfig: { mode, ...(allowedFunctionNames.length ? { allowedFunctionNames } : {}) } });
  ask('plain', {}, {});
  ask('system', { system }, { systemInstruction: { parts: [{ text: system }] } });
  ask('several turns', { turns: talk, input: 'Who am I?' }, {}, [said('My name is Ann.'), { role: 'model', parts: [{ text: 'Hello Ann.' }] }, said('Who am I?')]);
  ask('unicode', { system: unicode, input: unicode }, { systemInstruction: { parts: [{ text: unicode }] } }, [said(unicode)]);
  ask('sampling', { temperature: 0, top_p: 0.9, max_tokens: 64, seed: 7, stop: ['END'], asking: { top_k: 40 } }, { temperature: 0, topP: 0.9, maxOutputTokens: 64, seed: 7, stopSequences: ['END'], topK: 40 });
  ask('penalties, log probabilities', { asking: { frequency_penalty: 0.25, presence_penalty: 0.5, log_probs: true } }, { frequencyPenalty: 0.25, presencePenalty: 0.5, responseLogprobs: true });
  ask('tools', { asking: { tools: [tool, other] } }, { tools: declared(tool, other) });
  ask('tool choice auto', { asking: { tools: [tool], tool_choice: 'auto' } }, { tools: declared(tool), toolConfig: mode('AUTO') });
  ask('tool choice none', { asking: { tools: [tool], tool_choice: 'none' } }, { tools: declared(tool), toolConfig: mode('NONE') });
  ask('tool choice required', { asking: { tools: [tool], tool_choice: 'required' } }, { tools: declared(tool), toolConfig: mode('ANY') });
  ask('tool choice by name', { asking: { tools: [tool, other], tool_choice: 'get_time' } }, { tools: declared(tool, other), toolConfig: mode('ANY', 'get_time') });
  ask('a tool result', { turns: after_tool, input: '', asking: { tools: [tool] } }, { tools: declared(tool) }, [said('Weather in Lima?'), { role: 'model', parts: [{ text: 'Let me look.' }, { functionCall: { id: 'call_a1', name: 'get_weather', args: { city: 'Lima', days: 2 } } }] }, { role: 'user', parts: [{ functionResponse: { id: 'call_a1', name: 'get_weather', response: { celsius: 19 } } }] }]);
  ask('a schema', { asking: { response_format: format } }, { responseMimeType: 'application/json', responseJsonSchema: schema });
  ask('any JSON', { asking: { response_format: { type: 'json_object' } } }, { responseMimeType: 'application/json' });
  ask('no thoughts', { asking: { reasoning_tokens: 0 } }, { thinkingConfig: { thinkingBudget: 0 } });
  ask('a level of thought', { asking: { reasoning_effort: 'low' } }, { thinkingConfig: { thinkingLevel: 'LOW' } }, [said(input)], { model: 'gemini-3-pro-preview' });
  ask('streamed', { stream: true, system }, { systemInstruction: { parts: [{ text: system }] } });
  to.embed('embeddings', { inputs: ['one', 'two'] }, client => client.models.embedContent({ model: 'gemini-embedding-001', contents: ['one', 'two'] }), { model: 'gemini-embedding-001' });
  to.embed('embeddings of a size', { inputs: ['one'], dimensions: 256 }, client => client.models.embedContent({ model: 'gemini-embedding-001', contents: ['one'], config: { outputDimensionality: 256 } }), { model: 'gemini-embedding-001' });
  to.embed('embeddings of another size', { inputs: ['one', 'two'], dimensions: 128 }, client => client.models.embedContent({ model: 'gemini-embedding-001', contents: ['one', 'two'], config: { outputDimensionality: 128 } }), { model: 'gemini-embedding-001' });
  to.models(client => client.models.list({ config: { pageSize: 1000 } }));
}
gemini(family('gemini v1beta', 'gemini_v1beta', { dialect: 'gemini', base_url: '', model: 'gemini-2.5-flash', key: keys.gemini }));
const v1 = family('gemini v1', 'gemini', { dialect: 'gemini', base_url: '', model: 'gemini-2.5-flash', key: keys.gemini, api_version: 'v1' });
v1.ask('plain', { input }, client => client.models.generateContent({ model: 'gemini-2.5-flash', contents: [{ role: 'user', parts: [{ text: input }] }] }));
v1.ask('streamed', { input, stream: true }, client => client.models.generateContentStream({ model: 'gemini-2.5-flash', contents: [{ role: 'user', parts: [{ text: input }] }] }));

// ---- Ollama
const ollama = family('ollama', 'ollama', { dialect: 'ollama', base_url: '', model: 'llama3.2', key: '' });
{
  const user = { role: 'user', content: input };
  const ask = (title, question, body) => ollama.ask(title, { input, ...question }, client => client.chat({ model: 'llama3.2', messages: [user], stream: false, ...body }));
  ask('plain', {}, {});
  ask('system', { system }, { messages: [{ role: 'system', content: system }, user] });
  ask('several turns', { turns: talk, input: 'Who am I?' }, { messages: [{ role: 'user', content: 'My name is Ann.' }, { role: 'assistant', content: 'Hello Ann.' }, { role: 'user', content: 'Who am I?' }] });
  ask('unicode', { input: unicode }, { messages: [{ role: 'user', content: unicode }] });
  ask('sampling', { temperature: 0, top_p: 0.9, max_tokens: 64, seed: 7, stop: ['END'], asking: { top_k: 40 } }, { options: { temperature: 0, top_p: 0.9, num_predict: 64, seed: 7, stop: ['END'], top_k: 40 } });
  ask('tools', { asking: { tools: [tool, other] } }, { tools: [chat_tool(tool), chat_tool(other)] });
  ask('a tool result', { turns: after_tool, input: '', asking: { tools: [tool] } }, { messages: [{ role: 'user', content: 'Weather in Lima?' }, { role: 'assistant', content: 'Let me look.', tool_calls: [{ function: { name: 'get_weather', arguments: { city: 'Lima', days: 2 } } }] }, { role: 'tool', content: '{"celsius":19}', tool_name: 'get_weather' }], tools: [chat_tool(tool)] });
  ask('a schema', { asking: { response_format: format } }, { format: schema });
  ask('any JSON', { asking: { response_format: { type: 'json_object' } } }, { format: 'json' });
  ask('thoughts', { asking: { reasoning_effort: 'low' } }, { think: 'low' });
  ask('streamed', { stream: true }, { stream: true });
  ollama.embed('embeddings', { inputs: ['one', 'two'] }, client => client.embed({ model: 'nomic-embed-text', input: ['one', 'two'] }), { model: 'nomic-embed-text' });
  ollama.models(client => client.list());
}

export const calls = list;
