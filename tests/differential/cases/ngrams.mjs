// Cases of the n-gram scores: a reference, and an output that shares a part of it.
import { mutate, plainText, plainWords, text, threshold, word, wrongKinds } from '../random.mjs';

const punctuated = ["don't stop.", 'He said "no", twice.', '(a) [b] {c}', 'well-known; $5.00, 50%', 'I cannot go ... now', "the cats' mat, isn't it?", 'gonna wanna gimme', 'a.b. end.', 'A -- B', 'e.g. this: that!', 'Mr. Smith\'s dog.', '...', '. .', 'more\'n enough', "'tis", 'd\'ye', 'wanna-be'];

function near(random, reference) {
  const words = reference.split(' ');
  for (let n = random.below(4); n > 0; --n) words[random.below(words.length)] = random.pick([word(random), ...(random.often(0.4) ? [''] : []), random.pick(plainWords)]);
  const out = random.pick([words, words, words, words.slice(random.below(3)), words.slice(0, -1), words.concat(plainText(random, 3).split(' ')), random.shuffled(words)]).join(' ');
  return random.pick([out, out, out.toUpperCase(), out + '.', mutate(random, out), out.replace(/ /g, '\n'), ' ' + out + ' ']);
}

const reference = random => random.pick([() => plainText(random, random.between(4, 12)), () => plainText(random, random.between(1, 4)), () => random.pick(punctuated), () => plainText(random, 3) + ' ' + random.pick(punctuated), () => text(random)])();

const scored = lists => random => {
  const first = reference(random);
  const output = random.pick([() => near(random, first), () => near(random, first), () => first, () => near(random, first), () => text(random), () => random.pick(['', ' ', '.', '...'])])();
  if (random.often(0.06)) return { output, value: random.pick(wrongKinds) };
  const value = lists && random.often(0.35) ? random.shuffled([first, reference(random), near(random, first)].slice(0, random.between(1, 3))) : first;
  return { output, value, ...(random.often(0.75) && { threshold: threshold(random) }) };
};

export default { 'rouge-n': scored(false), 'bleu': scored(true), 'gleu': scored(true), 'meteor': scored(true) };
