// Writes tests/data/regex/node_wide_corpus.jsonl: what a real JavaScript engine answers to new RegExp(p, f).test(s) where
// looks, back references, names, flags and the syntax of old browsers stand, one {"p", "f", "s", "e"} a line. The tests
// compare Assay's answers with the record. The output depends only on the seed and the count.
//
// With V8 interpreting: what it compiles errs at times, (?<n1>ca(?=c)){2}\B finds nothing in "acacac".
//
//   node --regexp-interpret-all scripts/dev/regex-wide-corpus.mjs > tests/data/regex/node_wide_corpus.jsonl
//   node --regexp-interpret-all scripts/dev/regex-wide-corpus.mjs 7 50000      another seed, to look for disagreements
import { pathToFileURL } from 'node:url';

let state = 1;
const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];

// Each theme is a small alphabet, so that back references and looks have a chance to find something.
const themes = [
  { letters: ['a', 'b', 'c'], sets: ['[ab]', '[^a]', '\\w', '.', '[b-z]', '\\W'] },
  { letters: ['a', 'A', 'b', 'B', '1'], sets: ['[a-b]', '[^A]', '\\w', '\\d', '.', '[A-Z]', '\\D'] },
  { letters: ['a', '\n', '\r', '\u2028', 'b'], sets: ['.', '[^]', '\\s', '\\S', '[^\\n]', '\\w'] },
  { letters: ['k', 'K', '\u212a', 's', 'S', '\u017f', 'ß', 'ẞ'], sets: ['\\w', '\\W', '[^k]', '[\\w-]', '[^\\W]', '[j-l]', '[K-s]', '.', '[^\\w]', '[\u017f]'] },
  { letters: ['é', 'É', 'σ', 'ς', 'Σ', 'µ', 'μ', 'Μ', 'i', 'I', 'İ', 'ı', 'ŉ', 'ǆ', 'ǅ', 'Ǆ', 'å', 'Å', '\u212b', 'ῼ', 'ῳ', 'ﬅ', 'ﬆ', 'Ω', 'Ω', 'ω'], sets: ['[à-ÿ]', '[^é]', '\\w', '[α-ω]', '.', '[^σ]', '[\\u0100-\\uffff]', '[À-Þ]', '[ǅ]'] },
  { letters: ['😀', '😎', 'a', '𝒜', '𐐀', '𐐨', '\ud83d', '\ude00', '\udbff', '\udfff', '\u{10ffff}', '\ufffd'], sets: ['.', '[^a]', '[😀]', '[^😀]', '\\W', '\\S', '[\\ud800-\\udbff]', '[\\udc00-\\udfff]', '[^]', '[𐐀-𐐧]', '[\\ud83d]'] },
  { letters: ['"', "'", 'a', ' ', '-', '{', '}', ']', '\\', 'c'], sets: ['["\']', '[^"]', '\\s', '[\\s\\S]', '[{}]', '[\\]]', '.', '[\\\\]'] },
];
const quantifiers = ['*', '+', '?', '{2}', '{1,2}', '{2,}', '{0}', '{0,1}', '{0,2}', '{1}'];
const oldSyntax = ['{', '}', ']', 'a{', 'a{,2}', '{a}', 'a{1', '\\1', '\\2', '\\8', '\\9', '\\07', '\\08', '\\101', '\\141', '\\377', '\\400', '\\60', '\\cA', '\\ca', '\\c', '\\c1', '[\\c1]', '[\\c]',
  '[\\c_]', '[\\ca]', '\\a', '\\e', '\\g', '\\z', '\\k', '\\k<a>', '\\x', '\\x4', '\\u', '\\u{2}', '\\u00', '\\p{L}', '\\P', '\\é', '\\😀', '[\\1]', '[\\8]', '[\\B]', '[\\k]', '[\\d-z]', '[a-\\d]',
  '[\\w-\\d]', '[--\\d]', '[a-]', '[😀]', '[\\ud83d\\ude00]', '\\ud83d\\ude00', '\\ud83d', '\\-', '[\\-]', '\\_', '(?=a)*', '(?!a)+', '(?=a){2}', '(?!b)?', '\\u{61}', '\\u{1F600}', '[\\u{61}-\\u{63}]', '\\0', '\\012', '[\\012]', '\\/', '[/]', '\\cJ'];
