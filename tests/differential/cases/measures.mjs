// Cases of the measurements: what the provider reported beside the answer.
import { text } from '../random.mjs';

const thresholds = [0, 1, 10, 100, 99.5, 1000, 0.001, -1, '100', undefined];

const latency = random => ({ output: text(random, 3), threshold: random.often(0.85) ? random.pick([10, 100, 99.5, 1000]) : random.pick(thresholds),
  context: random.pick([{ latency_ms: random.pick([0, 5, 10, 50, 99.5, 100, 101, 500, 2000]) }, { latency_ms: random.pick([10, 100, 300, 1000]) }, { latency_ms: 80 }, { latency_ms: 5, cached: random.often(0.5) }, random.often(0.5) ? {} : { latency_ms: 7 }]) });

const cost = random => ({ output: text(random, 3), threshold: random.often(0.85) ? random.pick([0.001, 0.01, 0, 0.5]) : random.pick(thresholds),
  context: random.pick([{ cost: random.pick([0, 0.001, 0.0011, 0.01, 0.5, 2]) }, { cost: random.pick([0.001, 0.002, 0.3]) }, { cost: 1e-9 }, random.often(0.5) ? {} : { cost: 0.01 }]) });

const logprobs = random => Array.from({ length: random.between(1, 6) }, () => -random.pick([0, 0.01, 0.1, 0.5, 1, 2, 5, 0.693147]));

const perplexity = thresholds => random => ({ output: text(random, 3), ...(random.often(0.9) && { threshold: random.pick(thresholds) }), context: random.often(0.93) ? { logprobs: logprobs(random) } : random.pick([{}, { logprobs: [] }]) });

const finishReason = random => {
  const reason = random.pick(['stop', 'length', 'content_filter', 'tool_calls', 'STOP', 'Stop']);
  return { output: text(random, 3), value: random.often(0.93) ? random.pick([reason, reason.toUpperCase(), reason.toLowerCase(), 'stop', 'length', reason + ' ']) : random.pick([undefined, null, 5, '', ['stop']]),
    context: random.often(0.9) ? { finish_reason: reason } : random.pick([{}, { finish_reason: '' }, { finish_reason: 'ſtop' }]) };
};

const guardrails = random => ({ output: text(random, 3), context: random.pick([{}, { guardrails: { flagged: true } }, { guardrails: { flagged: false } }, { guardrails: { flagged: true, flaggedInput: true, reason: 'because' } }, { guardrails: { flagged: true, flaggedOutput: true } }, { guardrails: {} },
  { metadata: { redteamHistory: [{ guardrails: { flagged: false } }, { guardrails: { flagged: true } }] } }, { guardrails: { flaggedInput: true } }]), ...(random.often(0.15) && { config: { purpose: 'redteam' } }) });

export default { 'latency': latency, 'cost': cost, 'perplexity': perplexity([1, 1.5, 2, 2.5, 4, 10, 0]), 'perplexity-score': perplexity([0, 0.1, 0.25, 0.3, 0.4, 0.45, 0.5, 0.9]), 'finish-reason': finishReason, 'guardrails': guardrails };
