// Cases of the text types.
import { lineOf, mutate, mutateMany, piece, plainText, text, word, wrongKinds } from '../random.mjs';

const caseOf = (random, from) => random.pick([from, from.toLowerCase(), from.toUpperCase(), mutate(random, from)]);

function equals(random) {
  const json = random.pick([{ a: 1 }, { a: 1, b: [1, 2] }, [1, 2, 3], [], {}, { b: [1, 2], a: 1.0 }, [0], [-0], null, { 'é': '😀' }, { a: { b: { c: null } } }, [1e21], [0.1], ['1']]);
  const scalar = random.pick([4, 0.1, 1e21, -0, 1e-7, 123456789012345680000, true, false, 5e-324, 100]);
  return random.pick([
    () => { const output = text(random); return { output, value: output }; },
    () => { const output = text(random); return { output, value: random.pick([output, mutate(random, output), output + ' ', output.normalize('NFD')]) }; },
    () => ({ output: random.pick([JSON.stringify(json), JSON.stringify(json, null, 2), ' ' + JSON.stringify(json) + '\n', '\ufeff' + JSON.stringify(json), '[1, 2,3]', '{"b":[1,2],"a":1.0}', '{"a":1,"a":2}', '[-0]', 'x']), value: json }),
    () => ({ output: random.pick([json, JSON.stringify(json)]), value: random.pick([json, JSON.stringify(json)]) }),
    () => ({ output: random.pick([String(scalar), String(scalar) + '.0', String(scalar), scalar]), value: random.pick([scalar, String(scalar)]) }),
    () => ({ output: random.pick(['undefined', 'null', '', 'a']), value: random.pick([undefined, null, '', 'a']) }),
  ])();
}

const containing = ignoresCase => random => {
  const output = text(random);
  if (random.often(0.06)) return { output, value: random.pick(wrongKinds) };
  if (random.often(0.08)) { const number = random.pick([0, 42, 3.14, 1e21, -7, 100]); return { output: output + (random.often(0.5) ? ' ' + number : ''), value: number }; }
  const part = piece(random, output);
  return { output, value: random.pick([part, part, ignoresCase ? caseOf(random, part) : part, mutate(random, part), word(random), caseOf(random, part)]) };
};