const flagSets = ['', '', '', 'i', 'i', 'u', 'u', 'iu', 'iu', 'm', 's', 'ms', 'im', 'mu', 'su', 'gimsuyd', 'y', 'iy', 'g', 'ims', 'gm'];

function generator(theme, old) {
  let groups = 0, names = 0;
  const literal = () => pick(theme.letters).replace(/[\\{}\]\-]/, '\\$&').replace('\\-', '-');
  function atom(depth, behind) {
    const kind = random();
    if (old && kind < 0.18) return pick(oldSyntax);
    if (kind < 0.45) return literal();
    if (kind < 0.6) return pick(theme.sets);
    if (kind < 0.74 && (groups > 0 || random() < 0.2) && !behind) return names && random() < 0.4 ? `\\k<n${1 + below(names)}>` : '\\' + (1 + below(groups + (random() < 0.1 ? 2 : 0) || 1));
    if (depth > 3) return literal();
    if (random() < 0.45) {
      groups++;
      return '(' + choice(depth + 1, behind) + ')';
    }
    if (random() < 0.3) {
      groups++;
      return `(?<n${++names}>` + choice(depth + 1, behind) + ')';
    }
    return '(?:' + choice(depth + 1, behind) + ')';
  }
  function term(depth, behind) {
    const kind = random();
    if (kind < 0.1) return pick(['^', '$', '\\b', '\\B']);
    if (kind < 0.2 && depth < 3) return pick(['(?=', '(?!']) + choice(depth + 1, random() < 0.1 ? behind : false) + ')' + (old && random() < 0.1 ? pick(quantifiers) : '');
    if (kind < 0.26 && depth < 3) return pick(['(?<=', '(?<!']) + choice(depth + 1, true) + ')';
    const quantified = random() < (behind ? 0.15 : 0.35);
    return atom(depth, behind) + (quantified ? (behind ? pick(['{2}', '?', '{1,2}', '{0}', '*']) : pick(quantifiers)) + (random() < 0.2 ? '?' : '') : '');
  }
  function sequence(depth, behind) {
    let out = '';
    for (let n = below(depth === 0 ? 5 : 3); n >= 0; --n) out += term(depth, behind);
    return random() < 0.04 ? '' : out;
  }
  function choice(depth, behind) {
    let out = sequence(depth, behind);
    while (random() < 0.25) out += '|' + sequence(depth, behind);
    return out;
  }
  return choice(0, false);
}
function subject(theme) {
  let out = '';
  for (let n = below(9); n > 0; --n) out += random() < 0.25 && out ? out.slice(-1 - below(2)) : pick(theme.letters);
  return out.slice(0, 24);
}

