import { mkdirSync, realpathSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import * as path from 'path';
import { Construct } from 'constructs';
import { LogLevel, Project } from 'projen';
import * as library from '../../../src';
import { markAsStack } from '../../../src/model/group';
import { THIS_COPY, UNRELEASED } from '../../../src/model/origin';
import { copyFindings, Part, versionFindings } from '../../../src/validation/extensions/check-origins';
import { lines, messageOf, newStack } from '../../support/stack';
import { tempFolder, withoutPost } from '../../support/synth';
import { AlwaysBroken } from '../../support/targets';

const ORIGIN = Symbol.for('projen-stack.Origin');

/** Lets something come from another copy of the library. */
function fromCopy<T extends object>(object: T, folder: string, version = '1.3.0'): T {
  return Object.create(object, { [ORIGIN]: { value: { copy: { folder, version }, files: [] } } }) as T;
}

const partOf = (object: object, at = 'shop/stack/search'): Part => ({ object, at, label: at, location: '.projenrc.ts:7' });

describe('two copies of the library', () => {
  const other = '/x/node_modules/@acme/search/node_modules/projen-stack';

  test('are named with their paths, their versions and what the other one made', () => {
    const { Service } = library;
    const stack = newStack();
    const parts = ['search', 'index', 'queue', 'mail'].map((id) => partOf(fromCopy(new Service(stack, id, { image: 'a:1' }), other), `shop/stack/${id}`));
    expect(lines(copyFindings([...parts, partOf(new Service(stack, 'own', { image: 'a:1' }))]), 'PS086')).toEqual([
      `error PS086 at shop/stack/search (.projenrc.ts:LINE): Two copies of projen-stack are in use: ${THIS_COPY.version} in ., and 1.3.0 in ${other}, `
      + 'which made shop/stack/search, shop/stack/index, shop/stack/queue and 1 more. '
      + 'Make it one: in package.json of @acme/search, name projen-stack under peerDependencies and not under dependencies. Then "npm dedupe"; "npm ls projen-stack" shows what is left.',
    ]);
  });

  test('are each named once; one elsewhere has no package that could be named', () => {
    const parts = [fromCopy({}, '/a/projen-stack'), fromCopy({}, '/b/projen-stack', '2.0.0'), fromCopy({}, '/a/projen-stack')].map((each) => partOf(each));
    const found = copyFindings(parts);
    expect(found.map(({ message }) => /and (\S+ in \S+),/.exec(message)![1])).toEqual(['1.3.0 in /a/projen-stack', '2.0.0 in /b/projen-stack']);
    expect(found[0].fix).toMatch(/^Make it one: in package\.json of the package that brings it, /);
  });

  test.each<[string, (stack: library.Stack) => void]>([
    ['a rule', (stack) => stack.addRule(fromCopy(new AlwaysBroken(), other))],
    ['a target', (stack) => stack.addTarget(fromCopy(new library.TextTarget(), other))],
  ])('%s of the other one stops everything else', (_, add) => {
    const stack = newStack();
    new library.Service(stack, 'Not_A_Label');
    add(stack);
    stack.accept('PS086', { because: 'it should not help' });
    expect(stack.findings().map(({ rule }) => rule.ruleId)).toEqual(['PS086']);
    expect(messageOf(() => withoutPost(() => stack.project.synth()))).toContain('error PS086 at shop/stack');
  });

  test('one that made nothing is said in passing', () => {
    const copies = (globalThis as any)[Symbol.for('projen-stack.Copies')] as Map<string, object>;
    copies.set('/x/projen-stack', { folder: '/x/projen-stack', version: '1.3.0' });
    const said = jest.spyOn(console, 'error').mockImplementation();
    try {
      const project = new Project({ name: 'shop', outdir: tempFolder(), logging: { level: LogLevel.WARN } });
      new library.Stack(project);
      withoutPost(() => project.synth());
      expect(said.mock.calls.flat().join('\n')).toContain(
        `A second copy of projen-stack is loaded: 1.3.0 in /x/projen-stack, beside ${THIS_COPY.version} in .; what it makes could not stand in this stack.`,
      );
    } finally {
      said.mockRestore();
      copies.delete('/x/projen-stack');
    }
  });

  test('a whole stack of the other one is not asked anything', () => {
    const stack = newStack();
    const foreign = new Construct(stack.project, 'foreign');
    markAsStack(foreign, () => '', () => ({}));
    Object.defineProperty(foreign, ORIGIN, { value: { copy: { folder: other, version: '9.0.0' }, files: [] } });
    expect(messageOf(() => withoutPost(() => stack.project.synth()))).toMatch(/: 1 error\.\n {2}error PS086 at shop\/foreign: .* which made shop\/foreign\. /);
  });

  test('what stands in a stack without being an element is seen too: it would vanish', () => {
    const stack = newStack();
    new library.Service(stack, 'web', { image: 'a:1' });
    const unknown = new Construct(stack, 'unknown');
    Object.defineProperty(unknown, ORIGIN, { value: { copy: { folder: other, version: '9.0.0' }, files: [] } });
    expect(lines(stack.findings(), 'PS086')).toEqual([expect.stringContaining(`and 9.0.0 in ${other}, which made shop/stack/unknown.`)]);
  });
});

describe('an extension', () => {
  const folder = realpathSync(tempFolder());
  const extension = (name: string, wants: object) => {
    const home = path.join(folder, 'node_modules', name);
    mkdirSync(path.join(home, 'lib'), { recursive: true });
    writeFileSync(path.join(home, 'package.json'), JSON.stringify({ name, version: '3.1.0', main: 'lib/index.js', ...wants }));
    // Without jest's own module loader: its frames are what a real extension has.
    writeFileSync(path.join(home, 'lib', 'index.js'), 'exports.make = (lib, stack, id) => new (class SearchService extends lib.Service { constructor(s, i) { super(s, i, { image: "a:1" }); } })(stack, id);');
    const real = createRequire(path.join(folder, 'x.js'));
    return real(path.join(home, 'lib', 'index.js')) as { make: (lib: typeof library, stack: library.Stack, id: string) => library.Service };
  };
  const stack = newStack();
  const two = extension('@acme/search', { peerDependencies: { 'projen-stack': '^2.1.0' } });
  const parts = [two.make(library, stack, 'search'), two.make(library, stack, 'again'), extension('fits', { peerDependencies: { 'projen-stack': '>=1 <3' } }).make(library, stack, 'fits')]
    .concat(extension('silent', { dependencies: { 'projen-stack': '^9' } }).make(library, stack, 'silent'))
    .concat(extension('linked', { peerDependencies: { 'projen-stack': 'file:../x' } }).make(library, stack, 'linked'))
    .map((each) => partOf(each, each.node.path.replace(/^.*\//, '')));

  test('for another major says so, with both versions, once', () => {
    expect(lines(versionFindings(parts, '1.4.0'), 'PS088')).toEqual([
      `error PS088 at search (.projenrc.ts:LINE): @acme/search 3.1.0 (${folder}/node_modules/@acme/search), which made search, is built for projen-stack ^2.1.0, and this is 1.4.0. `
      + 'Install a version of @acme/search whose peerDependencies take projen-stack 1.4.0, or write "projen-stack": "^2.1.0" in package.json.',
    ]);
  });

  test.each([['2.1.0', []], ['2.0.9', ['@acme/search']], ['3.0.0', ['@acme/search', 'fits']]])('of a range is held against it: %s', (version, named) => {
    expect(versionFindings(parts, version).map(({ message }) => message.split(' ')[0])).toEqual(named);
  });

  test('is not judged by a checkout that has no version yet', () => expect(versionFindings(parts, UNRELEASED)).toEqual([]));
});
