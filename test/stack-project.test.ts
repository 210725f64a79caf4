import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'fs';
import * as path from 'path';
import { javascript, Logger, LogLevel, Project } from 'projen';
import { StackProject, StackTemplate } from '../src';
import { createIn, runProjenrc } from './project/creation';
import { readTree, synthIn, tempFolder } from './support/synth';

const quiet = { level: LogLevel.OFF };
const dependenciesOf = (files: { [file: string]: string }) => JSON.parse(files['package.json']).devDependencies;

/** What is printed while something runs; projen itself is silent under jest. */
function printed(run: () => void): string {
  const lines: string[] = [];
  const spies = (['info', 'warn'] as const).map((method) =>
    jest.spyOn(Logger.prototype, method).mockImplementation((...text: unknown[]) => void lines.push(text.join(' '))));
  try {
    run();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return lines.join('\n');
}

describe('projen new', () => {
  describe.each(Object.values(StackTemplate))('with the template %s', (template) => {
    test('writes a definition that synthesizes to the very same files', () => {
      const folder = tempFolder();
      const first = createIn(folder, { name: 'shop', template, devDeps: ['projen-stack@^1'] });
      expect(runProjenrc(folder)).toEqual(first);
      expect(runProjenrc(folder)).toEqual(first);

      const elsewhere = tempFolder();
      copyFileSync(path.join(folder, '.projenrc.ts'), path.join(elsewhere, '.projenrc.ts'));
      expect(runProjenrc(elsewhere)).toEqual(first);
    });
  });

  test('writes a definition for people to edit', () => {
    expect(createIn(tempFolder(), { name: 'shop' })['.projenrc.ts'].split('\n')).toEqual([
      "import { PostgresService, RedisCache, StackProject } from 'projen-stack';",
      '',
      'const project = new StackProject({',
      "  name: 'shop',",
      '  // description: …, One line.',
      '});',
      'const { stack } = project;',
      '',
      expect.stringMatching(/^\/\/ PostgreSQL.*5432/),
      "new PostgresService(stack, 'postgres', { version: '17' });",
      '',
      expect.stringMatching(/^\/\/ Redis.*6379/),
      "new RedisCache(stack, 'redis');",
      '',
      'project.synth();',
      '',
    ]);
    expect(createIn(tempFolder(), { name: 'shop', template: 'empty' })['.projenrc.ts'].split('\n').slice(-7)).toEqual([
      'const { stack } = project;',
      '',
      expect.stringMatching(/^\/\/ Services go here/),
      "// new PostgresService(stack, 'postgres', { version: '17' });",
      '',
      'project.synth();',
      '',
    ]);
  });

  test('has the services of the databases template at once, and without being asked', () => {
    const files = createIn(tempFolder(), { name: 'shop' });
    expect(files['compose.yaml']).toContain('postgres');
    expect(files['compose.yaml']).toContain('redis');
    expect(files['.projenrc.ts']).toContain("new PostgresService(stack, 'postgres'");
    expect(files['.projenrc.ts']).toContain("new RedisCache(stack, 'redis'");
  });

  test('writes options as a person would', () => {
    const { '.projenrc.ts': definition } = createIn(tempFolder(), {
      name: 'o\'shop "x" \\ \n', packageName: 'x', packageManager: 'pnpm', description: 'A shop', devDeps: ['projen-stack@file:../x.tgz', 'cowsay'],
    });
    expect(definition).toContain("import { javascript } from 'projen';\nimport { PostgresService");
    expect(definition).toContain('  name: \'o\\\'shop "x" \\\\ \\n\',\n');
    expect(definition).toContain('  packageManager: javascript.NodePackageManager.PNPM,\n');
    expect(definition).toContain("  devDeps: ['projen-stack@file:../x.tgz', 'cowsay'],\n");
    expect(definition).not.toContain('template');
  });

  test('leaves out what is assumed anyway', () => {
    expect(createIn(tempFolder(), { name: 'shop', packageManager: 'npm' })['.projenrc.ts']).not.toContain('packageManager');
  });

  test.each(['.projenrc.ts', '.projenrc.js'])('refuses a folder that has a %s', (file) => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, file), '// mine\n');
    expect(() => createIn(folder, { name: 'shop' })).toThrow(`${file}: the folder has a definition already. Add \`new StackProject({ … })\``);
    expect(readTree(folder)).toEqual({ [file]: '// mine\n' });
  });

  test.each([
    ['template', 'backend2', 'template "backend2" is unknown. Write one of: databases, backend, full-stack, empty.'],
    ['packageManager', 'cargo', 'packageManager "cargo" is unknown. Write one of: yarn, '],
  ])('refuses --%s %s, which projen itself turns into undefined', (option, value, message) => {
    const folder = tempFolder();
    expect(() => createIn(folder, { name: 'shop', [option]: value })).toThrow(message);
    expect(readTree(folder)).toEqual({});
  });
});