// What has a reason to go wrong: captures in repetitions, cases, edges, lines.
const curated = [
  ['(?:(a)|b)*\\1', '', ['ab', 'aba', 'abb', 'b', '']], ['(?:(a)|(b))+\\1\\2', '', ['ab', 'abb', 'aba', 'bab']], ['(z)((a+)?(b+)?(c))*\\4', '', ['zaacbbbcac', 'zc']], ['(?:(a*))*\\1b', '', ['aaab', 'b', 'aab']], ['(a*)*\\1', '', ['b', 'aa']],
  ['(?=(a+))a*b\\1', '', ['baaabac', 'aba', 'abaa']], ['(?=(a+))', '', ['baaabac']], ['(.*?)a(?!(a+)b\\2c)\\2(.*)', '', ['baaabaac', 'aab']], ['\\1(a)', '', ['aa', 'a', '']], ['(a\\1)', '', ['a', 'aa']], ['(?:\\1(a)){2}', '', ['aa', 'aaa', 'a']], ['(?:(a)\\1)+$', '', ['aa', 'aaaa', 'aaa', 'ab']],
  ['(a)|b\\1', '', ['b', 'a', 'ba']], ['(?:(a)|b\\1c)+$', '', ['abc', 'abac', 'bc']], ['(?!(a))\\1b', '', ['b', 'ab']], ['(?<q>["\']).*?\\k<q>', '', ['say "x"', '"x\'', '\'\'']], ['\\k<a>(?<a>x)', '', ['x', 'xx']], ['(?<a>.)(?<b>.)\\k<b>\\k<a>', '', ['abba', 'abab', 'aaaa']],
  ['^(?!.*foo)', '', ['food', 'fo', '\nfoo', '']], ['^(?=.*\\d)(?=.*[a-z]).{4,}$', '', ['abc1', 'abcd', '1234', 'a1']], ['^((?!foo).)*$', '', ['a foo b', 'a fo b', '']], ['(?<=\\$)\\d+', '', ['$5', '5', '$']], ['(?<!\\$)\\b\\d+', '', ['$5', '5', '$55']], ['(?<=a|bc)d', '', ['ad', 'bcd', 'cd', 'd']],
  ['(?<=^|,)x', '', ['x', ',x', 'ax']], ['(?<=a{2,3}b?)c', '', ['aac', 'aaabc', 'ac', 'abc']], ['(?<=(?:ab|c)(?:d|ef))g', '', ['abdg', 'cefg', 'abefg', 'cdg', 'adg']], ['(?<!^)b', '', ['b', 'ab']], ['(?<=\\bfoo)bar', '', ['foobar', 'xfoobar', 'foo bar']],
  ['(?<=(?=ab)a)b', '', ['ab', 'b']], ['(?<=.)', 'u', ['😀', '', '\ud83d']], ['(?<!.)(?!.)', 'u', ['😀', '', 'a']], ['(?<=^.)$', 'u', ['😀', 'a', '😀😀']], ['(?<=^.)$', '', ['😀', 'a']], ['\\B', 'u', ['a😀a', '😀', 'a', '']], ['^[^x]$', 'u', ['😀', '\ud83d', '\ude00\ud83d', 'é']],
  ['\\ud83d', 'u', ['😀', '\ud83d', '\ud83dx', 'x\ud83d']], ['\\ude00', 'u', ['😀', '\ude00', 'x\ude00', '\ude00\ud83d']], ['\\ud83d', '', ['😀', '\ud83d']], ['^.$', 'u', ['😀', '\ud83d', '\n', 'ab']], ['^.$', 'su', ['😀', '\n', '\u2028']], ['[\\ud83d\\ude00]', 'u', ['😀', '\ud83d', '\ude00']], ['[\\ud83d\\ude00]', '', ['😀', '\ud83d', '\ude00']],
  ['^[😀-😎]$', 'u', ['😀', '😎', '😏', '\ud83d']], ['😀{2}', 'u', ['😀😀', '😀\ude00', '😀']], ['😀{2}', '', ['😀😀', '😀\ude00', '😀']], ['(.)\\1', 'u', ['😀😀', '😀😎', '\ud83d\ud83d\ude00']], ['(.)\\1', '', ['😀😀', '\ud83d\ud83d']], ['\\u{1F600}', 'u', ['😀']], ['^\\S$', 'u', ['😀', '\ufeff', '\ud83d']],
  ['[^\\ud800-\\udfff]', 'u', ['😀', '\ud83d', 'a']], ['[\\ud800-\\udfff]', 'u', ['😀', '\ud83d', 'a', 'a\ude00']], ['^[\\u{10000}-\\u{10ffff}]+$', 'u', ['😀\u{10ffff}', '😀a', '\ud83d']], ['^[\\ud7ff-\\u{10000}]$', 'u', ['\ud800', '\u{10000}', '\u{10001}', '\uffff']],
  ['s', 'i', ['ſ', 'S', 's']], ['s', 'iu', ['ſ', 'S', 's']], ['k', 'i', ['\u212a', 'K']], ['k', 'iu', ['\u212a', 'K']], ['\u017f', 'i', ['s', 'S', 'ſ']], ['\\w', 'i', ['ſ', '\u212a', 'é']], ['\\w', 'iu', ['ſ', '\u212a', 'é']], ['\\W', 'iu', ['ſ', '\u212a', 's', 'S', 'é']], ['[^\\W]', 'iu', ['ſ', '\u212a', 's', 'é']], ['[^\\w]', 'iu', ['ſ', 's', 'é']],
  ['\\b', 'iu', ['ſ', '\u212a', 'é', '']], ['\\B', 'iu', ['ſ', '\u212aa', 'é', '']], ['\\bs', 'iu', ['ſ', 'ſs', 'éſ']], ['\\bſ', 'i', ['ſ', 'aſ']], ['ß', 'i', ['ẞ', 'SS', 'ß']], ['ß', 'iu', ['ẞ', 'SS', 'ß']], ['σ', 'i', ['ς', 'Σ', 'σ']], ['σ', 'iu', ['ς', 'Σ', 'σ']], ['µ', 'i', ['μ', 'Μ', 'µ']], ['İ', 'i', ['i', 'İ', 'I', 'ı']], ['İ', 'iu', ['i', 'İ', 'I', 'ı']], ['ı', 'i', ['I', 'i', 'ı']], ['ı', 'iu', ['I', 'i', 'ı']],
  ['ǆ', 'i', ['Ǆ', 'ǅ']], ['å', 'i', ['Å', '\u212b']], ['å', 'iu', ['Å', '\u212b']], ['Ω', 'i', ['ω', 'Ω', '\u2126']], ['Ω', 'iu', ['ω', '\u2126']], ['𐐀', 'i', ['𐐨', '𐐀']], ['𐐀', 'iu', ['𐐨', '𐐀']], ['[𐐀-𐐅]', 'iu', ['𐐨', '𐐯']], ['ᾳ', 'i', ['ᾼ', 'ΑΙ']], ['ᾳ', 'iu', ['ᾼ']], ['ﬅ', 'i', ['ﬆ', 'ST']], ['ﬅ', 'iu', ['ﬆ', 'ST']], ['[^x]', 'i', ['X', 'x', 'y']], ['[^X-z]', 'i', ['x', 'Y', '[', 'a', '^']], ['[Z-a]', 'i', ['z', 'A', '_', 'b']], ['[_-`]', 'i', ['_', 'a']], ['ΐ', 'i', ['\u1fd3']], ['ΐ', 'iu', ['\u1fd3']],
  ['(\\w)\\1', 'i', ['aA', 'aB', 'kK', 's\u017f']], ['([a-j])\\1', 'iu', ['aA', 'Aa', 'ab']], ['(["\'])x\\1', 'i', ['"X"', '"x\'']], ['(.)\\1', 'i', ['aA', 'éÉ']], ['^a', 'm', ['b\na', 'b\ra', 'b\u2028a', 'ba', 'b\u0085a']], ['a$', 'm', ['a\nb', 'a\r\nb', 'a\u2029b', 'ab']], ['^$', 'm', ['\n', 'a\n\nb', 'a\nb', 'a', '', '\r\n']], ['^a$|^b', 'm', ['x\na\ny', 'x\nb', 'xa']], ['a^b', 'm', ['ab', 'a\nb']], ['a$\\n^b', 'm', ['a\nb', 'a\rb']], ['(?:^a$\\n?)+\\z'.replace('\\z', '$'), 'm', ['a\na', 'ab']],
  ['(^|x)a', 'm', ['\na', 'xa', 'ba']], ['^\\B', 'm', ['\n', 'a']], ['\\B$', 'm', ['a\n', '\n\n', '!\na']], ['^', 'm', ['']], ['^*'.replace('*', ''), 'my', ['\na']], ['a', 'y', ['a', 'ba']], ['^a', 'my', ['a', '\na']], ['a|^b', 'y', ['b', 'ab', 'cb']], ['.', 's', ['\n', '\u2028']], ['a.b', 's', ['a\nb', 'a\u2029b']], ['a.b', 'g', ['a\nb', 'axb']],
  ['^.{1,2000}$', '', ['', 'a', 'a'.repeat(2000), 'a'.repeat(2001)]], ['^[^]{0,3000}$', 'u', ['a'.repeat(3000), 'a'.repeat(3001)]], ['(?:ab){1200}', '', ['ab'.repeat(1200), 'ab'.repeat(1199)]], ['(?=a)*b', '', ['b', 'ab']], ['(?=a){2}b', '', ['b', 'ab']], ['(?!a)*a', '', ['a']], ['(?:(?=a))*b', '', ['b']], ['x{0}(a)\\1', '', ['aa', 'a']], ['(a){0}\\1b', '', ['b', 'ab']], ['(?=(a)){0}\\1b', '', ['b', 'ab']],
  ['(?:(a)?b\\1)', '', ['aba', 'b', 'ab', 'ba']], ['(a)?\\1b', '', ['aab', 'b', 'ab']], ['((a)|b)\\2', '', ['aa', 'b', 'a']], ['(?:(a)|b)\\1c', '', ['aac', 'bc', 'ac']], ['(?:(ab)|a)\\1b', '', ['abab', 'ab', 'a']], ['(a|ab)(?=(b|c))\\2', '', ['abc', 'ac', 'abb']], ['(?=(a|ab))\\1c', '', ['abc', 'ac']], ['(?=(a*?))\\1b', '', ['aab', 'b']], ['(?=(a+?)b)\\1', '', ['aab', 'b']], ['(a+)-(b+)-\\2-\\1', '', ['aa-b-b-aa', 'a-b-bb-a']],
  ['[Ss]|[Kk]', '', ['\u212a', '\u017f', 'k', 'S']], ['S|k', 'i', ['\u212a', '\u017f', 'K', 's']], ['(?=a)[ab]?a', '', ['ccacc', 'a', 'b']], ['(?<n1>ca(?=c)){2}\\B', '', ['acacac']], ['(?:(?:(a)\\1){0}b)+', '', ['b']], ['((?=(a)\\2)*b)\\1', '', ['bb', 'aabb']],
  ['\\c', '', ['\\c', 'c']], ['\\c*', '', ['\\', '\\cc']], ['[\\c]', '', ['\\', 'c', '\u0003']], ['[\\c-z]', '', ['\\', 'c', 'p', '-']], ['[\\c*]', '', ['*', '\\', '\n']], ['\\cM', '', ['\r']], ['[\\c0]', '', ['\u0010', '0']], ['\\8', '', ['8']], ['\\18', '', ['\u00018', '8']], ['(a)\\18', '', ['a\u00018', 'aa8']], ['(a)\\10', '', ['a\b', 'aa0']], ['\\377', '', ['ÿ']], ['\\400', '', ['\u00200']], ['\\u{3}', '', ['uuu', '\u0003']], ['\\x1', '', ['x1']],
  ['a{,5}', '', ['a{,5}', 'aaaaa']], ['a{', '', ['a{']], ['a{1', '', ['a{1', 'a']], ['{', '', ['{']], [']', '', [']']], ['}', '', ['}']], ['a{2}{', '', ['aa{']], ['\\k<a>', '', ['k<a>']], ['[\\w-a]', '', ['-', 'a', 'b', '!']], ['[+-\\d]', '', ['-', '+', '5', ',']], ['[\\d-\\w]', '', ['-', '!']],
];

