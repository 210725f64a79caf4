import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

const ROOT = path.join(__dirname, '..', '..');
const PAGES = ['README.md', ...['docs', 'docs/constructs'].flatMap((folder) => (
  readdirSync(path.join(ROOT, folder)).filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`)
))];

/** The names that the library exports. */
const EXPORTED = [...readFileSync(path.join(ROOT, 'src', 'index.ts'), 'utf8').matchAll(/\{ (.*) \}/g)].flatMap((match) => match[1].split(', '));

/** What a fragment may take as given: it is shown without its beginning. */
const GIVEN = [
  'import { Project } from "projen";',
  'import * as everything from "projen-stack";',
  'declare global { const api: everything.Service; const backend: everything.FastApiBackend; const postgres: everything.PostgresService; const project: Project; const stack: everything.Stack; }',
].join('\n');

interface Block {
  readonly place: string;
  /** The path that it says in its first line, by which other blocks of the page import it. */
  readonly shownAs?: string;
  readonly code: string;
}

function blocks(page: string): Block[] {
  const text = readFileSync(path.join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```ts( \w+)?\n([\s\S]*?)^```$/gm)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length + 1;
    const names = EXPORTED.filter((name) => new RegExp(`\\b${name}\\b`).test(match[2]));
    const imports = match[1] === ' fragment' && !/^import /m.test(match[2])
      ? `import * as everything from "projen-stack"; ${names.map((name) => `import ${name} = everything.${name};`).join(' ')} ` : '';
    const [, shownAs] = /^\/\/ (\S+\.ts)$/m.exec(match[2].split('\n')[0]) ?? [];
    return { place: `${page}:${line}`, shownAs: shownAs && `${path.basename(page, '.md')}/${shownAs}`, code: `${imports}export {}; ${match[2]}` };
  });
}

/** What the compiler says of a set of files that exist in memory only, by file. */
function compile(files: ReadonlyMap<string, string>): Map<string, string[]> {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    esModuleInterop: true,
    types: ['node'],
    paths: { 'projen-stack': [path.join(ROOT, 'src/index.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile, directoryExists } = host;
  host.directoryExists = (name) => [...files.keys()].some((file) => file.startsWith(`${name}/`)) || directoryExists!(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const found = new Map<string, string[]>();
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    const name = diagnostic.file?.fileName ?? 'the program';
    found.set(name, [...(found.get(name) ?? []), ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')]);
  }
  return found;
}

describe('the TypeScript in README.md and docs/', () => {
  const all = PAGES.flatMap(blocks);
  const fileOf = (index: number) => path.join(ROOT, 'test', 'docs', all[index]?.shownAs ?? `block-${index}.ts`);
  const given = path.join(ROOT, 'test', 'docs', 'given.ts');
  const found = compile(new Map([[given, GIVEN], ...all.map(({ code }, index): [string, string] => [fileOf(index), code]), [fileOf(-1), 'const wrong: number = "text"; export {};']]));

  test('is compiled at all: a wrong block is seen', () => {
    expect(found.get(fileOf(-1))).toEqual(["Type 'string' is not assignable to type 'number'."]);
  });

  test.each(all.map(({ place }, index) => [place, index] as const))('%s compiles', (_, index) => {
    expect(found.get(fileOf(index)) ?? []).toEqual([]);
  });

  test('there is some', () => {
    expect(all.length).toBeGreaterThan(4);
  });
});