describe('a definition', () => {
  test('is run by node and a pinned tsx, not by ts-node', () => {
    const files = synthIn(tempFolder(), (outdir) => new StackProject({ name: 'shop', outdir, logging: quiet }));
    expect(JSON.parse(files['.projen/tasks.json']).tasks.default.steps).toEqual([{ execArgs: ['node', '--import', 'tsx', '.projenrc.ts'] }]);
    expect(dependenciesOf(files)).toEqual({
      '@types/node': '^20', 'constructs': '^10.5.0', 'projen': '*', 'tsx': '~4.23.15', 'typescript': '~6.0.0',
    });
  });

  test('merges dependencies with those of the project, and lets them replace its versions', () => {
    const files = synthIn(tempFolder(), (outdir) => new StackProject({
      name: 'shop', outdir, logging: quiet, projenVersion: '0.103.25', devDeps: ['cowsay@^1', 'typescript@~5.9.0'], deps: ['@acme/x@^2'],
    }));
    expect(dependenciesOf(files)).toMatchObject({ cowsay: '^1', tsx: '~4.23.15', typescript: '~5.9.0', projen: '0.103.25' });
    expect(JSON.parse(files['package.json']).dependencies).toEqual({ '@acme/x': '^2' });
  });

  test('type-checks in a task, with the definition only', () => {
    const files = synthIn(tempFolder(), (outdir) => new StackProject({ name: 'shop', outdir, logging: quiet }));
    expect(JSON.parse(files['.projen/tasks.json']).tasks['projenrc:check'].steps).toEqual([
      { execArgs: ['npx', 'tsc', '--project', 'tsconfig.projen.json'] },
    ]);
    expect(JSON.parse(files['tsconfig.projen.json'].replace(/^\/\/.*/, '')).include).toEqual(['.projenrc.ts', 'projenrc/**/*.ts']);
  });

  test('without a service writes no Compose file and says so', () => {
    const folder = tempFolder();
    const output = printed(() => synthIn(folder, (outdir) => new StackProject({ name: 'shop', outdir })));
    expect(output).toMatch(/no service/i);
    expect(Object.keys(readTree(folder)).filter((file) => file.startsWith('compose'))).toEqual([]);
  });

  test('says that a template comes too late', () => {
    const options = { name: 'shop', template: StackTemplate.DATABASES };
    expect(printed(() => synthIn(tempFolder(), (outdir) => new StackProject({ ...options, outdir })))).toContain('only `projen new` reads "template"');
    expect(printed(() => createIn(tempFolder(), options))).not.toContain('"template"');
  });

  test('can be a part of another project, whose definition it shares', () => {
    const folder = tempFolder();
    const files = synthIn(folder, (outdir) => {
      const root = new Project({ name: 'root', outdir, logging: quiet });
      new StackProject({ name: 'shop', parent: root, outdir: 'shop', deps: ['express@^5'] });
      return root;
    });
    expect(JSON.parse(files['shop/package.json']).dependencies).toEqual({ express: '^5' });
    expect(JSON.parse(files['shop/package.json']).devDependencies).toBeUndefined();
    expect(files['shop/tsconfig.projen.json']).toBeUndefined();
  });

  test('marks generated files for GitHub, and not those that people write in', () => {
    const attributes = synthIn(tempFolder(), (outdir) => new StackProject({ name: 'shop', outdir, logging: quiet }))['.gitattributes'];
    expect(attributes).toContain('/.projen/** linguist-generated');
    expect(attributes).not.toMatch(/package\.json|gitignore/);
  });

  test('keeps yarn from hiding packages from node', () => {
    const files = synthIn(tempFolder(), (outdir) => new StackProject({
      name: 'shop', outdir, logging: quiet, packageManager: javascript.NodePackageManager.YARN_BERRY,
    }));
    expect(files['.yarnrc.yml']).toContain('nodeLinker: node-modules');
  });

  test('lets the one package of its tools that has an install script run it, where the package manager asks', () => {
    const scriptsWith = (packageManager: javascript.NodePackageManager) => {
      const files = synthIn(tempFolder(), (outdir) => new StackProject({ name: 'shop', outdir, logging: quiet, packageManager }));
      const { allowScripts, dependenciesMeta, trustedDependencies } = JSON.parse(files['package.json']);
      return [allowScripts, dependenciesMeta, trustedDependencies, /^onlyBuiltDependencies:\n {2}- esbuild$/m.test(files['pnpm-workspace.yaml'] ?? '')];
    };
    const { NPM, PNPM, YARN_BERRY, YARN_CLASSIC, BUN } = javascript.NodePackageManager;
    expect(scriptsWith(NPM)).toEqual([{ esbuild: true }, undefined, undefined, false]);
    expect(scriptsWith(PNPM)).toEqual([undefined, undefined, undefined, true]);
    expect(scriptsWith(YARN_BERRY)).toEqual([undefined, { esbuild: { built: true } }, undefined, false]);
    expect(scriptsWith(BUN)).toEqual([undefined, undefined, ['esbuild'], false]);
    expect(scriptsWith(YARN_CLASSIC)).toEqual([undefined, undefined, undefined, false]);
  });

  test('what a person says about install scripts lasts', () => {
    const folder = tempFolder();
    const synth = () => JSON.parse(synthIn(folder, (outdir) => new StackProject({ name: 'shop', outdir, logging: quiet }))['package.json']);
    const { allowScripts, ...fields } = synth();
    expect(allowScripts).toEqual({ esbuild: true });
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...fields, allowScripts: { esbuild: false, sharp: true } }));
    expect(synth().allowScripts).toEqual({ esbuild: false, sharp: true });
  });

  test('turns the name of a folder into one for package.json', () => {
    const files = synthIn(tempFolder(), (outdir) => new StackProject({ name: 'My Shop', outdir, logging: quiet }));
    expect(JSON.parse(files['package.json']).name).toBe('my-shop');
  });

  test('leaves no mark behind when projen is ejected', () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, '.gitignore'), '/mine\n');
    process.env.PROJEN_EJECTING = 'true';
    try {
      const files = synthIn(folder, (outdir) => new StackProject({ name: 'shop', outdir, logging: quiet }));
      expect(files['.gitignore']).toMatch(/^\/mine\n\nnode_modules\/\n/);
      expect(files['.gitignore']).not.toContain('~~');
      expect(JSON.parse(files['package.json'])['//']).toBeUndefined();
      expect(existsSync(path.join(folder, '.projen/shared.json'))).toBe(false);
    } finally {
      delete process.env.PROJEN_EJECTING;
    }
  });

  test('gives up what ran the definition when projen is ejected, and keeps what is the team\'s', () => {
    const folder = tempFolder();
    const make = (outdir: string) => new StackProject({ name: 'shop', outdir, devDeps: ['prettier@^3'], logging: quiet });
    expect(Object.keys(dependenciesOf(synthIn(folder, make)))).toEqual(expect.arrayContaining(['projen', 'tsx', 'prettier']));
    const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    manifest.devDependencies.husky = '^9';
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
    process.env.PROJEN_EJECTING = 'true';
    try {
      const files = synthIn(folder, make);
      expect(dependenciesOf(files)).toEqual({ husky: '^9', prettier: '^3' });
      expect(Object.keys(files).filter((file) => /tsconfig|projenrc/.test(file))).toEqual([]);
      expect(JSON.parse(files['package.json']).scripts['projenrc:check']).toBeUndefined();
      expect(JSON.parse(files['package.json']).allowScripts).toBeUndefined();
    } finally {
      delete process.env.PROJEN_EJECTING;
    }
  });

  test('keeps the library in package.json when it is left out of the definition, and takes another range from there', () => {
    const folder = tempFolder();
    const make = (devDeps?: string[]) => (outdir: string) => new StackProject({ name: 'shop', outdir, devDeps, logging: quiet });
    expect(dependenciesOf(synthIn(folder, make(['projen-stack@^1.2.0', 'prettier@^3'])))).toMatchObject({ 'projen-stack': '^1.2.0', 'prettier': '^3' });
    const without = dependenciesOf(synthIn(folder, make()));
    expect(without).toMatchObject({ 'projen-stack': '^1.2.0' });
    expect(without).not.toHaveProperty('prettier');
    expect(dependenciesOf(synthIn(folder, make()))).toEqual(without);
    expect(dependenciesOf(synthIn(folder, make(['projen-stack@^2.0.0'])))).toMatchObject({ 'projen-stack': '^2.0.0' });
  });

  test('leaves the shared files writable', () => {
    const folder = tempFolder();
    synthIn(folder, (outdir) => new StackProject({ name: 'shop', outdir, logging: quiet }));
    for (const file of ['package.json', '.gitignore', '.gitattributes']) expect(statSync(path.join(folder, file)).mode.toString(8)).toMatch(/6..$/);
  });
});