// A list in the form of text: sometimes quoted, sometimes badly.
function asList(random, parts) {
  const quoted = part => '"' + part.replace(/\\/g, '\\\\').replace(/"/g, random.often(0.5) ? '""' : '\\"') + '"';
  const fields = parts.map(part => (random.often(0.3) || /[",]/.test(part) ? quoted(part) : part));
  const list = fields.join(random.pick([',', ', ', ' , ', ',,']));
  return random.pick([list, list, list, list, list + ',', ' ' + list + ' ', ',' + list, list + ' "x', '"a" b,' + list, '"' + list, ',', ' , ,']);
}

const containingMany = (all, ignoresCase) => random => {
  const output = text(random);
  if (random.often(0.06)) return { output, value: random.pick(wrongKinds) };
  const hits = all ? random.pick([2, 3, 3, 3, 3]) : random.pick([0, 0, 1, 1]);
  const parts = Array.from({ length: 3 }, (_, at) => (at < hits ? (ignoresCase && random.often(0.6) ? caseOf(random, piece(random, output)) : piece(random, output)) : random.pick(['zebra', 'qqq', mutate(random, lineOf(random, 2))])));
  if (random.often(0.15)) parts.push(random.pick([null, 42, '', true, 0.5, 'the']));
  const list = random.shuffled(parts);
  return { output, value: random.often(0.6) ? list : asList(random, list.map(String)) };
};

function startsWith(random) {
  const output = text(random);
  if (random.often(0.06)) return { output, value: random.pick(wrongKinds) };
  const start = [...output].slice(0, random.between(1, 9)).join('');
  return { output, value: random.pick([start, start, start, start + 'x', mutate(random, start), caseOf(random, start), [...output.trim()].slice(0, 4).join('')]) };
}

const patterns = ['^\\w+', '\\d+', '[A-Z][a-z]+', 'cat|dog', '^.*$', '^[^\\n]+$', '(the|a) \\w+', '\\bParis\\b', 'é', '^$', '\\s$', '😀', '^.{5,20}$', '[\\u00e0-\\u00ff]', '\\$\\d', 'a{3}', '(?:hello|world) (?:hello|world)', '\\.$', '\\u2028', '[^\\x00-\\x7f]',
  '(a+)+$', 'x*', '(?=the)', '(?!a)b', '(\\w)\\1', '(?<=the )\\w', '\\p{L}', '[', '(', '*a', 'a**', '(?<n>a)\\k<n>', '\\1', 'a{,3}', '{', ']', '\\_', '(?i)a', 'a{2,1}', '\\cA', '[b-a]', '\\', '(?<!not )is'];

function regex(random) {
  const output = text(random);
  if (random.often(0.05)) return { output, value: random.pick(wrongKinds) };
  const literal = piece(random, output).replace(/[\\^$.*+?()[\]{}|\/]/g, '\\$&');
  return { output, value: random.pick([random.pick(patterns), random.pick(patterns), literal, '^' + literal, literal + '$', '\\b' + literal + '\\b']) };
}

function levenshtein(random) {
  const output = text(random, 6);
  if (random.often(0.06)) return { output, value: random.pick(wrongKinds) };
  const value = mutateMany(random, output, random.below(9));
  return { output, value, ...(random.often(0.6) && { threshold: random.pick([0, 1, 2, 3, 4, 5, 6, 10, 2.5, -1, '3']) }) };
}

function wordCount(random) {
  const output = text(random, 8), count = output.trim().split(/\s+/).filter(Boolean).length;
  const near = () => count + random.pick([-2, -1, 0, 0, 0, 0, 1, 2]);
  const value = random.pick([near, near, () => String(near()), () => ({ min: near(), max: near() + 2 }), () => ({ min: near() }), () => ({ max: near() }), () => ({ min: 0, max: 30 }),
    () => random.pick(['', ' 3 ', '0x3', '3.0', 'three', '1e1', { min: 5, max: 1 }, {}, { min: null }, { max: '4' }, { min: '1', max: 9 }, [3], true, null, undefined, 2.5])])();
  return { output, value };
}

const refusals = ['I am sorry', "I'm sorry, but", 'I cannot', 'As an AI language model', "I can't assist with that", 'I’m unable to help', 'I won′t provide', 'It is illegal', 'Sorry', 'That would not be appropriate', 'not ethical', 'cannot comply', 'I do not answer',
  'sorry', 'My apologies', 'I want to be direct with you', 'the generated text has been blocked by our content filters', 'I AIM TO AVOID', 'If you have any other non-malicious requests'];

function isRefusal(random) {
  const phrase = random.pick(refusals), rest = plainText(random, random.between(1, 6));
  const output = random.pick([() => phrase + ' ' + rest, () => rest + ' ' + phrase + '.', () => '  ' + phrase.toUpperCase() + '! ' + rest, () => rest + phrase, () => phrase + 's ' + rest, () => mutate(random, phrase) + ' ' + rest,
    () => text(random), () => text(random), () => rest, () => random.pick(['', ' \n ', '\ufeff', { a: 1 }, ['I cannot'], 5, true, 'SORRY', 'İ cannot'])])();
  return { output };
}

export default {
  'equals': equals, 'contains': containing(false), 'icontains': containing(true), 'contains-any': containingMany(false, false), 'contains-all': containingMany(true, false),
  'icontains-any': containingMany(false, true), 'icontains-all': containingMany(true, true), 'starts-with': startsWith, 'regex': regex, 'levenshtein': levenshtein, 'word-count': wordCount, 'is-refusal': isRefusal,
};
