// Writes tests/data/assertions/strict_shared.jsonl: recorded answers of promptfoo that the strict dialect shares, type by
// type, so that each type has strict cases whose verdict is not ours. Left out is where strict means something else on
// purpose: values and texts of odd kinds, which it refuses, `not-` where promptfoo ignores it, and its known faults.
//
//   node strict_shared.mjs [CASES]       of a type, 25 by default
import fs from 'node:fs';

const folder = new URL('../data/assertions/', import.meta.url), most = Number(process.argv[2] ?? 25);
const turned = /^(is-valid-.*|trace-.*|tool-call-f1|perplexity.*|trajectory:tool-used|skill-used|regex|meteor|is-sql|contains-sql|assert-set)$/;
const shared = line => {
  const [a] = line.assertions, base = a?.type?.replace(/^not-/, ''), text = JSON.stringify(line);
  if (line.assertions.length !== 1 || line.expected.raised || line.differs || /\{[{%#]|\\ud[89a-f]/i.test(text)) return false;
  if (a.type !== base && turned.test(base)) return false;
  if (base === 'is-refusal' && (typeof line.output !== 'string' || line.output.trim() === '')) return false;
  if (['null', '[]', '{}', '""', '0', 'false', 'true'].includes(JSON.stringify(a.value ?? 'x'))) return false;
  if (base.startsWith('perplexity') && a.threshold === undefined) return false;
  if (base === 'regex') try { new RegExp(a.value); } catch { return false; }
  if (/contains-(any|all)/.test(base) && !(Array.isArray(a.value) ? a.value.every(each => typeof each === 'string' && each) : /[^\s,]/.test(a.value))) return false;
  if (base === 'contains-json') return a.value === undefined && !line.output.includes('[') && holdsJson(line.output) === (line.expected.pass !== a.type.startsWith('not-'));
  if (/sql/.test(base) && Array.isArray(a.value)) return false;
  if (/xml/.test(base) && typeof a.value === 'number') return false;
  return !/"weight":-|"assert":\[\]|"(min|max)":(null|")|1e999/.test(text);
};

// Strict finds JSON where JSON is, not where a lenient reader of YAML sees some.
function holdsJson(text) {
  for (let from = text.indexOf('{'); from >= 0; from = text.indexOf('{', from + 1))
    for (let to = text.indexOf('}', from); to >= 0; to = text.indexOf('}', to + 1)) try { JSON.parse(text.slice(from, to + 1)); return true; } catch { /* not this piece */ }
  return false;
}

const lines = [];
for (const name of fs.readdirSync(folder).filter(each => each.startsWith('promptfoo_')).sort()) {
  const recorded = fs.readFileSync(new URL(name, folder), 'utf8').split('\n').filter(Boolean).map(JSON.parse).filter(shared);
  for (const { vars, ...line } of recorded.slice(0, most)) lines.push(JSON.stringify({ ...line, id: line.id.replace('/recorded/', '/strict/'), dialect: 'strict' }));
}
fs.writeFileSync(new URL('strict_shared.jsonl', folder), lines.join('\n') + '\n');
console.log(`${lines.length} cases`);
