// Writes tests/data/markup/*.jsonl: what promptfoo answers to is-xml, contains-xml, is-html, contains-html, is-sql and
// contains-sql, one case a line: {"type", "value", "output", and "pass" or "raised"}. The tests compare Assay's answers
// with the record. The cases depend only on the seed below and on scripts/dev/sql-statements.txt.
//
//   node scripts/dev/markup-corpus.mjs <folder with node_modules/promptfoo, version 0.123.1> tests/data/markup
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [install, folder] = process.argv.slice(2);
const { assertions } = (await import(pathToFileURL(path.join(install, 'node_modules/promptfoo/dist/src/index.js')))).default;

let state = 20261121;
const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296);
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];
const several = (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make);

const rows = {};
const seen = new Set();
async function record(file, type, output, value) {
  const row = { type, value, output };
  const key = JSON.stringify(row);
  if (seen.has(key)) return;
  seen.add(key);
  let answer;
  try {
    answer = { pass: (await assertions.runAssertion({ assertion: { type, value }, test: {}, providerResponse: { output } })).pass };
  } catch (error) {
    answer = { raised: String(error.message).slice(0, 120) };
  }
  (rows[file] ??= []).push({ ...row, ...answer });
}

// --- XML
const names = ['a', 'b', 'item', 'root', 'ns:a', 'x-y', 'é', '_z'];
const texts = ['', 'text', ' ', '5', 'true', '&amp;', '&lt;x&gt;', '&#65;', '<![CDATA[x < y]]>', '<!-- note -->', '\n  ', '<?pi data?>', 'a & b', '&nbsp;', ']]>', '<', '&#0;', 'é 日 😀'];
const attribute = () => pick([' id="1"', " k='v'", ' ns:k="1"', ' xmlns:ns="urn:x"', ' xmlns="urn:d"', ' flag', ' a="<"', ' a="x" a="y"', ' b=\'"\'', ' c="&amp;"', ' d = "1"', '\n e="2"', ' xml:lang="en"', ' xmlns:q=""']);
function element(depth) {
  const name = random() < 0.8 ? pick(['a', 'b', 'item', 'root']) : pick(names);
  const attributes = random() < 0.3 ? several(1, 2, attribute).join('') : '';
  if (random() < 0.15) return `<${name}${attributes}/>`;
  const inner = depth > 3 ? pick(texts) : several(0, 3, () => (random() < 0.5 ? element(depth + 1) : pick(random() < 0.8 ? texts.slice(0, 9) : texts))).join('');
  const end = random() < 0.05 ? pick(['', `</${pick(names)}>`, `</${name} x>`, `</ ${name}>`, `</${name}`]) : `</${name}${random() < 0.1 ? ' ' : ''}>`;
  return `<${name}${attributes}>${inner}${end}`;
}
const prologs = ['', '', '', '', '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\n', '<?xml version="1.1"?>', '<?xml version="2.0"?>', '<?xml version=\'1.0\' standalone="yes"?>', ' <?xml version="1.0"?>', '\ufeff', '<!DOCTYPE a>', '<!DOCTYPE a SYSTEM "x.dtd">',
  '<!DOCTYPE a PUBLIC "-//X//Y" "x">', '<!DOCTYPE a [<!ENTITY e "v">]>', '<!-- c -->', '<?pi x?>', '<!DOCTYPE>', '<!DOCTYPE a SYSTEM "x#y">', '<?xml encoding="UTF-8"?>', '<!DOCTYPE a SYSTEM>', '<?xml version="1.0" standalone="yes"?><!DOCTYPE a SYSTEM "x">', '<!-- a -- b -->', '<!doctype a>'];
