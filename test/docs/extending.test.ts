import { readFileSync } from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import * as library from '../../src';
import { document, newStack } from '../support/stack';

const PAGE = readFileSync(path.join(__dirname, '..', '..', 'docs', 'extending.md'), 'utf8');

/** The files that the page shows, by the path in their first line. */
const SHOWN = new Map([...PAGE.matchAll(/^```ts executed\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)].map((match) => [match[1], match[2]]));

/** Runs the files of the page as modules of one package, each once. */
class Package {
  private readonly loaded = new Map<string, { [name: string]: any }>();

  public load(file: string): { [name: string]: any } {
    const known = this.loaded.get(file);
    if (known) return known;
    const source = SHOWN.get(file);
    if (source === undefined) throw new Error(`The page shows no ${file}.`);
    const exported = {};
    this.loaded.set(file, exported);
    const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
    new Function('require', 'exports', outputText)((name: string) => this.resolve(name, file), exported);
    return exported;
  }

  private resolve(name: string, from: string): unknown {
    if (name === 'projen-stack') return library;
    return name.startsWith('.') ? this.load(`${path.posix.join(path.posix.dirname(from), name)}.ts`) : jest.requireActual(name);
  }
}

test('there is a file for each thing that can be extended', () => {
  expect([...SHOWN.keys()]).toEqual([
    'src/search-service.ts', 'src/adjusted.ts', 'src/shop-platform.ts', 'src/owner-rule.ts', 'src/ports-target.ts', 'test/extension.test.ts', 'test/compose.ts',
  ]);
});

test.each([...SHOWN.keys()])('%s runs, with what it asserts', (file) => {
  expect(() => new Package().load(file)).not.toThrow();
});

test('what it asserts would fail', () => {
  const broken = new Package();
  SHOWN.set('test/broken.ts', SHOWN.get('test/extension.test.ts')!.replace('7700', '7701'));
  expect(() => broken.load('test/broken.ts')).toThrow(/7701/);
  SHOWN.delete('test/broken.ts');
});

test('what is adjusted there is in the files', () => {
  const stack = newStack();
  new Package().load('src/adjusted.ts').adjusted(stack);
  const files = library.StackTesting.synth(stack);
  expect(files['backend/Dockerfile']).toContain('RUN echo acme > /etc/owner');
  expect(document(stack, library.Mode.PRODUCTION).services.backend).toMatchObject({ oom_score_adj: -500, labels: { owner: 'checkout' } });
  expect(files['config/postgres/docker-entrypoint-initdb.d/10-readers.sql']).toBe('CREATE ROLE reader;\n');
});

test('every member that the page names is there', () => {
  const members = [...PAGE.matchAll(/`(add[A-Z]\w+|connect|findings|dataFormat)(?:\(\))?`/g)].map((match) => match[1]);
  expect(members.length).toBeGreaterThan(6);
  for (const name of members) expect([name, name in library.Service.prototype]).toEqual([name, true]);
});
