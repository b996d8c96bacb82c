// A real gateway (@portkey-ai/gateway) between `assay run` and the fake provider, whole and streamed: answers keep their
// text, tool calls and usage, and what goes wrong behind the gateway ends as the kind of failure that it is.
//
//   node gateway.mjs FOLDER BIN
//
// Last line: "gateway: N cells, N as expected". Exit 1 when a cell is not.
import path from 'node:path';
import { fake, file, gateway, ledger, run } from './programs.mjs';

const [folder, bin] = process.argv.slice(2), key = 'sk-witness-gateway-0123456789abcdef';
const text = 'Lima — “the city of kings” \u{1f1f5}\u{1f1ea}';

// What the vendor behind the gateway does with a model of this name, and what must come of it: whole, and streamed when
// that differs. `cost` holds what the vendor counted against the catalogue's price: a call without usage costs something
// else. `why` says what the gateway made of it.
const models = [
  { name: 'sound', does: {}, verdict: 'pass' },
  { name: 'gpt-4o', does: { tokens: { input: 21, cached: 5, output: 13 } }, verdict: 'pass', cost: '0.000176250' },
  { name: 'gpt-4o-mini', does: { tokens: { input: 1000003, output: 70001 } }, verdict: 'pass', cost: '0.192001050' },
  { name: 'o3-mini', does: { tokens: { input: 21, output: 1300, reasoning: 1200 } }, verdict: 'pass', cost: '0.005743100' },
  { name: 'tools', does: { text: '', tool_calls: [{ name: 'get_weather', arguments: { city: 'Lima', days: 2 } }, { name: 'get_weather', arguments: { city: 'Cusco', days: 3 } }] }, verdict: 'pass', response: '' },
  { name: 'thin', does: { text: '\u{1f1f5}\u{1f1ea} Lima', pieces: 40, fault: 'split_utf8' }, verdict: 'pass', response: '\u{1f1f5}\u{1f1ea} Lima' },
  { name: 'long', does: { text: 'Lima '.repeat(2000) }, verdict: 'pass', response: 'Lima '.repeat(2000) },
  { name: 'busy', does: { status: 429, retry_after: 1 }, times: 1, verdict: 'pass', calls: 2, why: 'a 429 with retry-after is waited for and asked again' },
  { name: 'locked', does: { status: 401 }, failure: 'auth' },
  { name: 'broken', does: { status: 500 }, failure: 'unavailable' },
  { name: 'full', does: { status: 503 }, failure: 'overloaded' },
  { name: 'unknown', does: { status: 404, error: { code: 'model_not_found', message: 'The model `unknown` does not exist' } }, failure: 'model_not_found' },
  { name: 'too-long', does: { status: 400, error: { code: 'context_length_exceeded', message: "This model's maximum context length is 128000 tokens." } }, failure: 'context_too_long' },
  { name: 'poor', does: { status: 429, error: { code: 'insufficient_quota', type: 'insufficient_quota', message: 'You exceeded your current quota' } }, failure: 'quota' },
  { name: 'page', does: { fault: 'html' }, failure: 'unavailable', why: 'the page comes wrapped as {"html-message"} under its own status' },
  { name: 'cut', does: { fault: 'cut', bytes: 250 }, failure: 'unavailable', streamed: { failure: 'cut_off' }, why: 'whole: the gateway answers 500 itself; streamed: it closes cleanly without the end' },
  { name: 'reset', does: { fault: 'reset', bytes: 250 }, failure: 'unavailable', streamed: { failure: 'cut_off' }, why: 'the same' },
  { name: 'silent', does: { fault: 'never' }, failure: 'timed_out', why: 'the gateway waits for ever, and we do not' },
  { name: 'stuck', does: { fault: 'stall_mid_content' }, verdict: 'pass', streamed: { failure: 'timed_out' }, why: 'streamed: no content for the time that a stall may take' },
  { name: 'unmarked', does: { fault: 'no_marker' }, verdict: 'pass', streamed: { failure: 'cut_off' }, why: 'streamed: a clean end without a reason to stop and without the marker is no success' },
  { name: 'sick', does: { fault: 'error_event_mid_content', error: { type: 'server_error', code: 'server_error', message: 'The server had an error' } }, verdict: 'pass', streamed: { failure: 'unavailable' }, why: 'streamed: the error event comes through' },
  { name: 'forbidden', does: { status: 403, error: { code: 'forbidden', message: 'Your project may not use this model' } }, failure: 'permission' },
  { name: 'filtered', does: { status: 400, error: { code: 'content_filter', message: 'The response was filtered' } }, failure: 'content_filter' },
];

