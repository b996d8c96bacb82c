// Chance from a seed, and the texts that cases are made of. The same seed gives the same cases on every machine.

// One stream of chance: below(n) is 0 … n-1, often(p) is true with probability p.
export class Random {
  constructor(seed) {
    this.state = 2166136261;
    for (const unit of String(seed)) this.state = Math.imul(this.state ^ unit.codePointAt(0), 16777619);
  }
  next() {  // mulberry32
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(n) { return Math.floor(this.next() * n); }
  between(low, high) { return low + this.below(high - low + 1); }
  often(p) { return this.next() < p; }
  pick(list) { return list[this.below(list.length)]; }
  some(list, count) { return Array.from({ length: count }, () => this.pick(list)); }
  shuffled(list) {
    const out = [...list];
    for (let at = out.length - 1; at > 0; --at) { const other = this.below(at + 1); [out[at], out[other]] = [out[other], out[at]]; }
    return out;
  }
}

export const plainWords = ['the', 'The', 'cat', 'sat', 'on', 'mat', 'a', 'dog', 'Paris', 'is', 'capital', 'of', 'France', 'and', 'hello', 'world', 'Hello', 'WORLD', 'quick',
  'brown', 'fox', 'jumps', 'over', 'lazy', '42', '3.14', 'answer', 'yes', 'no', 'maybe', 'it', 'was', 'not', 'running', 'runs', 'good', 'better', 'end.', 'well,', 'e.g.'];
export const oddWords = ['É', 'école', 'ÉCOLE', 'straße', 'STRASSE', 'İstanbul', 'ΟΔΟΣ', 'οδος', 'Σ', 'naïve', 'nai\u0308ve', '日本', '😀', '😀😎', 'ﬁn', 'ǅ', 'ı', 'K', 'ſ', '\u{10400}', 'can\'t', 'can’t',
  '"quoted"', 'a,b', '{x}', '[y]', '<b>', 'a\\b', 'a|b', '(c)', '$5.00', '50%', '#1', '@me', 'x*y', 'a+b?', '--', '…', 'e\u0301', 'null', 'undefined', 'true', '-0', '1e21'];
export const spaces = [' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', '  ', '\n', '\t', '\u00a0', '\ufeff', '\u2028', '\u200b', '\u0085', '\u3000', '\r\n'];

export const word = random => (random.often(0.8) ? random.pick(plainWords) : random.pick(oddWords));
export const plainText = (random, words) => random.some(plainWords, words).join(' ');
export const lineOf = (random, words) => Array.from({ length: words }, () => word(random)).join(' ');

// What a model may say: words between all kinds of white space, sometimes nothing, rarely half a character.
export function text(random, most = 14) {
  if (random.often(0.02)) return '';
  let out = random.often(0.04) ? random.pick(spaces) : '';
  for (let n = random.between(1, most); n > 0; --n) out += word(random) + (n > 1 || random.often(0.06) ? random.pick(spaces) : '');
  return random.often(0.004) ? out + random.pick(['\ud83d', '\ude00x']) : out;
}

// A part of it, in whole characters.
export function piece(random, from) {
  const characters = [...from];
  if (characters.length === 0) return 'a';
  const at = random.below(characters.length);
  return characters.slice(at, at + random.between(1, 12)).join('');
}

// A near miss: one character lost, doubled, swapped, replaced or in the other case.
export function mutate(random, from) {
  const characters = [...from];
  if (characters.length === 0) return 'x';
  const at = random.below(characters.length), old = characters[at];
  const other = old === old.toLowerCase() ? old.toUpperCase() : old.toLowerCase();
  characters[at] = random.pick(['', old + old, other, random.pick(['x', ' ', 'é', '.', '\n', '0']), old + random.pick(spaces)]);
  return characters.join('');
}

export const mutateMany = (random, from, times) => Array.from({ length: times }).reduce(each => mutate(random, each), from);

export const wrongKinds = ['', 0, 1, 42, -0.5, true, false, null, [], {}, ['a'], { a: 1 }, [''], [1, null], undefined, 'a'];
export const threshold = random => random.pick([0, 0.1, 0.25, 0.3, 0.5, 0.5, 0.6, 0.75, 0.9, 1]);