const epilogs = ['', '', '', '', '', '\n', ' x', '<!-- c -->', '<b/>', '&amp;', '<?pi?>', '\0'];
const paths = ['a', 'a.b', 'root.item', 'item', 'a.@_id', 'a.b.0', 'root.item.1', 'a.#text', 'root.a.b', '', '?xml', '?xml.@_version', 'a.@_flag', 'b.a', 'root.item.01', 'a.b.@_k', '#text', 'ns:a'];
const required = () => pick([undefined, undefined, () => pick(paths), () => `${pick(paths)}, ${pick(paths)}`, () => [pick(paths)], () => ({ requiredElements: [pick(paths)] }), () => pick([{}, [], 5, true, null, { a: 1 }, [5], { requiredElements: 'a' }])])?.();
const handXml = ['', ' ', '<a/>', '<a>', '</a>', '<a></b>', '<a b></a>', '<a b=c/>', '<a\u00a0b="1"/>', '<1a/>', '<a><b></a></b>', '<a/><b/>', '<a>&undefined;</a>', '<a>&amp</a>', '<xml/>', '<a:b/>', '<a xmlns:b="u"><b:c/></a>', '<:a/>', '<a:/>',
  '<a xmlns:xml="u"/>', '<a xmlns:xmlns="u"/>', '<a xmlns:x="u" xmlns:y="u" x:k="1" y:k="2"/>', '<a><![CDATA[]]></a>', '<a><![CDATA[x]]</a>', '<a><!-- x --- --></a>', '<a>\u0001</a>', '<a>\ufffe</a>', '<a>&#x110000;</a>', '<a>&#xD800;</a>', '<a>&#1;</a>', '<a><?xml version="1.0"?></a>', '<a><?pi</a>', '<A></a>',
  '<a b="1" b="2"/>', "<a b='1\"/>", '<a b="1"c="2"/>', '<a/ >', '< a/>', '<a />', '<a\n/>', '<!-- only -->', '<!DOCTYPE html><html></html>', '<a>]]></a>', '<a>x</a>\n\n', '\n<a/>', '<a><b/>'.repeat(3), '<a>'.repeat(101) + '</a>'.repeat(101), '<a>'.repeat(102) + '</a>'.repeat(102), '<a>'.repeat(100) + '</a>'.repeat(100),
  '<toString/>', '<constructor/>', '<a __proto__="x"/>', '<a><a>1</a><a>2</a></a>', '<a.b/>', '<a><b c="1">t</b></a>', '<a b="&lt;"/>', '<a b="<"/>', '<a b="&x;"/>', '<a xmlns="u" b="1"/>', '<a\tb="1"/>', '<a>é</a>', '<日本/>', '<a><!DOCTYPE a></a>', '<?xml version="1.0"?><?xml version="1.0"?><a/>', '<a a/>'];
for (const text of handXml) await record('is_xml', 'is-xml', text);
for (const text of handXml) await record('is_xml', 'is-xml', text, 'a');
for (let n = 0; n < 700; ++n) await record('is_xml', pick(['is-xml', 'is-xml', 'is-xml', 'not-is-xml']), pick(prologs) + element(0) + pick(epilogs), required());
const around = ['Here: ', '\n', '```xml\n', '```', ' and ', 'if a < b then', '<3', '<br>', 'x > y', '"quoted', '</end>', '<!-- c', '<open ', ' done.', '<a', '<?', '&', "it's", '<![CDATA[', '<!x [>] >'];
for (const text of handXml) await record('contains_xml', 'contains-xml', `Text ${text} end`);
for (let n = 0; n < 700; ++n) await record('contains_xml', pick(['contains-xml', 'contains-xml', 'contains-xml', 'not-contains-xml']), several(1, 5, () => (random() < 0.55 ? element(1) : pick(around))).join(pick(['', ' ', '\n'])), required());

