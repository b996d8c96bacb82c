// Cases of the XML and HTML types.
import { mutate, piece, plainText, text, wrongKinds } from '../random.mjs';

const names = ['root', 'a', 'b', 'item', 'note', 'x:y', 'é', 'a-b', '_c', 'a.b'];
const attributes = ['', '', '', ' id="1"', " k='v'", ' a="1" b="2"', ' x="&lt;"', ' xmlns:x="urn:x"', ' xmlns="urn:d"', ' id=1', ' id', ' a="1" a="2"', ' a="<"', ' é="1"'];
const texts = ['', 'text', ' ', '42', '&amp;', '&lt;b&gt;', '&nbsp;', '&#65;', '&#x1F600;', '&#0;', '<![CDATA[<x>]]>', '<!-- c -->', '<!-- a--b -->', '<?pi x?>', 'a & b', ']]>', '😀', 'true', '\u0001'];

function element(random, depth = 0) {
  const safe = depth === 0 || random.often(0.93);
  const name = safe ? random.pick(['root', 'a', 'b', 'item', 'note']) : random.pick(names), attribute = random.often(0.9) ? random.pick(attributes.slice(0, 7)) : random.pick(attributes);
  if (depth > 0 && random.often(0.2)) return `<${name}${attribute}/>`;
  let inner = random.often(0.85) ? random.pick(texts.slice(0, 6)) : random.pick(texts);
  if (depth < 3) for (let n = random.below(depth === 0 ? 4 : 3); n > 0; --n) inner += element(random, depth + 1) + (random.often(0.2) ? '\n ' : '');
  return `<${name}${attribute}>${inner}</${name}>`;
}

const heads = ['', '', '', '<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?>\n', '\n<?xml version="1.0"?>', '<!DOCTYPE root>', '<!DOCTYPE root SYSTEM "x.dtd">', '<!DOCTYPE root [<!ENTITY e "x">]>', '<!-- c -->', '<?xml version="1.1"?>', '\ufeff', '  ', '<?xml version="1.0" standalone="yes"?><!DOCTYPE root PUBLIC "-//X" "y">'];

// Paths that are there, most often: every name on the way to some element.
function paths(random, xml) {
  const root = /<([\w.:é-]+)/.exec(xml)?.[1] ?? 'root';
  const inside = [...xml.matchAll(/<([a-z]+)/g)].map(match => match[1]);
  const path = () => random.pick([root, root, root + '.' + random.pick(inside.length > 1 ? inside.slice(1) : ['a']), root + '.@_id', root + '.missing', root + '.a.0', random.pick(names), root + '.b']);
  return Array.from({ length: random.between(1, 2) }, path);
}

function xmlValue(random, xml) {
  if (random.often(0.55)) return undefined;
  if (random.often(0.06)) return random.pick(wrongKinds);
  const list = paths(random, xml);
  return random.pick([list, list.join(','), list.join(', '), { requiredElements: list }, { requiredElements: list }, { elements: list }, { requiredElements: list.join() }]);
}

function isXml(random) {
  const xml = random.often(0.75) ? random.pick(heads.slice(0, 5)) + element(random) : random.pick(heads) + element(random) + random.pick(['', '\n', '<!-- c -->', 'text', '<x/>']);
  const output = random.pick([xml, xml, xml, xml, xml, mutate(random, xml), mutate(random, xml), xml.replace(/<\/\w+>$/, ''), text(random, 4)]);
  return { output, value: xmlValue(random, xml) };
}

function containsXml(random) {
  const xml = element(random);
  const output = random.pick([plainText(random, 3) + ' ' + xml + ' ' + plainText(random, 2), '```xml\n' + xml + '\n```', xml + xml, xml, mutate(random, xml), 'a < b and c > d', text(random, 6), plainText(random, 5), piece(random, xml), '<' + plainText(random, 2), 'x <br> y', '<a><b></a></b> ' + (random.often(0.3) ? xml : '')]);
  return { output, value: xmlValue(random, xml) };
}

const html = ['<p>Hi</p>', '<div class="x">a<b>c</b></div>', '<!DOCTYPE html><html><head><title>t</title></head><body><p>x</p></body></html>', '<br>', '<img src="a.png">', '<ul><li>1<li>2</ul>', '<custom-tag>x</custom-tag>', '<foo>x</foo>', '<table><tr><td>1</td></tr></table>', '<svg><circle/></svg>', '<body>text</body>', '<html>', '<p>unclosed',
  '<P>UP</P>', '<a href=\'x\'>y</a>', '<input disabled/>', '<script>if (a < b) {}</script>', '<!-- only -->', '<h1>T</h1><p>x</p>', '<span>a</span>', '<body><p>x</p> tail</body>', '<?xml version="1.0"?><a/>', '<title>t</title>', '<noscript>x</noscript>', '<template><p>x</p></template>', '<x>', '</p>', '<div', '<select><option>1</select>', '<em>a</em>', '<head></head>', '<frameset></frameset>', '<marquee>x</marquee>'];

function isHtml(random) {
  const base = random.pick(html), output = random.pick([base, base, base + base, '  ' + base + '\n', 'before ' + base, base + ' after', mutate(random, base), base + random.pick(html), text(random, 4), plainText(random, 4), '', random.pick(['a < b', '&amp;', '<>', '< p>', '<p', 'x<br>', '<ü>'])]);
  return { output };
}

function containsHtml(random) {
  const base = random.pick(html);
  return { output: random.pick([plainText(random, 3) + ' ' + base, base, mutate(random, base), plainText(random, 5), text(random, 8), plainText(random, 3) + random.pick([' &amp; x', ' <foo>', ' <foo/>', ' a="b"', ' <!-- c -->', ' <!DOCTYPE html', ' x < y > z', ' &#12;', ' </foo>', ' <foo a="b">', ' <p', ' <paragraph', ' &amp; &lt; a="b"', ' <é>'])]) };
}

export default { 'is-xml': isXml, 'contains-xml': containsXml, 'is-html': isHtml, 'contains-html': containsHtml };
