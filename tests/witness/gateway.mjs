// A real gateway (@portkey-ai/gateway) between `assay run` and the fake provider, whole and streamed: answers keep their
// text and usage, and what goes wrong behind the gateway ends as the kind of failure that it is.
//
//   node gateway.mjs FOLDER BIN
//
// Last line: "gateway: N cells, N as expected". Exit 1 when a cell is not.
import path from 'node:path';
import { fake, file, gateway, ledger, run } from './programs.mjs';

const [folder, bin] = process.argv.slice(2), key = 'sk-witness-gateway-0123456789abcdef';
const text = 'Lima — “the city of kings” \u{1f1f5}\u{1f1ea}';

// What the vendor behind the gateway does with a model of this name, and what must come of it: whole, and streamed when
// that differs. `why` says what the gateway made of it.
const models = [
  { name: 'sound', does: {}, verdict: 'pass' },
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
];

const script = {
  require_key: true, default: { text },
  rules: models.filter(({ does }) => Object.keys(does).length).map(({ name, does, times }) => ({ match: { model: name }, ...(times ? { times } : {}), ...does })),
};
const suite = streamed => ({
  name: 'gateway', prompt: 'Answer in one word.', defaults: { max_tokens: 5000, stream: streamed },
  cases: [{ title: 'Peru', input: 'Capital of Peru?', assertions: [{ type: 'contains', value: 'Lima' }] }],
});

const problems = [];
let cells = 0;
for (const streamed of [false, true]) {
  const vendor = await fake(bin, script), between = await gateway(folder);
  const config = file('worker.yaml', `executor:\n  mode: proxy\nproxy:\n  base_url: ${between}/v1\n  api_key: ${key}\n  headers:\n    x-portkey-provider: openai\n    x-portkey-custom-host: ${vendor}/v1\nretry:\n  max_calls: 1\n`);
  const words = ['run', file('suite.json', suite(streamed)), '--config', config, '--json', ...models.flatMap(({ name }) => ['--model', name])];
  const said = await run(path.join(bin, 'assay'), words);
  const rows = said.out.split('\n').filter(Boolean).map(line => JSON.parse(line));
  if (rows.length !== models.length) throw new Error(`assay run ended with ${said.code} and ${rows.length} rows: ${said.err}`);
  const calls = await ledger(vendor);
  for (const model of models) {
    const row = rows.find(each => each.model === model.name), wanted = { ...model, ...(streamed ? model.streamed : {}) };
    const made = calls.filter(call => call.model === model.name).length;
    const is = [row.verdict, row.failure ?? null, made, wanted.failure ? null : row.response], should = [wanted.failure ? 'error' : wanted.verdict, wanted.failure ?? null, wanted.calls ?? 1, wanted.failure ? null : (wanted.response ?? text)];
    ++cells;
    if (JSON.stringify(is) !== JSON.stringify(should)) problems.push(`${model.name}${streamed ? ', streamed' : ''}: ${JSON.stringify(is).slice(0, 300)} instead of ${JSON.stringify(should).slice(0, 300)} ${row.details ?? ''}`);
  }
  if (said.err.includes(key) || said.out.includes(key)) problems.push('the key stands in what assay said');
}
for (const problem of problems) console.log(problem);
console.log(`gateway: ${cells} cells, ${cells - problems.length} as expected`);
process.exit(problems.length ? 1 : 0);