// --- HTML
const tags = ['div', 'p', 'b', 'span', 'table', 'tr', 'td', 'ul', 'li', 'a', 'i', 'h1', 'custom-tag', 'unknown', 'template', 'svg', 'script', 'style', 'title', 'html', 'head', 'body', 'select', 'option', 'form', 'textarea', 'math', 'pre', 'main', 'dialog', 'em', 'section', 'center', 'font', 'marquee', 'frameset', 'noscript', 'button', 'caption', 'nobr', 'big'];
const voids = ['<br>', '<img src="x">', '<hr/>', '<input>', '<!-- c -->', '<meta charset=utf-8>', '<wbr>', '<custom-x/>', '<col>', '</p>', '</br>', '</div>', '<image>', '<foo/>', '<link>', '<isindex>', '<param>', '</body>', '</html>', '<>', '</>', '<!x>', '<?pi?>', '<![CDATA[x]]>', '&amp;', '&#x41;', '&bogus;'];
const words = ['text', ' ', '\n', 'a < b', '5 > 3', 'x & y', '\u00a0', 'é', '"q"', '\0'];
function html(depth) {
  const kind = random();
  if (kind < 0.25) return pick(words);
  if (kind < 0.4) return pick(voids);
  const tag = pick(tags);
  const attributes = random() < 0.2 ? pick([' class="x"', ' id=y', " data-a='1'", ' hidden', ' style="a:b" x', '\nhref="u"', '/']) : '';
  const inner = depth > 3 ? '' : several(0, 3, () => html(depth + 1)).join('');
  return `<${random() < 0.1 ? tag.toUpperCase() : tag}${attributes}>${inner}${random() < 0.85 ? `</${tag}>` : ''}`;
}
const heads = ['', '', '', '', '<!DOCTYPE html>', '<!doctype HTML PUBLIC "x">', '<?xml version="1.0"?>', '<html>', '<html><head></head><body>', '<body>', '<head><title>x</title></head>', '\ufeff', '<?XML?>', '<!-- <body> -->', ' \n'];
const handHtml = ['', ' ', 'plain', '<div>x</div>', 'x<div></div>', '<div></div>x', '<p>a</p> <p>b</p>', '<html>', '<body>x', 'x<body>y', '<b>x<p>y</b>z', '<p><b>x</p>y', '<table>x</table>', '<table><tr>x</tr></table>', '<template>x</template>', '<svg><circle/></svg>', '<unknown>x</unknown>', '<my-tag>x</my-tag>', '<my-tag></my-tag>text',
  '<br>text', '<!DOCTYPE html>', '<!DOCTYPE html>text', '<!-- c -->', '<title>x</title>', '<title>x</title>y', '<script>x</script>', '<style>x</style>text', '<frameset></frameset>', '<html></html>x', '<body></body>x', '<head></head>x', '<li>x', '<td>x', '<tr>x', '<option>x', '<center>x</center>', '<font>x</font>',
  '<BODY>x</BODY>', '<body\u00a0>x', '<div', '<div>', '</div>', '<>', '< div>x</div>', '<a><a><a>', '<math><mi>x</mi></math>', '<p>x</p>\u00a0', '&lt;div&gt;', '<select>x</select>', '<button>x</button>y', '<i>x</i> and <b>y</b>', '<textarea>x', '<plaintext>x', '<noscript>x</noscript>', '<iframe>x</iframe>',
  'a &amp; b', '&nbsp;&copy;', '<br/>', '<br />', '<x/>', '<x a="b">', ' a="b"', ' a="b" &amp;', '<!--x-->&lt;', '<!--a--b-->&lt;', '<!---->&lt;', '<!--->&lt;', '<a', '<a-b>', '<p class="x', '1 <2> 3', '<h7>x</h7>', '<h1>x', '<!doctype html>', '<! doctype html>', '<ahref>', '<A>', '</a >', '</a\u2003>', '<x\u00a0y>z', '<a_b>', '<div_>', 'x ="y"', ' x= "y"', ' x=y', " x='y\"", '&#x;', '&#;', '&#12;<', '&#xZ;', '<x y/>', '<x y/ >', '<x/y>', '<x y=">"/>'];
for (const text of handHtml) await record('is_html', 'is-html', text);
for (const text of handHtml) await record('contains_html', 'contains-html', text);
for (let n = 0; n < 900; ++n) await record('is_html', pick(['is-html', 'is-html', 'not-is-html']), pick(heads) + several(1, 3, () => html(0)).join(''));
const pieces = ['<p', '>', '</p>', '<', '/>', '&lt;', '&', ';', '<!--', '-->', '-', '"', "'", ' a="b"', 'x', ' ', '=', '<!DOCTYPE', ' html', '<x>', '<x y', '<h1', '&#x4', '&#5', '\n', '<br', '</', '<custom-a ', '<img/>', 'text'];
for (let n = 0; n < 900; ++n) await record('contains_html', pick(['contains-html', 'contains-html', 'not-contains-html']), several(1, 8, () => pick(pieces)).join(''));

