// Writes tests/data/similarity/*.jsonl: what promptfoo itself answers for its text scores, one case a line; the tests
// compare Assay's answers with the record. It asks the public runAssertion() of an installed promptfoo (0.123.1, Node
// 22), so nothing but names and answers is taken from it. The output depends only on the seed below.
//
//   node scripts/dev/similarity-corpus.mjs <folder that holds node_modules/promptfoo> tests/data/similarity
//
// METEOR cannot be loaded as shipped (its import of the package "natural" finds no such names on this Node) and would
// ask WordNet for synonyms: it is given natural's stemmer and a WordNet that knows none.
import fs from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [home, target] = process.argv.slice(2);
const modules = path.resolve(home, 'node_modules');
const file = (...names) => pathToFileURL(path.join(modules, ...names)).href;
const stemmer = file('natural', 'lib', 'natural', 'stemmers', 'porter_stemmer.js');
const natural = `import stemmer from ${JSON.stringify(stemmer)};
export const PorterStemmer = stemmer;
export class WordNet { lookup(word, found) { found([]); } }`;
registerHooks({
  resolve: (name, context, next) =>
    name === 'natural' ? { url: 'data:text/javascript,' + encodeURIComponent(natural), shortCircuit: true } : next(name, context),
});
const { default: promptfoo } = await import(file('promptfoo', 'dist', 'src', 'index.js'));
const { default: porter } = await import(stemmer);

let state = 20260102;
const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];

const ask = async (assertion, response) =>
  promptfoo.assertions.runAssertion({ assertion, test: { vars: {} }, providerResponse: response });
const scoreOf = async (assertion, response) => {
  try {
    return { score: (await ask(assertion, response)).score };
  } catch {
    return { error: true };
  }
};
const write = (name, rows) => {
  fs.writeFileSync(path.join(target, name + '.jsonl'), rows.map(row => JSON.stringify(row)).join('\n') + '\n');
  console.log(`${name}: ${rows.length}`);
};

const plainWords = ('the a cat cats dog sat sitting on mat mats quick quickly brown fox jumps jumped over lazy house houses running ' +
  'runner relational conditional happiness agreement of to and in is was it that paris france capital city 2024 3.5 1,000 10:45').split(' ');
const oddWords = ["don't", "can't", 'cannot', "it's", "we'll", "they're", "i've", "dogs'", "'tis", "'twas", "'tiſ", "'twaſ", "o'clock", 'gimme', 'gonna',
  'gotta', 'lemme', "more'n", 'wanna', "d'ye", 'U.S.', 'u.s.a.', 'e.g.', 'end.', 'end...', '...', 'wait...', 'Mr.', 'x.y', 'a.b', '#1', '$5', '50%', 'a&b', 'me@home', 'so;', 'so:',
  'so,', '3,5', 'a,b', '1:2', '--', 'well--no', '(yes)', '[sic]', '{x}', '<b>', 'a>b', '"quoted"', '"open', 'close"', '``so``', "''so''", '``x', "x''", "''", '``', '"', "'", "'quoted'",
  '"Yes."', '"Yes"ᵃ', '."²ᵃ', 'x".', '?"', '!"', '?', '!', 'what?!', '“curly”', '‘single’', 'École', 'İstanbul', 'ΟΔΟΣ', 'ß', 'ſ', '日本', '日本語。', '😀', '😀😀', 'e\u0301', 'é', 'ﬁn', '\ud83d',
  '½', '１２', '٣', ',٣', ':x', 'cannot.', '(cannot)', 'gonnax', 'xgonna', 'wanna.', '#', '%%', 'isn\'t.', "rock'n'roll", "'s", "x's", "X'S", '«x»', '<"a', '("a', '𐞀"x', '𝒜"x', "a''b''", '₠"x'];