describe('bad options', () => {
  test.each([
    [{ name: ' ' }, 'name is empty. Write the name of the project: name: \'shop\'.'],
    [{ name: '店' }, 'name "店" has no letter or digit that package.json could be named by. Write packageName: \'shop\' beside it.'],
    [{ name: 'shop', packageName: 'My Shop' }, 'packageName "My Shop" is not what npm accepts. Write "my-shop".'],
    [{ name: 'shop', template: 'nope' as StackTemplate }, 'template "nope" is unknown. Write one of: databases, backend, full-stack, empty.'],
    [{ name: 'shop', packageManager: 'pip' as javascript.NodePackageManager }, 'packageManager "pip" is unknown.'],
    [{ name: 'shop', devDeps: ['', 'ok'] }, 'devDeps holds "", which names no package. Write a name, or a name and a range: "express@^5".'],
    [{ name: 'shop', deps: ['two words'] }, 'deps holds "two words", which names no package.'],
    [{ name: 'shop', projenVersion: '' }, 'projenVersion is empty. Write a version such as "0.103.25", or leave it out.'],
  ])('%j', (options, message) => {
    const folder = tempFolder();
    expect(() => new StackProject({ ...options, outdir: folder, logging: quiet })).toThrow(message);
    expect(readTree(folder)).toEqual({});
  });

  test('are listed together', () => {
    const make = () => new StackProject({ name: '', devDeps: ['@'], outdir: tempFolder(), logging: quiet });
    expect(make).toThrow(/^StackProject cannot be made from its options:\n {2}- name is empty.*\n {2}- devDeps holds "@"/);
  });
});