/// Pattern, flags and subject of each case that JavaScript takes or refuses: the curated ones, then random ones.
export function* rows(seed, count) {
  state = seed;
  for (const [p, f, subjects] of curated) for (const s of subjects) yield { p, f, s };
  while (count > 0) {
    const theme = pick(themes), p = generator(theme, random() < 0.3), f = pick(flagSets);
    for (let n = 0; n < 5; ++n, --count) yield { p, f, s: subject(theme) };
  }
}

/// What ECMA-262 says. With the u flag V8 also begins in the middle of a character, where an empty match then fits; the
/// standard goes from character to character, so there every place is asked on its own. Undefined: not a pattern.
export function answer({ p, f, s }) {
  let regex;
  try {
    regex = new RegExp(p, f);
  } catch {
    return undefined;
  }
  if (!f.includes('u')) return regex.test(s);
  regex = new RegExp(p, f.replace(/[gy]/g, '') + 'y');
  for (let at = 0; at <= s.length; at += s.codePointAt(at) > 0xffff ? 2 : 1) {
    regex.lastIndex = at;
    if (regex.test(s)) return true;
    if (f.includes('y')) return false;
  }
  return false;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const seen = new Set();
  for (const { p, f, s } of rows(+(process.argv[2] ?? 20261121), +(process.argv[3] ?? 9000))) {
    const key = JSON.stringify([p, f, s]);
    if (seen.has(key)) continue;
    seen.add(key);
    const e = answer({ p, f, s });
    if (e !== undefined) console.log(JSON.stringify({ p, f, s, e }));
  }
}