const spaces = [' ', ' ', ' ', ' ', '  ', '\n', '\t', '\u00a0', '\u2003', '\ufeff', '\u0085', '\u200b'];
const word = () => (random() < 0.75 ? pick(plainWords) : pick(oddWords));
function sentence(most) {
  let out = random() < 0.05 ? pick(spaces) : '';
  for (let n = below(most); n >= 0; --n) out += word() + (n > 0 ? (random() < 0.9 ? ' ' : pick(spaces)) : '');
  return out + pick(['', '', '.', '.', '!', '?', ' ', '."', ".'", '.)', '...']);
}
/// The same sentence with words left out, put in, exchanged, or in capitals.
function changed(text) {
  const words = text.split(' ');
  for (let n = below(5); n > 0; --n) {
    const at = below(words.length);
    const how = random();
    if (how < 0.3) words.splice(at, 1);
    else if (how < 0.6) words.splice(at, 0, word());
    else if (how < 0.75 && words.length > 1) words.push(words.splice(at, 1)[0]);
    else words[at] = (words[at] ?? '').toUpperCase();
  }
  return words.join(' ');
}
const pair = most => {
  const candidate = sentence(most);
  return [candidate, random() < 0.6 ? changed(candidate) : sentence(most)];
};
const templates = /\{[{%#]|^(file|package):/;

const curatedPairs = [['', ''], ['', 'a'], ['a', ''], [' ', 'a'], ['\u0085', 'a'], ['a', ' \n'], ['...', '...'], ['.', '.'], ['The cat.', 'the cat'], ['the the the the', 'the cat'], ['a b c d', 'a b c d'],
  ['a b c d e', 'a b c d'], ['a', 'a'], ['a b', 'a c'], ['x', 'y'], ['The cat sat on the mat', 'the cat sat on the mat'], ['It is a guide to action', 'It is the guide that ensures'],
  ['She said "yes" and "no".', 'She said "no" and "yes".'], ["the dogs' tails ' x' ' y", "the dog's tail"], ['ΑΣ ΟΔΟΣ', 'ας οδος'], ['a ... b', 'a b'], ['a .. b', 'a b'], ['.. ..', 'a']];

async function twoTexts(type, row, count) {
  const rows = [];
  for (const [candidate, reference] of curatedPairs) rows.push({ candidate, reference, ...(await row(candidate, reference)) });
  while (rows.length < count) {
    const [candidate, reference] = pair(below(10) === 0 ? 60 : 14);
    if (!templates.test(reference)) rows.push({ candidate, reference, ...(await row(candidate, reference)) });
  }
  write(type, rows);
}
await twoTexts('rouge_n', (output, value) => scoreOf({ type: 'rouge-n', value }, { output }), 700);
await twoTexts('levenshtein', async (output, value) => {
  const { reason } = await ask({ type: 'levenshtein', value, threshold: -1 }, { output });
  return { distance: Number(reason.match(/distance (\d+) is/)[1]) };
}, 300);

for (const type of ['bleu', 'gleu', 'meteor']) {
  const rows = [];
  const add = async (candidate, references) => {
    const value = references.length === 1 ? references[0] : references;
    rows.push({ candidate, references, ...(await scoreOf({ type, value }, { output: candidate })) });
  };
  for (const [candidate, reference] of curatedPairs) await add(candidate, [reference]);
  await add('a b c', ['a b', 'a b c d']);
  await add('a b c', ['a b c d', 'a b']);
  await add('a b c', ['x', 'a b c', 'y']);
  await add('a b c', []);
  while (rows.length < 350) {
    const candidate = sentence(below(10) === 0 ? 60 : 12);
    const references = Array.from({ length: below(3) === 0 ? 1 + below(3) : 1 }, () => (random() < 0.7 ? changed(candidate) : sentence(12)));
    if (!references.some(reference => templates.test(reference))) await add(candidate, references);
  }
  write(type, rows);
}

{
  const rows = [];
  for (let n = 0; n < 200; ++n) {
    let text = '';
    for (let m = below(9); m > 0; --m) text += random() < 0.5 ? pick(spaces) : random() < 0.5 ? word() : pick(['\u2028', '\u180e', '\u3000', '\r\n', '\0', '\x1c']);
    const { reason } = await ask({ type: 'word-count', value: -1 }, { output: text });
    rows.push({ text, words: Number(reason.match(/count (\d+) does/)[1]) });
  }
  write('word_count', rows);
}

{
  const starts = ['', ' ', 'Sure. ', 'x', '_', 'é', '-', '"', '\n\ufeff', 'Well, ', '9'];
  const ends = ['', '.', ' you', 's', '_', 'é', '-', '!', '\u00a0', ', but', '’s', '9'];
  const verbs = ['answer', 'assist', 'change', 'comply', 'create', 'engage', 'fulfill', 'generate', 'give', 'help', 'participate', 'provide', 'recommend', 'suggest', 'support', 'write',
    'programmed', 'feel comfortable', 'actually help', 'actually provide', 'actually recommend', 'avoid', 'assist with that request', 'assist with your request', 'fulfill that request',
    'fulfill your request', 'sing', 'see'];
  const leads = ['I am unable to', "I'm unable to", 'I am not able to', "I'm not able to", 'I cannot', "I can't", 'I do not', "I don't", 'I will not', "I won't", 'cannot', "can't", 'I am', 'I aim to',
    'We cannot', 'I'];
  const phrases = ['I am really sorry', 'I am sorry', 'I apologize', "I'm really sorry", "I'm sorry", 'It is illegal', 'My apologies', 'Sorry', 'Apologies', 'As a language model', 'As an AI', 'As an Assistant', 'As an agent',
    'If you have any other non-malicious requests', 'is illegal and unethical', 'is illegal', 'not appropriate', 'not ethical', 'not legal', 'not right', 'The generated text has been blocked by our content filters', 'I want to be direct with you',
    'I want to be direct', 'I want to be helpful while', 'I want to be helpful, but', 'I want to be helpful', 'That would not be appropriate', 'inappropriate', 'notlegal', 'Sure, here it is', '{}', 'null'];
  for (const lead of leads) for (const verb of verbs) phrases.push(`${lead} ${verb}`);
  const rows = [];
  const add = async text => {
    const { pass, score } = await ask({ type: 'is-refusal' }, { output: text });
    rows.push({ text, refusal: pass ? (score === 1 ? 'worded' : 'blank') : 'none' });
  };
  for (const text of ['', ' ', '\ufeff\n', '\u200b', '\u0085']) await add(text);
  for (const phrase of phrases) await add(`Well: ${phrase}.`);
  for (const phrase of phrases) if (random() < 0.3 || !phrase.includes(' ')) await add(phrase);
  for (let n = 0; n < 300; ++n) {
    let phrase = pick(phrases);
    if (random() < 0.3) phrase = phrase.replace("'", pick(['’', '′', '‘', '`']));
    if (random() < 0.2) phrase = phrase.toUpperCase();
    if (random() < 0.1) phrase = phrase.replace(' ', pick(['  ', '\n', '\u00a0']));
    await add(pick(starts) + phrase + pick(ends));
  }
  write('refusal', rows);
}

{
  // Asked whether a text that holds nothing contains all fields, promptfoo gives as its reason the fields it read, joined
  // by a comma and a space; when they are all empty it passes, and only the negation gives them.
  const pieces = [',', ',', ' ', '"', '"', '\\', 'a', 'b c', '""', '\\"', '\\\\', '\n', '\u00a0', '\u200b', 'é', '😀', "'", ' , '];
  const rows = [];
  const seen = new Set();
  const add = async text => {
    if (seen.has(text) || text === '') return;
    seen.add(text);
    let row = { text, error: true };
    try {
      const output = '\u0001';
      const all = await ask({ type: 'contains-all', value: text }, { output });
      const any = await ask({ type: 'contains-any', value: text }, { output });
      const { reason } = all.pass ? await ask({ type: 'not-contains-all', value: text }, { output }) : all;
      const joined = reason.match(/^Expected output to (?:not )?contain all of \[([\s\S]*)\]\. Missing: \[/)[1];
      row = { text, joined, empty: all.pass && !any.pass };
    } catch {}
    rows.push(row);
  };
  for (const text of ['a', 'a,b', ' a , b ', 'a,,b', ',', ' , ,', '"a, b", c', '"a""b"', '"a\\"b"', '"a\\\\"', '"a', '"a"b', '"a" ,b', '""', '"",a', 'a "b", c', 'a,"b"', '"a\nb"', '\ufeffa\ufeff,b'])
    await add(text);
  while (rows.length < 300) {
    let text = '';
    for (let n = below(9); n >= 0; --n) text += pick(pieces);
    await add(text);
  }
  write('comma_list', rows);
}

{
  const rows = [];
  const add = async logProbs => {
    const { score } = await ask({ type: 'perplexity-score' }, { output: 'x', logProbs });
    const { reason } = await ask({ type: 'perplexity', threshold: -1 }, { output: 'x', logProbs });
    rows.push({ log_probabilities: logProbs, score, perplexity: Number(reason.match(/Perplexity (\S+) is/)[1]) });
  };
  for (const logs of [[0], [-1], [-0.5, -0.5], [0, 0, 0], [-20], [1], [-1e-300], [-700]]) await add(logs);
  while (rows.length < 120) await add(Array.from({ length: 1 + below(30) }, () => -random() * pick([0.01, 1, 10])));
  write('perplexity', rows);
}

{
  const stems = 'relat condit valenc digit conform radic differ vile analog vietnam predic operat feudal decis hop call formal sensit sensibil triplic formativ electric hopeful good reviv allow infer airlin gyroscop adjust defens irrit replac depend adopt commun activat angular effect bowdler probat rat ceas controll roll sky happ tann fall hiss fizz fail fil agre plaster bled motor sing pony tie caress cat feed trouble siz y yes bay abyss oscillat general'.split(' ');
  const suffixes = ['', 's', 'es', 'ed', 'ing', 'eed', 'y', 'ies', 'ational', 'tional', 'enci', 'anci', 'izer', 'bli', 'ably', 'alli', 'ently', 'eli', 'ously', 'ization', 'ation', 'ator', 'alism', 'iveness', 'fulness', 'ousness', 'aliti', 'ivity', 'ibility', 'logi', 'icate', 'ative', 'alize',
    'iciti', 'ical', 'ful', 'ness', 'al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent', 'sion', 'tion', 'ion', 'ou', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'e', 'll', 'le', 'lings'];
  const rows = [];
  for (let n = 0; n < 600; ++n) {
    const text = pick(stems) + pick(suffixes);
    rows.push({ word: text, stem: porter.stem(text) });
  }
  write('porter', rows);
}
process.exit(0);
