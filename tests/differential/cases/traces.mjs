// Cases of the trace and trajectory types.
import { plainText, wrongKinds } from '../random.mjs';

const tools = ['search_web', 'read_file', 'send_mail', 'Lookup', 'add'], names = ['llm.call', 'http GET /x', 'db.query', 'LLM.Call', 'a+b', 'x(1)', 'agent response', 'reasoning', 'search "cats"', 'exec ls -l', 'mcp server/read_file', 'line\nbreak'];
const argumentKeys = ['tool.arguments', 'tool.args', 'gen_ai.tool.call.arguments', 'function.arguments', 'args', 'input', 'tool_arguments'];
const args = random => random.pick([{ q: 'cats' }, { q: 'cats', limit: 5 }, { q: 'dogs', tags: ['a', 'b'] }, { path: '/x', deep: { a: 1, b: [1, 2] } }, {}, { q: 'cats', timestamp: 17 }]);

function toolSpan(random) {
  const attributes = { [random.pick(['tool.name', 'tool_name', 'gen_ai.tool.name', 'function.name'])]: random.pick(tools) };
  if (random.often(0.8)) { const value = args(random); attributes[random.pick(argumentKeys)] = random.often(0.5) ? value : JSON.stringify(value); }
  return { name: random.pick(['tool call', 'execute_tool', 'step']), attributes };
}

function otherSpan(random) {
  const attributes = random.pick([{}, {}, {}, { 'codex.command': 'git status' }, { command: 'ls' }, { 'search.query': 'cats' }, { 'tool.name': 'shell', 'tool.arguments': '{"command":["ls","-l"]}' }, { 'tool.name': 'exec_command', args: { cmd: 'make test' } }, { error: true }, { 'http.status_code': random.pick([200, 404, '500', 'x']) }, { 'otel.status_code': 'ERROR' }, { exception: {} }, { failed: 'true' }, { 'codex.item.type': 'reasoning' }]);
  const span = { name: random.pick(names), attributes };
  if (random.often(0.15)) span.statusCode = random.pick([0, 1, 2, 200, 404, 500]);
  if (random.often(0.12)) span.statusMessage = random.pick(['ok', 'Timeout after 5 s', 'no errors', 'Aborted']);
  return span;
}

export function trace(random, most = 7) {
  const spans = Array.from({ length: random.below(most + 1) }, (_, at) => {
    const startTime = random.pick([100, 200, 300, 400, 1000 + at]), span = random.often(0.55) ? toolSpan(random) : otherSpan(random);
    return { spanId: 'span' + at, startTime, ...(random.often(0.93) && { endTime: startTime + random.pick([0, 1, 5, 10, 50, 100, 250.5]) }), ...span };
  });
  return { traceId: '0af7651916cd43dd8448eb211c80319c', evaluationId: 'e', testCaseId: 't', metadata: {}, spans };
}

const within = random => random.often(0.97) ? { trace: trace(random) } : random.pick([{}, { trace: { traceId: 't', spans: [] } }, { trace: null }]);
const some = (random, make) => ({ output: plainText(random, 2), context: within(random), value: random.often(0.95) ? make() : random.pick(wrongKinds) });
const pattern = random => random.pick(['*', '*', '*', 'tool*', '*call', 'step', 'llm.*', 'LLM.CALL', 'a+b', 'x(1)', '?tep', 'nothing', '*e*', 'execute_tool']);
const bounds = random => random.pick([{ min: 1 }, { min: 2 }, { max: 3 }, { min: 1, max: 4 }, { max: 0 }, { min: 0 }, {}, { min: 3, max: 1 }]);

const count = random => some(random, () => ({ ...(random.often(0.96) && { pattern: pattern(random) }), ...bounds(random) }));
const duration = random => some(random, () => ({ max: random.pick([0, 1, 5, 5, 10, 10, 50, 50, 100, 100, 200, 300, ...(random.often(0.2) ? ['5'] : [])]), ...(random.often(0.6) && { pattern: pattern(random) }), ...(random.often(0.4) && { percentile: random.pick([50, 50, 90, 95, 100, 0, 33.3, 10, 75, ...(random.often(0.3) ? [101, '50', -1] : [])]) }) }));
const errors = random => some(random, () => random.pick([undefined, 0, 1, 2, { max_count: random.below(3) }, { max_percentage: random.pick([0, 10, 33, 50]) }, { max_count: 1, pattern: pattern(random) }, { pattern: pattern(random) }, { max_count: 3, max_percentage: 20 }]));

const tool = random => random.pick([...tools, ...tools, 'search*', '*file', 'READ_FILE', '?dd', 'none']);
const toolUsed = random => some(random, () => random.pick([tool(random), tool(random), '*', [tool(random)], [tool(random), tool(random)], { name: tool(random) }, { pattern: tool(random), ...bounds(random) }, { pattern: '*', ...bounds(random) }, [tool(random)], tool(random), ...(random.often(0.3) ? [{}, []] : [])]));

function sequence(random) {
  const made = some(random, () => undefined), used = (made.context.trace?.spans ?? []).flatMap(span => span.attributes?.['tool.name'] ?? span.attributes?.tool_name ?? span.attributes?.['gen_ai.tool.name'] ?? []);
  const steps = random.pick([used, used.slice(0, 2), used.slice(0, 1), used.slice(1), [tool(random), tool(random)], [tool(random)], ['*', '*'], ['*'], ['*']].filter(list => list.length > 0 || random.often(0.3))).map(name => (random.often(0.2) ? { name } : name));
  const value = random.often(0.93) ? random.pick([steps, steps, { steps }, { mode: 'exact', steps }, { mode: 'in_order', steps }]) : random.pick([...wrongKinds, { steps: [{}] }, { mode: 'other', steps }]);
  return { ...made, value };
}

function argsMatch(random) {
  const made = some(random, () => undefined), value = { [random.pick(['name', 'pattern'])]: random.pick([tool(random), '*', '*', '*']), args: random.pick([args(random), args(random), args(random), { q: '*' }, { q: 'cats' }, {}, { limit: 5 }, { deep: { a: 1 } }, { tags: ['a'] }, 'x', null, { tags: ['a', 'b'] }]) };
  if (random.often(0.3)) value.mode = random.pick(['exact', 'exact', 'partial', 'other']);
  if (random.often(0.15)) value.defaults = random.pick([{ limit: 5 }, { q: 'cats' }, 5]);
  if (random.often(0.15)) value.ignore = random.pick(['timestamp', ['time*'], ['limit', 'q'], '', [5]]);
  if (random.often(0.06)) { value.arguments = value.args; delete value.args; }
  return { ...made, value: random.often(0.95) ? value : random.pick(wrongKinds) };
}

const stepCount = random => some(random, () => ({ ...bounds(random), ...(random.often(0.6) && { type: random.pick(['tool', 'command', 'search', 'reasoning', 'message', 'span', ['tool', 'command'], 'other']) }), ...(random.often(0.3) && { pattern: random.pick([pattern(random), tool(random)]) }) }));

export default { 'trace-span-count': count, 'trace-span-duration': duration, 'trace-error-spans': errors, 'trajectory:tool-used': toolUsed, 'trajectory:tool-sequence': sequence, 'trajectory:tool-args-match': argsMatch, 'trajectory:step-count': stepCount };
