// Checks tests/data/assertions/prpm/cases.jsonl against JavaScript itself: the PRPM rules in a few lines of the language
// they were written for. Prints each case whose recorded verdict differs; exits 1 when there is one. The C++ tests read the
// same file, so a case that both agree on has the meaning it claims.
//
//   node scripts/dev/check-prpm-cases.mjs
import fs from 'node:fs';

const kernels = {
  'contains': (a, v) => a.toLowerCase().includes(String(v).toLowerCase()),
  'not-contains': (a, v) => !a.toLowerCase().includes(String(v).toLowerCase()),
  'equals': (a, v) => a.trim() === String(v).trim(),
  'regex': (a, v) => new RegExp(v).test(a),
  'length-greater-than': (a, v) => a.length > v,
  'length-less-than': (a, v) => a.length < v,
  'is-json': a => { try { JSON.parse(a); return true; } catch { return false; } },
};

let wrong = 0, checked = 0;
const file = new URL('../../tests/data/assertions/prpm/cases.jsonl', import.meta.url);
for (const line of fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
  const row = JSON.parse(line);
  if (row.refused) continue;
  ++checked;
  const answer = row.answer_hex === undefined ? row.answer : new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(row.answer_hex, 'hex'));
  let list = row.assertions ?? [];
  if (list.length === 0 && row.expected_output) list = [{ type: 'contains', value: row.expected_output }];
  const passed = list.map(a => kernels[a.type ?? 'contains'](answer, a.value));
  const verdict = passed.length === 0 ? 'unchecked' : passed.every(Boolean) ? 'pass' : 'fail';
  const score = passed.length === 0 ? 1 : passed.filter(Boolean).length / passed.length;
  if (verdict !== row.verdict || Math.abs(score - row.score) > 1e-12 || JSON.stringify(passed) !== JSON.stringify(row.passed)) {
    ++wrong;
    console.log(`${row.about}: JavaScript says ${verdict} ${JSON.stringify(passed)}, recorded ${row.verdict} ${JSON.stringify(row.passed)}`);
  }
}
console.log(`${checked} checked, ${wrong} differ`);
process.exit(wrong ? 1 : 0);
