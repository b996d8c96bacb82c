// The vendors' own client libraries read what `assay fake-provider` answers, whole and streamed: an oracle for the
// stand-in that all our other tests believe.
//
//   node readers.mjs FOLDER BIN
//
// Text, usage and reason to stop must be the script's; refusals must be errors of the right class. Last line: "readers: N
// answers, N as scripted". Exit 1 when one is not.
import { clients } from './clients.mjs';
import { fake } from './programs.mjs';

const [folder, bin] = process.argv.slice(2);
const text = 'Lima — “the city of kings” \u{1f1f5}\u{1f1ea}\nand a second line', tokens = { input: 21, output: 13 };
const url = await fake(bin, {
  default: { text, tokens },
  models: ['gpt-4o', 'claude-sonnet-4-5', 'gemini-2.5-flash', 'llama3.2'],
  rules: [{ match: { prompt_contains: 'be busy' }, status: 429, retry_after: 7 }, { match: { prompt_contains: 'be locked' }, status: 401 }, { match: { prompt_contains: 'be broken' }, status: 500 }],
});
const c = await clients(folder, url);
const user = content => [{ role: 'user', content }], said = content => [{ role: 'user', parts: [{ text: content }] }];
const input = 'Capital of Peru?';
const one = (text, input, output, stop) => ({ text, input, output, stop });

async function gather(stream, begin, step) {
  const answer = begin;
  for await (const piece of await stream) step(answer, piece);
  return answer;
}

const chat = async (client, model, content = input) => {
  const { choices: [{ message, finish_reason }], usage } = await client.chat.completions.create({ model, messages: user(content) });
  return one(message.content, usage.prompt_tokens, usage.completion_tokens, finish_reason);
};
const chat_stream = (client, model) => gather(client.chat.completions.create({ model, messages: user(input), stream: true, stream_options: { include_usage: true } }), one(''), (answer, { choices: [choice], usage }) => {
  answer.text += choice?.delta?.content ?? '';
  if (choice?.finish_reason) answer.stop = choice.finish_reason;
  if (usage) [answer.input, answer.output] = [usage.prompt_tokens, usage.completion_tokens];
});
const message = async (client, content = input) => {
  const answer = await client.messages.create({ model: 'claude-sonnet-4-5', max_tokens: 512, messages: user(content) });
  return one(answer.content.map(block => block.text).join(''), answer.usage.input_tokens, answer.usage.output_tokens, answer.stop_reason);
};
const message_stream = async client => {
  const stream = client.messages.stream({ model: 'claude-sonnet-4-5', max_tokens: 512, messages: user(input) });
  let text = '';
  stream.on('text', piece => (text += piece));
  const answer = await stream.finalMessage();
  return one(text, answer.usage.input_tokens, answer.usage.output_tokens, answer.stop_reason);
};
const respond = async (content = input) => {
  const answer = await c.openai.responses.create({ model: 'gpt-4o', input: content });
  return one(answer.output_text, answer.usage.input_tokens, answer.usage.output_tokens, answer.status);
};
const respond_stream = () => gather(c.openai.responses.create({ model: 'gpt-4o', input, stream: true }), one(''), (answer, event) => {
  if (event.type === 'response.output_text.delta') answer.text += event.delta;
  if (event.type === 'response.completed') Object.assign(answer, { input: event.response.usage.input_tokens, output: event.response.usage.output_tokens, stop: event.response.status });
});
const generate = async (client, content = input) => {
  const answer = await client.models.generateContent({ model: 'gemini-2.5-flash', contents: said(content) });
  return one(answer.text, answer.usageMetadata.promptTokenCount, answer.usageMetadata.candidatesTokenCount, answer.candidates[0].finishReason);
};
const generate_stream = client => gather(client.models.generateContentStream({ model: 'gemini-2.5-flash', contents: said(input) }), one(''), (answer, piece) => {
  answer.text += piece.text ?? '';
  if (piece.candidates?.[0]?.finishReason) answer.stop = piece.candidates[0].finishReason;
  if (piece.usageMetadata) [answer.input, answer.output] = [piece.usageMetadata.promptTokenCount, piece.usageMetadata.candidatesTokenCount];
});
const ollama = async (content = input) => {
  const answer = await c.ollama.chat({ model: 'llama3.2', messages: user(content) });
  return one(answer.message.content, answer.prompt_eval_count, answer.eval_count, answer.done_reason);
};
const ollama_stream = () => gather(c.ollama.chat({ model: 'llama3.2', messages: user(input), stream: true }), one(''), (answer, piece) => {
  answer.text += piece.message.content;
  if (piece.done) [answer.input, answer.output, answer.stop] = [piece.prompt_eval_count, piece.eval_count, piece.done_reason];
});