const script = {
  require_key: true, default: { text },
  rules: models.filter(({ does }) => Object.keys(does).length).map(({ name, does, times }) => ({ match: { model: name }, ...(times ? { times } : {}), ...does })),
};
const parameters = { type: 'object', properties: { city: { enum: ['Lima', 'Cusco'] }, days: { enum: [2, 3] } }, required: ['city', 'days'], additionalProperties: false };
const tools = [{ name: 'get_weather', description: 'The weather of a city', parameters }];
const said_it = [{ type: 'contains', value: 'Lima' }], called_it = [{ type: 'is-valid-openai-tools-call' }, { type: 'tool-call-f1', value: ['get_weather'] }];
const suite = (streamed, defaults, assertions) => ({
  name: 'gateway', dialect: 'strict', prompt: 'Answer in one word.', defaults: { max_tokens: 5000, stream: streamed, ...defaults },
  cases: [{ title: 'Peru', input: 'Capital of Peru?', assertions }],
});

const problems = [];
let cells = 0;
for (const streamed of [false, true]) {
  const vendor = await fake(bin, script), between = await gateway(folder);
  const config = file('worker.yaml', `executor:\n  mode: proxy\nproxy:\n  base_url: ${between}/v1\n  api_key: ${key}\n  headers:\n    x-portkey-provider: openai\n    x-portkey-custom-host: ${vendor}/v1\nretry:\n  max_calls: 1\ntimeouts:\n  total: 8s\n  stall: 2s\n`);
  const ask = (suite, names) => run(path.join(bin, 'assay'), ['run', file('suite.json', suite), '--config', config, '--json', ...names.flatMap(name => ['--model', name])]);
  const texts = await ask(suite(streamed, {}, said_it), models.map(({ name }) => name).filter(name => name !== 'tools'));
  const uses = await ask(suite(streamed, { tools, tool_choice: 'auto' }, called_it), ['tools']);
  const said = { out: texts.out + uses.out, err: texts.err + uses.err };
  const rows = said.out.split('\n').filter(Boolean).map(line => JSON.parse(line));
  if (rows.length !== models.length) throw new Error(`assay run ended with ${texts.code}, ${uses.code} and ${rows.length} rows: ${said.err}`);
  const calls = await ledger(vendor);
  for (const model of models) {
    const row = rows.find(each => each.model === model.name), wanted = { ...model, ...(streamed ? model.streamed : {}) };
    const made = calls.filter(call => call.model === model.name).length;
    const is = [row.verdict, row.failure ?? null, made, wanted.failure ? null : row.response, wanted.cost ? row.cost : null], should = [wanted.failure ? 'error' : wanted.verdict, wanted.failure ?? null, wanted.calls ?? 1, wanted.failure ? null : (wanted.response ?? text), wanted.cost ?? null];
    ++cells;
    if (JSON.stringify(is) !== JSON.stringify(should)) problems.push(`${model.name}${streamed ? ', streamed' : ''}: ${JSON.stringify(is).slice(0, 300)} instead of ${JSON.stringify(should).slice(0, 300)} ${row.details ?? ''}`);
  }
  if (said.err.includes(key) || said.out.includes(key)) problems.push('the key stands in what assay said');
}
for (const problem of problems) console.log(problem);
console.log(`gateway: ${cells} cells, ${cells - problems.length} as expected`);
process.exit(problems.length ? 1 : 0);
