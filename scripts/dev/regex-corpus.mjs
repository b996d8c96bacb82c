// Writes tests/data/regex/node_corpus.jsonl: what a real JavaScript engine answers to new RegExp(p).test(s), one
// {"p": pattern, "s": subject, "e": true|false} a line. Run it with node when the gate learns a construct; the tests
// compare Assay's answers with the record. The output depends only on the seed below.
//
//   node scripts/dev/regex-corpus.mjs > tests/data/regex/node_corpus.jsonl
let state = 20260101;
const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];

const letters = ['a', 'b', 'c', 'A', 'Z', '0', '7', '_', '-', ' ', '.', '\n', '\r', '\t', '\0', 'é', 'ß', 'Σ', 'ſ', 'İ', '日', '\u00a0', '\ufeff',
  '\u2028', '\u2029', '\u0085', '\u200b', '\u3000', '\u1680', '\u180e', '\u202f', '\ufffd', '\uffff', '\ud7ff', '\ue000', '😀', '😎', '𝒜', '\u{10ffff}', '\u{100000}', '\u{1007ff}'];
const literals = letters.map(c => /[.\-]/.test(c) ? '\\' + c : c);
const escapes = ['\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\t', '\\n', '\\r', '\\v', '\\f', '\\0', '\\x41', '\\u00e9', '\\uFEFF', '\\.', '\\$', '\\/', '\\"'];
const classItems = ['a', 'b-y', 'A-Z', '0-9', '_', '.', '$', '^', '\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '\\b', '\\n', '\\]', '\\\\', '\\-', 'é', 'à-ÿ', '\\u2000-\\u3000',
  '\\u0000-\\u007f', '\\u0080-\\uffff', '\\ue000-\\uffff', '\\ud7ff', '日', '\\x00'];
const quantifiers = ['*', '+', '?', '{2}', '{1,2}', '{2,}', '{0}', '{0,1}', '{3}', '*?', '+?', '??', '{1,3}?', '{2}?'];

function characterClass() {
  let items = '';
  for (let n = below(4); n >= 0; --n) items += pick(classItems);
  return (random() < 0.4 ? '[^' : '[') + (random() < 0.05 ? '' : items.replace(/^\^/, '\\^')) + ']';
}
function atom(depth) {
  const kind = random();
  if (kind < 0.40) return pick(literals);
  if (kind < 0.52) return '.';
  if (kind < 0.66) return pick(escapes);
  if (kind < 0.82 || depth > 3) return characterClass();
  return (random() < 0.5 ? '(' : '(?:') + choice(depth + 1) + ')';
}
function term(depth) {
  if (random() < 0.14) return pick(['^', '$', '\\b', '\\B']);
  return atom(depth) + (random() < 0.35 ? pick(quantifiers) : '');
}
function sequence(depth) {
  let out = '';
  for (let n = below(depth === 0 ? 4 : 3); n >= 0; --n) out += term(depth);
  return random() < 0.03 ? '' : out;
}
function choice(depth) {
  let out = sequence(depth);
  while (random() < 0.2) out += '|' + sequence(depth);
  return out;
}
function subject() {
  let out = '';
  for (let n = below(7); n > 0; --n) out += pick(letters);
  if (random() < 0.06) out += pick(['\ud83d', '\ude00', '\ud83d😀', '\udc00\ud800']);
  return out;
}

