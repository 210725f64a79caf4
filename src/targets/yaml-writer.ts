import { Document, isMap, isScalar, isSeq, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml';

/** A remark above the key at a path. */
export interface Remark {
  readonly path: string[];
  readonly text: string;
}

/** Words that some reader of YAML 1.1 or 1.2 takes for something else than text; one of them even a bare exponent. */
const RESERVED = /^(?:e\d+|~|null|true|false|yes|no|on|off|y|n|\.inf|\.nan|<<|=)$/i;

/** Text that reads as itself without quotes, for every reader: a word, a path, an interpolation; no number, no date. */
const PLAIN = /^(?:[A-Za-z_/]|\.\/|\.\.\/|\$\{)[\w./@+${}?=,()~:;<> -]*$/;

/** A duration or a size: begins with a digit, and is no number for any reader. */
const QUANTITY = /^\d+(?:ms|us|[smhbkKMG]b?|[KMGT]i)$/;

/** What YAML 1.1 takes for the end of a line, blanks before it included; it stands between double quotes or in a comment only. */
const LINE_ENDS = /[\x85\u2028\u2029\ufeff]/g;

/** A list that fits on one line is written on one, where people do so. */
const INLINE = new Set([
  'test', 'command', 'args', 'entrypoint', 'profiles', 'cap_add', 'cap_drop', 'security_opt', 'drop', 'add', 'accessModes', 'policyTypes',
]);
const LINE = 110;

function isPlain(text: string): boolean {
  if (QUANTITY.test(text)) return true;
  return PLAIN.test(text) && !RESERVED.test(text) && !/: |:$| #| $|[{}]/.test(text.replace(/\$\{/g, '').replace(/\}/g, '')) && !/  /.test(text);
}

function quote(node: Scalar, inFlow: boolean): void {
  if (typeof node.value !== 'string') return;
  const text = node.value;
  if (!inFlow && /^[^\s#][^\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\t\r]*\n$/.test(text) && !/[ \t]\n/.test(text)) node.type = Scalar.BLOCK_LITERAL;
  else if (!inFlow && isPlain(text)) node.type = Scalar.PLAIN;
  else node.type = text.includes('"') && /^[ -&(-~]*$/.test(text) ? Scalar.QUOTE_SINGLE : Scalar.QUOTE_DOUBLE;
}

function fitsOneLine(list: YAMLSeq): boolean {
  // Nothing, which is written as nothing, would not be an item there.
  return list.items.every((item) => isScalar(item) && item.value !== null) && JSON.stringify(list.toJSON()).length <= LINE;
}

function remark(document: Document, { path, text }: Remark): void {
  const parent = document.getIn(path.slice(0, -1), true);
  // A control character has no place in YAML, not even in a comment, and a carriage return would end it.
  const comment = text.split(/\r\n?|\n/).map((line) => ` ${line.replace(/[\0-\x08\x0b-\x1f\x7f]/g, ' ')}`).join('\n');
  const last = path[path.length - 1];
  if (isMap(parent)) {
    const key = parent.items.find((pair) => isScalar(pair.key) && pair.key.value === last)?.key;
    if (isScalar(key)) key.commentBefore = comment;
  } else if (isSeq(parent)) {
    const item = parent.items[Number(last)];
    if (isScalar(item) || isMap(item)) item.commentBefore = comment;
  }
}

/** How a kind of document is written. */
export interface YamlStyle {
  /** Whether a blank line stands between the blocks at the top, and between services. */
  readonly spaced: boolean;
}

/**
 * Writes a document as an expert would by hand: the keys in the order given, quotes only where some reader needs them, a blank
 * line between blocks, remarks where one would ask why.
 *
 * @param content plain maps, lists and scalars; at the top a map, or a list
 * @param remarks what to say, and where; a path that is not there is passed over
 * @param style how this kind of document is written
 */
export function writeYaml(
  content: object, remarks: readonly Remark[], { spaced }: YamlStyle = { spaced: true },
): string {
  const document = new Document(content, { aliasDuplicateObjects: false });
  visit(document, {
    Pair(_, pair) {
      if (isScalar(pair.key) && isSeq(pair.value) && INLINE.has(String(pair.key.value)) && fitsOneLine(pair.value)) pair.value.flow = true;
      if (isMap(pair.value) && pair.value.items.length === 0) pair.value.flow = true;
    },
    Scalar(key, node, path) {
      const parent = path[path.length - 1];
      quote(node, (isSeq(parent) && parent.flow === true) || key === 'key' && !isPlain(String(node.value)));
    },
  });
  for (const each of remarks) remark(document, each);
  const top = document.contents as YAMLMap;
  if (spaced) {
    top.items.forEach((pair, index) => {
      if (isScalar(pair.key)) pair.key.spaceBefore = index > 0;
      if (isMap(pair.value) && isScalar(pair.key) && pair.key.value === 'services') {
        pair.value.items.forEach((service, at) => { if (isScalar(service.key)) service.key.spaceBefore = at > 0; });
      }
    });
  }
  const text = document.toString({ lineWidth: 0, nullStr: '', doubleQuotedAsJSON: true, flowCollectionPadding: false });
  return text.replace(LINE_ENDS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