// --- SQL
const lines = fs.readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), 'sql-statements.txt'), 'utf8').split('\n').filter(line => line && !line.startsWith('# '));
for (const database of [undefined, 'MariaDB', 'PostgreSQL', 'Sqlite']) {
  for (const line of lines) await record(database === undefined ? 'is_sql' : 'is_sql_' + database.toLowerCase(), 'is-sql', line, database && { databaseType: database });
}
const marks = ['(', ')', ',', ' FROM ', ' WHERE ', "'", '`', '"', ';', ' AND ', '=', ' 1 ', ' * ', ' x ', ' AS ', '.', ' SELECT '];
for (let n = 0; n < 500; ++n) {  // statements with one piece taken out, put in, or doubled
  const pieces = pick(lines.slice(0, 220)).split(/(\s+|[(),;=.*'])/).filter(Boolean);
  const at = below(pieces.length);
  pieces.splice(at, pick([0, 1, 1, 2]), ...(random() < 0.5 ? [pick(marks)] : []));
  await record('is_sql_broken', 'is-sql', pieces.join(''));
}
const tableLists = [['select::null::users'], ['select::(.*)::(users|orders)'], ['(select|update|delete|insert)::(.*)::users'], ['.*'], [], ['select::null::orders', 'select::null::users', 'insert::null::users']];
const columnLists = [['select::null::name', 'select::null::id'], ['select::users::(.*)', 'select::users::id', 'select::users::name'], ['select::(.*)::(.*)'], ['select::null::(.*)'], ['insert::users::name', 'insert::users::id', 'update::null::name', 'update::users::name'], [], ['.*']];
const allowed = ['SELECT id, name FROM users', 'SELECT * FROM users', 'SELECT u.id, u.name FROM users u', 'SELECT users.id FROM users', 'SELECT id FROM users JOIN orders ON users.id = orders.user_id', 'SELECT id FROM db1.users', 'INSERT INTO users (id, name) VALUES (1, \'a\')', 'INSERT INTO users VALUES (1)',
  'UPDATE users SET name = \'x\' WHERE id = 1', 'DELETE FROM users WHERE id = 1', 'SELECT id FROM orders WHERE id IN (SELECT id FROM users)', 'SELECT count(*) FROM users', 'SELECT max(id) AS m FROM users', 'WITH t AS (SELECT id FROM users) SELECT id FROM t', 'SELECT id FROM users UNION SELECT id FROM orders', 'DROP TABLE users', 'TRUNCATE TABLE users',
  'SELECT a.id, b.name FROM users a, orders b', 'SELECT id FROM users; SELECT name FROM orders', 'ALTER TABLE users ADD COLUMN x INT', 'CREATE TABLE users (id INT)', 'SELECT id FROM', 'REPLACE INTO users (id) VALUES (1)', 'UPDATE users u SET u.name = 1', 'SELECT 1', 'SELECT users.* FROM users', 'SELECT id FROM (SELECT id FROM users) t', 'SELECT `id` FROM `users`',
  'SELECT ID FROM USERS', 'SELECT id FROM users ORDER BY name', 'SELECT id FROM users GROUP BY name HAVING count(id) > 1', 'SELECT CASE WHEN id = 1 THEN name ELSE age END FROM users', 'SELECT \'text\' FROM users', 'USE db1', 'SELECT id AS name, name AS id FROM users', 'SELECT id FROM users WHERE EXISTS (SELECT 1 FROM orders)', 'DELETE FROM users', 'SELECT u.* FROM users AS u', 'RENAME TABLE users TO people', 'SELECT id+age FROM users', 'LOCK TABLES users READ'];
for (const text of allowed) {
  for (const allowedTables of tableLists) await record('is_sql_tables', pick(['is-sql', 'is-sql', 'not-is-sql']), text, { databaseType: pick(['MySQL', 'MySQL', 'PostgreSQL']), allowedTables });
  for (const allowedColumns of columnLists) await record('is_sql_columns', 'is-sql', text, { databaseType: pick(['MySQL', 'MySQL', 'PostgreSQL']), allowedColumns });
}
for (const value of ['x', 5, true, null, '', 0, {}, [], { databaseType: 'Nope' }, { databaseType: 'postgresql' }, { databaseType: '' }]) await record('contains_sql', 'is-sql', 'SELECT id FROM t', value);
const fences = ['```sql\n', '```\n', '```SQL \n', '~~~sql\n', '```python\n', '````sql\n', '   ```sql\n', '    ```sql\n', '```sql title\n'];
for (let n = 0; n < 220; ++n) {
  const statement = pick(['SELECT id FROM t', 'SELECT a b FROM t', 'SELEC x', '', 'DELETE FROM t WHERE id = 1', 'SELECT `x FROM t', 'print(1)']);
  const block = () => pick(fences) + statement + '\n' + pick(['```', '```', '~~~', '````', '```x', ' ```', '']) + '\n';
  await record('contains_sql', pick(['contains-sql', 'contains-sql', 'not-contains-sql']), pick([() => statement, () => 'Here:\n' + block(), () => block() + 'and\n' + block(), () => 'The query is ' + statement, () => '```' + statement + '```', block])(), pick([undefined, undefined, { databaseType: 'PostgreSQL' }]));
}

fs.mkdirSync(folder, { recursive: true });
for (const [file, list] of Object.entries(rows)) {
  fs.writeFileSync(path.join(folder, file + '.jsonl'), list.map(row => JSON.stringify(row)).join('\n') + '\n');
  console.log(`${file}: ${list.length} cases, ${list.filter(row => row.pass).length} pass, ${list.filter(row => row.raised).length} raised`);
}
process.exit(0);
