// Cases of templates in values: pieces of the documented Nunjucks subset with what they should come to.
import { mutate, plainText } from '../random.mjs';

const vars = { name: 'Paris', lower: 'cat', n: 3, f: 2.5, yes: true, no: false, nothing: null, list: ['a', 'b', 'c'], empty: [], user: { name: 'Ann', tags: ['x', 'y'] }, text: ' padded ', html: '<b>&', accent: 'École', zero: 0, blank: '', items: [{ k: 1 }, { k: 2 }] };

// [template, text]
const pieces = [
  ['{{ name }}', 'Paris'], ['{{name}}', 'Paris'], ['{{- name -}}', 'Paris'], ['{{ user.name }}', 'Ann'], ['{{ user["name"] }}', 'Ann'], ['{{ list[1] }}', 'b'], ['{{ list.length }}', '3'], ['{{ user.tags[0] }}', 'x'], ['{{ missing }}', ''], ['{{ user.missing }}', ''], ['{{ n }}', '3'], ['{{ f }}', '2.5'], ['{{ yes }}', 'true'], ['{{ nothing }}', ''],
  ['{{ list }}', 'a,b,c'], ['{{ user }}', '[object Object]'], ['{{ html }}', '<b>&'], ['{{ name | upper }}', 'PARIS'], ['{{ name|lower }}', 'paris'], ['{{ lower | capitalize }}', 'Cat'], ['{{ "two words" | title }}', 'Two Words'], ['{{ text | trim }}', 'padded'], ['{{ list | join(", ") }}', 'a, b, c'], ['{{ list | join }}', 'abc'], ['{{ list | first }}', 'a'], ['{{ list | last }}', 'c'],
  ['{{ list | length }}', '3'], ['{{ name | length }}', '5'], ['{{ missing | default("d") }}', 'd'], ['{{ blank | default("d") }}', ''], ['{{ blank | default("d", true) }}', 'd'], ['{{ name | replace("a", "o") }}', 'Poris'], ['{{ user | dump }}', '{"name":"Ann","tags":["x","y"]}'], ['{{ html | escape }}', '&lt;b&gt;&amp;'], ['{{ html | safe }}', '<b>&'], ['{{ name | reverse }}', 'siraP'], ['{{ f | round }}', '3'], ['{{ f | int }}', '2'],
  ['{{ "3.5" | float }}', '3.5'], ['{{ n | abs }}', '3'], ['{{ list | sort | join("-") }}', 'a-b-c'], ['{{ name | truncate(3) }}', 'Par...'], ['{{ name | string | upper }}', 'PARIS'], ['{{ list | reverse | join }}', 'cba'], ['{{ "a b" | urlencode }}', 'a%20b'], ['{{ n + 1 }}', '4'], ['{{ n * 2 }}', '6'], ['{{ n / 2 }}', '1.5'], ['{{ n // 2 }}', '1'], ['{{ n % 2 }}', '1'], ['{{ n ** 2 }}', '9'], ['{{ 7 - n }}', '4'], ['{{ "a" + "b" }}', 'ab'], ['{{ name ~ n }}', 'Paris3'],
  ['{{ "x" if yes else "y" }}', 'x'], ['{{ "x" if no else "y" }}', 'y'], ['{{ "x" if no }}', ''], ['{{ n > 2 }}', 'true'], ['{{ n == 3 and yes }}', 'true'], ['{{ not yes }}', 'false'], ['{{ no or "z" }}', 'z'], ['{{ "a" in list }}', 'true'], ['{{ [1, 2] | join("+") }}', '1+2'], ['{{ {a: 1}.a }}', '1'], ['{% if yes %}on{% else %}off{% endif %}', 'on'], ['{% if no %}on{% else %}off{% endif %}', 'off'], ['{% if zero %}on{% elif n %}mid{% endif %}', 'mid'],
  ['{% if empty %}on{% else %}off{% endif %}', 'on'], ['{% for x in list %}{{ x }}{% endfor %}', 'abc'], ['{% for x in list %}{{ loop.index }}{{ x }}{% if not loop.last %};{% endif %}{% endfor %}', '1a;2b;3c'], ['{% for x in empty %}x{% else %}none{% endfor %}', 'none'], ['{% for k, v in user %}{{ k }}{% endfor %}', 'nametags'], ['{% for i in items %}{{ i.k }}{% endfor %}', '12'], ['{% for i in range(3) %}{{ i }}{% endfor %}', '012'],
  ['{# note #}', ''], ['a{#- x -#} b', 'ab'], ['{% raw %}{{ name }}{% endraw %}', '{{ name }}'], ['{% set z = 5 %}{{ z }}', '5'], ['  {%- if yes %} a {% endif -%}  ', ' a '], ['{{ accent | upper }}', 'ÉCOLE'], ['{{ "}}" }}', '}}'], ["{{ 'q' }}", 'q'], ['{{ 1.50 }}', '1.5'], ['{{ none }}', ''], ['{{ true }}', 'true'], ['{ { name } }', '{ { name } }'], ['a{3}', 'a{3}'], ['{{ n if n > 5 else "few" }}', 'few'],
  ['{{ n is odd }}', 'true'], ['{{ missing is defined }}', 'false'], ['{{ name is string }}', 'true'], ['{{ list | length > 2 }}', 'true'], ['{{ loop.index }}', ''], ['{{ user.name | upper | lower | first }}', 'a'], ['{{ nothing | default("d") }}', ''], ['{{ zero | default("d", true) }}', 'd'], ['{{ 10 | random_ }}', null], ['{{ name', null], ['{% if yes %}', null], ['{% endif %}', null], ['{% nope %}', null], ['{{ }}', null], ['{{ name | }}', null],
  ['{{ "a" | nofilter }}', null], ['{% for x list %}{% endfor %}', null], ['{{ a..b }}', null], ['{{ user.name.first.second }}', null], ['{{ "\\n" }}', '\n'], ['{{ -n }}', '-3'], ['{{ (1 + 2) * 3 }}', '9'], ['{{ list[5] }}', ''], ['{{ list | slice(2) | first | join }}', 'ab'], ['{{ "abc" | indent }}', 'abc'], ['{{ "a,b" | wordcount }}', '1'], ['{{ items | sum("k") }}', null], ['{{ name | striptags }}', 'Paris'], ['{{ list | batch(2) | length }}', '2'],
];

export function template(random) {
  const chosen = Array.from({ length: random.pick([1, 1, 1, 2]) }, () => random.pick(pieces)), lead = random.pick(['', '', plainText(random, 1) + ' ']);
  const value = lead + chosen.map(piece => piece[0]).join(' '), output = chosen.some(piece => piece[1] === null) ? plainText(random, 2) : lead + chosen.map(piece => piece[1]).join(' ');
  const shown = random.often(0.7) ? output : mutate(random, output);
  const type = random.pick(['equals', 'equals', 'equals', 'contains', 'starts-with', 'contains-any', 'levenshtein']);
  if (type === 'contains-any') return { type, value: [value, 'zzz'], output: shown, vars };
  return { type, value, output: shown, vars };
}

// The same value by way of a variable.
export function throughVariables(random, made) {
  if (typeof made.value !== 'string' || made.value === '') return made;
  const characters = [...made.value], at = random.below(characters.length + 1);
  return random.often(0.5) ? { ...made, value: '{{ v }}', vars: { v: made.value } } : { ...made, value: '{{ a }}{{ b }}', vars: { a: characters.slice(0, at).join(''), b: characters.slice(at).join('') } };
}
