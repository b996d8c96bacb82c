// Asks promptfoo's own template engine, and the nunjucks it is built on, what templates give, and records the answers that
// the C++ tests hold our templates to.
//
//   node scripts/dev/template-corpus.mjs INSTALL                       asks every row of tests/data/templates/nunjucks.jsonl again
//   node scripts/dev/template-corpus.mjs INSTALL --fresh SEED COUNT    prints that many random templates with their answers
//
// INSTALL is a folder with node_modules/promptfoo. A row is {t: template, v?: variables (else world.json), r: text | e: message};
// `why` says why ours differs there, and stays.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [install, mode, seed, count] = process.argv.slice(2);
const data = new URL('../../tests/data/templates/', import.meta.url);
const world = JSON.parse(fs.readFileSync(new URL('world.json', data), 'utf8'));
process.env.PROMPTFOO_DISABLE_TEMPLATE_ENV_VARS = '1';
process.env.PROMPTFOO_DISABLE_TELEMETRY = '1';
process.env.PROMPTFOO_DISABLE_UPDATE = '1';

const product = path.join(path.resolve(install), 'node_modules/promptfoo');
const nunjucks = createRequire(path.join(product, 'package.json'))('nunjucks');

/** promptfoo's engine, wherever the bundler has put it. */
async function promptfooEngine() {
  const folder = path.join(product, 'dist/src');
  for (const file of fs.readdirSync(folder).filter(name => /^render-.*\.js$/.test(name))) {
    const name = fs.readFileSync(path.join(folder, file), 'utf8').match(/getNunjucksEngine as (\w+)/);
    if (name) return (await import(pathToFileURL(path.join(folder, file))))[name[1]]();
  }
  throw new Error('promptfoo has no getNunjucksEngine any more');
}

function plainEngine() {
  const engine = nunjucks.configure({ autoescape: false });
  engine.addFilter('load', text => JSON.parse(text));
  engine.addGlobal('env', {});
  return engine;
}

function answer(engine, row) {
  try {
    return { r: String(engine.renderString(row.t, structuredClone(row.v ?? world))) };
  } catch (error) {
    return { e: error.message.replace(/^\(unknown path\)\s*/, '').replace(/\s+/g, ' ').slice(0, 120) };
  }
}

