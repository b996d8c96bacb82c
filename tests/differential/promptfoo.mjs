// The oracle: answers lines of `assay judge` as promptfoo itself does, with its own runAssertions.
//
//   node promptfoo.mjs FOLDER < cases.jsonl > verdicts.jsonl        FOLDER holds node_modules/promptfoo
//
// A case: {"id", "assertions": [...], "vars"?, "threshold"?, "output": text or JSON, "context"?: {"latency_ms", "cached",
// "cost", "tokens", "logprobs", "finish_reason", "metadata", "tools", "trace", "guardrails"}}.
// Its verdict: {"id", "pass", "score", "named_scores", "assertions": [{"pass", "score", "reason"}]}, and "error" where an
// assertion raised: then the whole test counts as not passed with score 0. A set is followed by its members.
//
// Each case is judged as if it were the first: compiled schemas are forgotten between cases. Reaches no network; types
// that ask a model, a service or a program are answered with {"id", "skipped": type}.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

const silent = {
  PROMPTFOO_DISABLE_TELEMETRY: '1', PROMPTFOO_DISABLE_UPDATE: '1', PROMPTFOO_DISABLE_REMOTE_GENERATION: '1', LOG_LEVEL: 'none',
  PROMPTFOO_ASSERTIONS_MAX_CONCURRENCY: '1', PROMPTFOO_TRACE_FETCH_MAX_ATTEMPTS: '1', PROMPTFOO_TRACE_FETCH_RETRY_DELAY_MS: '0',
};
const asksTheWorld = new Set(['agent-rubric', 'answer-relevance', 'classifier', 'context-faithfulness', 'context-recall', 'context-relevance',
  'conversation-relevance', 'factuality', 'g-eval', 'llm-rubric', 'model-graded-closedqa', 'model-graded-factuality', 'moderation', 'pi', 'python', 'ruby',
  'search-rubric', 'similar', 'similar:cosine', 'similar:dot', 'similar:euclidean', 'trajectory:goal-success', 'webhook', 'javascript', 'select-best', 'max-score', 'human']);

// open(folder): the functions of an installed promptfoo. Internal ones are found by the names index.js imports them under.
export async function open(folder) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-oracle-'));
  process.on('exit', () => fs.rmSync(home, { recursive: true, force: true }));
  Object.assign(process.env, silent, { PROMPTFOO_CONFIG_DIR: home, HOME: home });
  const dist = path.resolve(folder, 'node_modules/promptfoo/dist/src');
  const index = fs.readFileSync(path.join(dist, 'index.js'), 'utf8');
  const load = file => import(pathToFileURL(path.join(dist, file)));
  const internal = async name => {
    const found = new RegExp(`import \\{[^}]*?(\\w+) as ${name}\\b[^}]*\\} from "(\\./[^"]+)"`).exec(index);
    if (!found) throw new Error(`this promptfoo does not import ${name}`);
    return (await load(found[2]))[found[1]];
  };
  const { assertions, loadApiProvider } = await load('index.js');
  return { assertions, loadApiProvider, ajv: (await internal('getAjv'))(), traces: (await internal('getTraceStore'))() };
}

const everyType = list => list.flatMap(each => [each?.type, ...(Array.isArray(each?.assert) ? everyType(each.assert) : [])]);
const baseOf = type => (typeof type === 'string' && type.startsWith('not-') ? type.slice(4) : type);

// judge(parts, line): the verdict on one case.
export async function judge(parts, line) {
  const { id, assertions, vars = {}, threshold, output, context = {} } = line;
  const unasked = everyType(assertions).map(baseOf).find(type => asksTheWorld.has(type));
  if (unasked) return { id, skipped: unasked };
  parts.ajv.removeSchema();
  parts.traces.getTrace = async () => context.trace ?? null;
  try {
    const result = await parts.assertions.runAssertions({
      prompt: 'the prompt',
      provider: await providerWith(parts, context.tools),
      providerResponse: responseOf(output, context),
      latencyMs: context.cached ? undefined : context.latency_ms,
      test: { vars, assert: assertions, threshold, options: {} },
      vars,
      ...(context.trace !== undefined && { traceId: '0af7651916cd43dd8448eb211c80319c' }),
    });
    const each = (result.componentResults ?? []).map(({ pass, score, reason }) => ({ pass, score, reason }));
    return { id, pass: result.pass, score: result.score, named_scores: result.namedScores ?? {}, assertions: each };
  } catch (error) {
    return { id, pass: false, score: 0, error: String(error?.message ?? error), named_scores: {}, assertions: [] };
  }
}

const responseOf = (output, { cached, cost, tokens, logprobs, finish_reason, metadata, guardrails }) => ({
  output, cached, cost, tokenUsage: tokens, logProbs: logprobs, finishReason: finish_reason, metadata, guardrails,
});

// One provider for each set of tools: its functions are what is-valid-function-call checks a single call against.
const providers = new Map();
async function providerWith(parts, tools) {
  const key = JSON.stringify(tools ?? null);
  if (!providers.has(key)) {
    const functions = Array.isArray(tools) ? tools.filter(tool => tool?.function).map(tool => tool.function) : undefined;
    const config = { apiKey: 'none', ...(tools !== undefined && { tools, functions }) };
    providers.set(key, await parts.loadApiProvider('openai:chat:none', { options: { config } }));
  }
  return providers.get(key);
}

async function main(folder) {
  if (!folder) throw new Error('usage: promptfoo.mjs FOLDER < cases > verdicts');
  for (const name of ['log', 'info', 'debug']) console[name] = console.error;
  const parts = await open(folder);
  for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line === '') continue;
    fs.writeSync(1, JSON.stringify(await judge(parts, JSON.parse(line))) + '\n');
  }
  process.exit(0);
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) await main(process.argv[2]);