const scripted = stop => one(text, tokens.input, tokens.output, stop);
const checks = [
  ['openai', () => chat(c.openai, 'gpt-4o'), scripted('stop')], ['openai streamed', () => chat_stream(c.openai, 'gpt-4o'), scripted('stop')],
  ['azure', () => chat(c.azure, 'our-gpt-4o'), scripted('stop')], ['azure streamed', () => chat_stream(c.azure, 'our-gpt-4o'), scripted('stop')],
  ['responses', () => respond(), scripted('completed')], ['responses streamed', () => respond_stream(), scripted('completed')],
  ['anthropic 2023', () => message(c.anthropic_2023), scripted('end_turn')], ['anthropic 2023 streamed', () => message_stream(c.anthropic_2023), scripted('end_turn')],
  ['anthropic 2026', () => message(c.anthropic), scripted('end_turn')], ['anthropic 2026 streamed', () => message_stream(c.anthropic), scripted('end_turn')],
  ['gemini v1beta', () => generate(c.gemini_v1beta), scripted('STOP')], ['gemini v1beta streamed', () => generate_stream(c.gemini_v1beta), scripted('STOP')],
  ['gemini v1', () => generate(c.gemini), scripted('STOP')], ['gemini v1 streamed', () => generate_stream(c.gemini), scripted('STOP')],
  ['ollama', () => ollama(), scripted('stop')], ['ollama streamed', () => ollama_stream(), scripted('stop')],
];
const askers = { openai: content => chat(c.openai, 'gpt-4o', content), responses: respond, 'anthropic 2023': content => message(c.anthropic_2023, content), 'anthropic 2026': content => message(c.anthropic, content), gemini: content => generate(c.gemini, content), ollama };
for (const [name, ask] of Object.entries(askers)) {
  for (const [words, status] of [['be busy', 429], ['be locked', 401], ['be broken', 500]]) {
    checks.push([`${name}: ${status}`, () => ask(words).then(() => 'an answer', error => error.status ?? error.status_code ?? String(error)), status]);
  }
}
const names = async list => { const all = []; for await (const model of await list) all.push(model.id ?? model.name); return all; };
checks.push(['openai: models', async () => (await names(c.openai.models.list())).includes('gpt-4o'), true]);
checks.push(['anthropic: models', async () => (await names(c.anthropic.models.list())).includes('claude-sonnet-4-5'), true]);
checks.push(['gemini: models', async () => (await names(c.gemini.models.list())).some(name => name.endsWith('gemini-2.5-flash')), true]);
checks.push(['ollama: models', async () => (await c.ollama.list()).models.some(({ name }) => name.startsWith('llama3.2')), true]);
const whole_numbers = list => list.length > 0 && list.every(each => each.length > 1 && each.every(Number.isFinite));
checks.push(['openai: embeddings', async () => whole_numbers((await c.openai.embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'] })).data.map(each => each.embedding)), true]);
checks.push(['gemini: embeddings', async () => whole_numbers((await c.gemini.models.embedContent({ model: 'gemini-embedding-001', contents: ['a', 'b'] })).embeddings.map(each => each.values)), true]);
checks.push(['ollama: embeddings', async () => whole_numbers((await c.ollama.embed({ model: 'nomic-embed-text', input: ['a', 'b'] })).embeddings), true]);

let wrong = 0;
for (const [name, ask, wanted] of checks) {
  let is;
  try { is = await ask(); } catch (error) { is = `${error}`; }
  if (JSON.stringify(is) === JSON.stringify(wanted)) continue;
  ++wrong;
  console.log(`${name}: ${JSON.stringify(is)} instead of ${JSON.stringify(wanted)}`);
}
console.log(`readers: ${checks.length} answers, ${checks.length - wrong} as scripted`);
process.exit(wrong ? 1 : 0);
