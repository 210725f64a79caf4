import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import * as path from 'path';
import { InitProjectOptionHints, Projects } from 'projen';
import * as ts from 'typescript';
import { readTree, withoutPost } from '../support/synth';

const SOURCE = path.resolve(__dirname, '../../src/index');

/** The part of the package's manifest that `projen new` reads; the end-to-end test uses the whole, real one. */
const MANIFEST = {
  fingerprint: 'test',
  types: {
    'projen-stack.StackProject': {
      name: 'StackProject',
      assembly: 'projen-stack',
      kind: 'class',
      fqn: 'projen-stack.StackProject',
      base: 'projen.Project',
      initializer: { parameters: [{ name: 'options', type: { fqn: 'projen-stack.StackProjectOptions' } }] },
    },
    'projen-stack.StackProjectOptions': {
      name: 'StackProjectOptions',
      assembly: 'projen-stack',
      kind: 'interface',
      fqn: 'projen-stack.StackProjectOptions',
      properties: [
        { name: 'name', type: { primitive: 'string' }, docs: {} },
        { name: 'description', optional: true, type: { primitive: 'string' }, docs: { summary: 'One line.', custom: { featured: 'true' } } },
        { name: 'packageManager', optional: true, type: { fqn: 'projen.javascript.NodePackageManager' }, docs: {} },
        { name: 'template', optional: true, type: { fqn: 'projen-stack.StackTemplate' }, docs: { custom: { featured: 'true' } } },
        { name: 'devDeps', optional: true, type: { collection: { kind: 'array', elementtype: { primitive: 'string' } } }, docs: {} },
      ],
    },
    'projen-stack.StackTemplate': { name: 'StackTemplate', assembly: 'projen-stack', kind: 'enum', fqn: 'projen-stack.StackTemplate' },
  },
};

/** Does in a folder what `projen new --from projen-stack` does once the package is installed. */
export function createIn(folder: string, options: { [option: string]: unknown }): { [file: string]: string } {
  const installed = path.join(folder, 'node_modules', 'projen-stack');
  mkdirSync(installed, { recursive: true });
  writeFileSync(path.join(installed, 'package.json'), JSON.stringify({ name: 'projen-stack', version: '0.0.0', main: 'index.js' }));
  writeFileSync(path.join(installed, 'index.js'), `module.exports = require(${JSON.stringify(SOURCE)});\n`);
  writeFileSync(path.join(installed, '.jsii'), JSON.stringify(MANIFEST));
  return inFolder(folder, () => Projects.createProject({
    dir: folder,
    projectFqn: 'projen-stack.StackProject',
    projectOptions: options,
    optionHints: InitProjectOptionHints.FEATURED,
    post: false,
  }));
}

/** Runs the definition of a folder, as `npx projen` does. */
export function runProjenrc(folder: string): { [file: string]: string } {
  const source = readFileSync(path.join(folder, '.projenrc.ts'), 'utf8');
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const load = (module: string): unknown => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(module === 'projen-stack' ? SOURCE : module);
  };
  return inFolder(folder, () => new Function('require', 'exports', outputText)(load, {}));
}

function inFolder(folder: string, run: () => void): { [file: string]: string } {
  const before = process.cwd();
  const created = process.env.PROJEN_CREATE_PROJECT;
  process.chdir(folder);
  try {
    withoutPost(run);
  } finally {
    process.chdir(before);
    if (created === undefined) delete process.env.PROJEN_CREATE_PROJECT;
    else process.env.PROJEN_CREATE_PROJECT = created;
  }
  return readTree(folder);
}