/** Random templates over the names of world.json; about half of them are wrong in some way. */
function generator(start) {
  let state = start >>> 0;
  const below = n => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    let x = state ^ state >>> 15;
    x = Math.imul(x, 0x2c1b3c6d) >>> 0;
    return ((x ^ x >>> 12) >>> 0) % n;
  };
  const pick = list => list[below(list.length)];
  const names = [...Object.keys(world).filter(name => /^\w+$/.test(name)), 'unknown', 'a', 'b', 'loop'];
  const members = ['name', 'age', 'tags', 'length', 'address', 'city', 'x', 'index', 'last'];
  const literals = ['"a"', '""', '"name"', '"x y"', '"1"', '"12"', '"odd"', '"<b>"', '"é😀"', '"2.5"', "'q'", '"\\n"', '"age"', '0', '1', '2', '3', '10', '2.5',
    '007', 'true', 'false', 'none', 'null'];
  const filters = Object.keys(nunjucks.configure({}).filters).filter(name => !['random', 'urlize'].includes(name)).concat('load');
  const tests = ['defined', 'undefined', 'none', 'string', 'number', 'odd', 'even', 'iterable', 'mapping', 'truthy', 'lower', 'upper', 'escaped', 'eq(1)', 'gt(2)',
    'le(n)', 'ne("a")', 'divisibleby(3)', 'sameas(list)'];
  const signs = ['+', '-', '*', '/', '//', '%', '**', '~', '==', '===', '!=', '<', '>', '<=', '>='];
  const space = () => pick([' ', ' ', ' ', '', '\n']);
  const some = (most, make) => Array.from({ length: below(most + 1) }, make).join(', ');
  function value(depth) {
    if (depth <= 0 || below(2)) return pick([pick(names), pick(names), pick(literals)]);
    return pick([
      () => `(${expression(depth - 1)})`,
      () => `[${some(3, () => expression(depth - 1))}]`,
      () => `{${some(2, () => `${pick(['a', 'b', '"c d"', '"1"'])}: ${expression(depth - 1)}`)} }`,
      () => `${value(depth - 1)}.${pick(members)}`,
      () => `${value(depth - 1)}[${expression(depth - 1)}]`,
      () => `range(${below(6)})`,
    ])();
  }
  function filtered(depth) {
    let text = (below(12) ? '' : pick(['-', '+', '- '])) + value(depth);
    while (!below(3)) {
      const named = () => (below(6) ? '' : pick(['reverse=', 'attribute=', 'default=', 'base=']));
      text += `${space()}|${space()}${pick(filters)}${below(2) ? `(${some(2, () => named() + expression(depth - 1))})` : ''}`;
    }
    return text;
  }
  function chain(depth) {
    let text = filtered(depth);
    while (depth > 0 && !below(3)) text += ` ${pick(signs)} ${filtered(depth - 1)}`;
    const kind = below(9);
    if (kind === 0) text += ` ${pick(['in', 'not in'])} ${filtered(depth - 1)}`;
    if (kind === 1) text += ` is ${below(4) ? '' : 'not '}${pick(tests)}`;
    return (below(10) ? '' : 'not ') + text;
  }
  function expression(depth) {
    let text = chain(depth);
    while (depth > 0 && !below(6)) text += ` ${pick(['and', 'or'])} ${chain(depth - 1)}`;
    if (depth > 0 && !below(12)) text += ` if ${chain(depth - 1)}${below(3) ? ` else ${chain(depth - 1)}` : ''}`;
    return text;
  }
  const tag = (text, open = '%', close = '%') => `{${open}${below(6) ? '' : '-'}${space()}${text}${space()}${below(6) ? '' : '-'}${close}}`;
  const maybe = make => (below(2) ? make() : '');
  function body(depth) {
    return Array.from({ length: 1 + below(3) }, () => part(depth)).join('');
  }
  function part(depth) {
    const kind = below(depth > 0 ? 10 : 5);
    if (kind < 2) return pick(['text', ' ', '\n', ' a b ', 'x\n  ', '{', '}', '# ']);
    if (kind < 5) return tag(expression(2), '{', '}');
    if (kind < 6) {
      return tag(`if ${expression(2)}`) + body(depth - 1) + maybe(() => tag(`elif ${expression(1)}`) + body(depth - 1)) + maybe(() => tag('else') + body(depth - 1)) +
        tag('endif');
    }
    if (kind < 8) {
      return tag(`for ${pick(['x', 'a', 'k, v', 'a, b', 'name', 'a, b, x'])} in ${expression(1)}`) + body(depth - 1) + pick(['{{ loop.index }}', '{{ x }}', '{{ a }}{{ b }}', '']) +
        maybe(() => tag('else') + body(depth - 1)) + tag('endfor');
    }
    if (kind < 9) return tag(`set ${pick(['a', 'b', 'x', 'n', 'a, b'])} = ${expression(2)}`);
    return pick([() => '{#- c -#}', () => tag('set a') + body(depth - 1) + tag('endset'), () => '{% raw %}{{ x }}{% endraw %}'])();
  }
  function spoilt(text) {
    const at = below(text.length + 1);
    return below(2) ? text.slice(0, at) + text.slice(at + 1 + below(3)) : text.slice(0, at) + pick([...'{}%-|()". [],#=~\n', 'not ', 'in ', 'is ', 'if ']) + text.slice(at);
  }
  return () => {
    const text = body(2);
    return below(8) ? text : spoilt(text);
  };
}

const engines = [await promptfooEngine(), plainEngine()];
function record(row) {
  const [theirs, plain] = engines.map(engine => answer(engine, row));
  if (theirs.r !== plain.r) throw new Error(`promptfoo and nunjucks disagree: ${JSON.stringify(row.t)}`);
  const { t, v, why } = row;
  return JSON.stringify({ t, v, ...theirs, why });
}

if (mode === '--fresh') {
  const make = generator(Number(seed));
  for (let rest = Number(count); rest > 0;) {
    const t = make();
    if (t.length > 500) continue;
    console.log(record({ t }));
    --rest;
  }
} else {
  for (const name of ['nunjucks.jsonl', 'random.jsonl']) {
    const file = new URL(name, data);
    const rows = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));
    fs.writeFileSync(file, rows.map(row => record(row) + '\n').join(''));
    console.log(`${name}: ${rows.length} rows`);
  }
}
