import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeOrCheck } from './lib/generated-file.mjs';
import { inRoot } from './lib/root.mjs';

// node tools/generate-properties.mjs            writes assets/properties.json
// node tools/generate-properties.mjs --check    fails when the committed file is not what would be written

const TARGET = inRoot('assets', 'properties.json');

const ts = createRequire(import.meta.url)('typescript');

const SIMPLE = new Map([
  [ts.SyntaxKind.StringKeyword, 'string'], [ts.SyntaxKind.NumberKeyword, 'number'], [ts.SyntaxKind.BooleanKeyword, 'boolean'], [ts.SyntaxKind.AnyKeyword, 'any'],
]);

/** A type in a word: `string`, `[Mount]` for a list, `{Value}` for a map, or a name. */
function kindOf(type, where) {
  if (SIMPLE.has(type.kind)) return SIMPLE.get(type.kind);
  if (ts.isArrayTypeNode(type)) return `[${kindOf(type.elementType, where)}]`;
  if (ts.isTypeLiteralNode(type) && type.members.length === 1 && ts.isIndexSignatureDeclaration(type.members[0])) return `{${kindOf(type.members[0].type, where)}}`;
  if (ts.isTypeReferenceNode(type)) return type.typeName.getText();
  throw new Error(`${where}: ${type.getText()} is no type that can be checked. Teach tools/generate-properties.mjs what it is.`);
}

const isBehavioural = (name) => /^I[A-Z]/.test(name);

/** All properties of the public interfaces, by what TypeScript's parser reads in src/. */
export function propertiesOf(folder = inRoot('src')) {
  const read = (file) => ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const exported = new Set(read('index.ts').statements.flatMap((each) => each.exportClause?.elements?.map(({ name }) => name.text) ?? []));
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts')).sort();
  const declared = files.flatMap((file) => read(file).statements).filter(({ name }) => name !== undefined && exported.has(name.text));
  const named = (is) => declared.filter(is).sort((a, b) => (a.name.text < b.name.text ? -1 : 1));
  const interfaces = new Map(named(ts.isInterfaceDeclaration).map((each) => [each.name.text, each]));
  const parentsOf = (each) => (each.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => interfaces.get(type.expression.getText())).filter(Boolean));
  const propertiesIn = (each) => Object.assign({}, ...parentsOf(each).map(propertiesIn), ...each.members.filter(ts.isPropertySignature).map((member) => ({
    [member.name.text]: kindOf(member.type, `${each.name.text}.${member.name.text}`) + (member.questionToken ? '' : '!'),
  })));
  const methodsIn = (each) => [...parentsOf(each).flatMap(methodsIn), ...each.members.filter(ts.isMethodSignature).map(({ name }) => name.text)];
  const all = [...interfaces.values()];
  return {
    structs: Object.fromEntries(all.filter(({ name }) => !isBehavioural(name.text)).map((each) => [each.name.text, propertiesIn(each)])),
    interfaces: Object.fromEntries(all.filter(({ name }) => isBehavioural(name.text)).map((each) => [each.name.text, methodsIn(each)])),
    classes: named(ts.isClassDeclaration).map(({ name }) => name.text),
    enums: Object.fromEntries(named(ts.isEnumDeclaration).map((each) => [each.name.text, Object.fromEntries(each.members.map(({ name, initializer }) => [name.text, initializer.text]))])),
  };
}

/** One line an interface, so that a difference can be read. */
export function propertiesText(properties = propertiesOf()) {
  const lines = (map) => Object.entries(map).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n');
  const { structs, interfaces, classes, enums } = properties;
  return `{\n  "structs": {\n${lines(structs)}\n  },\n  "interfaces": {\n${lines(interfaces)}\n  },\n  "classes": ${JSON.stringify(classes)},\n  "enums": {\n${lines(enums)}\n  }\n}\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeOrCheck({ target: TARGET, text: propertiesText(), source: 'the interfaces in src/', tool: 'tools/generate-properties.mjs' });
}