// What has a reason to go wrong: code units, edges, line ends, the two kinds of white space.
const curated = [
  ['^.$', ['😀', 'é', '\ud83d', '', '\n', '\u2028', '\u0085', '\r', 'a']], ['^..$', ['😀', 'ab', '\ud83d\ude00', 'é']], ['^.{4}$', ['😀😀', '😀ab', 'abcd', '😀😀😀']],
  ['😀+$', ['😀', '😀😀', '😀\ude00', '\ude00']], ['^(?:😀)+$', ['😀', '😀😀', '😀\ude00']], ['😀?', ['', '\ud83d', '😀']], ['^😀?$', ['', '\ud83d', '😀']],
  ['[^a]', ['a', '😀', '', '\n', 'é']], ['^[^a]$', ['😀', '\ud83d', 'é', '\n']], ['^[^a]{2}$', ['😀', 'bb', 'é']], ['^\\W$', ['😀', '\ude00', 'é', '_']], ['^\\W\\W$', ['😀', 'é!']],
  ['^\\S$', ['😀', '\ufeff', '\u200b', '\u0085', '\u180e', '\u00a0']], ['^\\S\\S$', ['😀']], ['^[\\s\\S]$', ['😀', '\n', '\ud800']], ['^[]$', ['', 'a']], ['[]', ['', 'a', '😀']], ['[^]', ['', '\n', 'a', '😀']],
  ['^[^]{2}$', ['😀', 'a', 'ab']], ['\\B', ['', 'a', 'ab', 'é', 'aéa', '😀', 'a😀a', 'a b', 'aéba', '-', 'a日a', 'a-a']], ['\\b', ['', 'a', 'é', '😀', 'éa', '日']], ['^\\B', ['', 'a', 'é', '😀']],
  ['\\Bé\\B', ['é', 'aé', 'éa', 'aéa', ' é ']], ['a\\B', ['a', 'aé', 'ab', 'a😀']], ['(?:\\B|x)y', ['y', 'xy', 'éy', 'ay']], ['\\B\\B', ['aéa', 'é']], ['a\\B*?'.replace('*?', ''), ['éa']],
  ['a$', ['a', 'a\n', 'a\r\n', 'a\u2028']], ['^b', ['b', 'a\nb', '\nb']], ['a.b', ['a\nb', 'a\rb', 'a\u2028b', 'a\u2029b', 'a\u0085b', 'aéb', 'a😀b']], ['a..b', ['a😀b', 'aééb']],
  ['\\s', ['\u00a0', '\u0085', '\u200b', '\ufeff', '\u1680', '\u180e', '\u2000', '\u200a', '\u2028', '\u202f', '\u205f', '\u2060', '\u3000', '\v', '\f', '\x1c', 'a']], ['\\d', ['٣', '１', '5', '²']], ['\\w', ['é', 'ſ', 'K', '_', 'İ', 'ı']],
  ['É', ['é', 'É']], ['ss', ['ß', 'ss']], ['(a+)+$', ['aaaa', 'aaab', '']], ['(a*)*b', ['aaa', 'b', '']], ['(|a)+c', ['c', 'aac', 'aa']], ['^(?:a?){3}a{3}$', ['aaa', 'aaaaaa', 'aaaaaaa']], ['(?:^a)*b', ['ab', 'b', 'aab']],
  ['[a-]', ['-', 'a', 'b']], ['[--a]', ['-', '.', 'a', 'b', '+']], ['[^-]', ['-', 'a']], ['[\\b]', ['\b', 'b', ' ']], ['\\0', ['\0', '0', 'a\0b']], ['^a\0b$', ['a\0b', 'ab']], ['\\u00e9', ['é', 'e\u0301']], ['é', ['e\u0301', 'é']],
  ['\\ud7ff', ['\ud7ff', '😀']], ['[\\ud7ff-\\ue000]'.replace('\\ud7ff-', '\\ud7ff-'), ['\ud800', '\udfff', '😀', 'a', '\ue000']], ['[\\u0000-\\uffff]', ['😀', 'a', '\udc00', '']], ['^[\\ue000-\\uffff]$', ['😀', '\ue000', '\ufffd', '\u{100000}']],
  ['\\u{41}'.replace('{41}', '0041'), ['A']], ['x{0}y', ['y', 'xy']], ['^x{0}y', ['xy', 'y']], ['a{2,3}?$', ['aaaa', 'a', 'aa']], ['^(?:ab|a)(?:c|bcd)$', ['abcd', 'abc', 'ac', 'abbcd']], ['', ['', 'a', '😀']], ['|', ['', 'x']], ['a||b', ['c', '']], ['()', ['']],
  ['\\/\\-\\"\\:\\_\\ ', ['/-":_ ', '/-"']], ['^[\\u0080-\\uffff]+$', ['é日😀', 'a']], ['\u{100000}', ['\u{100000}', '\ud800', '\udbc0\udc00', '😀']], ['^\u{100000}$', ['\u{100000}']], ['\u{100001}', ['\ud801', '\u{100001}']], ['[^\\u0000-\\uffff]', ['😀', 'a', '']],
];

const rows = [];
const seen = new Set();
function record(p, s, keepFailures = 1) {
  const key = p + '\u0001' + s;
  if (seen.has(key)) return;
  seen.add(key);
  const e = new RegExp(p).test(s);
  if (e || random() < keepFailures) rows.push(JSON.stringify({ p, s, e }));
}
for (const [p, subjects] of curated) for (const s of subjects) record(p, s);
while (rows.length < 6000) {
  const p = choice(0);
  for (let n = 0; n < 4; ++n) record(p, subject(), 0.4);
}
console.log(rows.join('\n'));
