import { existsSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import { committedFiles, folderWith, ROOT } from './support';

/** Type-checks files that import the library by its name, against the library's sources, as strictly as the library itself. */
function errorsIn(paths: string[]): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined })!;
  const program = ts.createProgram(paths, {
    ...config.options,
    noEmit: true,
    declaration: false,
    rootDir: undefined,
    outDir: undefined,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules', '@types')],
    paths: { 'projen-stack': [join(ROOT, 'src', 'index.ts')], '*': [join(ROOT, 'node_modules', '*')] },
  });
  return paths.flatMap((path) => {
    const source = program.getSourceFile(path)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      .map(({ start, messageText }) => `${path}:${source.getLineAndCharacterOfPosition(start ?? 0).line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  });
}

/** A runner does not check types, so nothing else would notice an example with a misspelt property. */
const definitions = committedFiles().filter((path) => /^examples\/.*\.projenrc\.ts$/.test(path) && !/\/node_modules\//.test(path));

test('there is the example that npm start uses', () => {
  expect(definitions).toContain('examples/quickstart/.projenrc.ts');
});

test('the four stories are there, each with what it gives', () => {
  for (const name of ['database', 'ai-agents', 'full-stack', 'emotion-visualizer']) {
    expect(definitions).toContain(`examples/${name}/.projenrc.ts`);
    expect(committedFiles()).toContain(`examples/${name}/docker-compose.yml`);
  }
});

test('every example is type-correct', () => {
  expect(errorsIn(definitions.map((path) => join(ROOT, path)).filter((path) => existsSync(path)))).toEqual([]);
});

test('a misspelt property and an unknown import would be found', () => {
  const folder = folderWith({
    'bad.ts': "import { NoSuchThing, StackProject } from 'projen-stack';\nnew StackProject({ name: 'x', nmae: 'y' });\nexport const x = NoSuchThing;\n",
    'good.ts': "import { StackProject } from 'projen-stack';\nexport const project = new StackProject({ name: 'x' });\n",
  });
  const errors = errorsIn([join(folder, 'bad.ts'), join(folder, 'good.ts')]);
  expect(errors).toHaveLength(2);
  expect(errors.join('\n')).toContain('NoSuchThing');
  expect(errors.join('\n')).toContain('nmae');
});
