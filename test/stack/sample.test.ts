import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'fs';
import * as path from 'path';
import { LogLevel, Project, TextFile } from 'projen';
import { RedisCache, SamplePart, SampleReplacement, SampleTree, SampleTreeProps, Stack, StackProps } from '../../src';
import { partsOf, put } from '../files/sample/folders';
import { messageOf, stable } from '../support/stack';
import { readTree, tempFolder, withoutPost } from '../support/synth';

const FILES = {
  core: {
    '_gitignore': '.venv\n',
    'app/main.py': 'import app.core\nimport redis  # part: redis\n\napp = 1\n# part: redis begin\n\nredis.start()\n# part: redis end\nrun()\n',
    'app/core.py': 'PREFIX = ""\n',
    'run.sh': '#!/bin/sh\n',
    'logo.png': Buffer.from([0, 13, 10, 255]),
  },
  redis: { 'app/cache.py': 'from app.core import PREFIX\n', 'tests/test_cache.py': '\n' },
  celery: { 'app/worker.py': 'worker\n' },
};
/** No README, whose sections would be remembered beside the samples. */
const NONE = { sections: [] };
const PARTS = partsOf(FILES);
const parts = (...wanted: string[]): SamplePart[] => PARTS.map((part) => ({
  ...part, wanted: wanted.includes(part.partName), instructions: part.partName === 'core' ? [] : ['Then run: npx projen backend:lock'],
}));
const replacements = (prefix: string, folder = 'app') => [
  SampleReplacement.renameFolder('app', folder, { references: ['\\bapp(?=\\.core)'] }),
  SampleReplacement.line('app/core.py', 'PREFIX = ""', `PREFIX = "${prefix}"`),
];

/** What is said at the default level, in its order and without colours. */
function spoken(run: () => void): string[] {
  const spy = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    run();
    return spy.mock.calls.map(([line]) => stable(String(line)).replace(/\u001b\[\d+m/g, '').replace(/^\S+ /, ''));
  } finally {
    spy.mockRestore();
  }
}

/** A project with stacks, which speaks as it does outside of a test. */
function project(outdir: string, define: (root: Project) => void): Project {
  const root = new Project({ name: 'shop', outdir, logging: { level: LogLevel.INFO } });
  define(root);
  return root;
}

/** A sample in a stack with a service. */
function sample(scope: Project, props: Partial<SampleTreeProps>, stackProps: StackProps = {}, id?: string): SampleTree {
  const stack = new Stack(scope, id, { readme: NONE, ...stackProps });
  return new SampleTree(new RedisCache(stack, 'redis'), 'sample', { directory: 'backend', sampleName: 'fastapi', parts: parts('core'), ...props });
}

/** Synthesizes a project with one sample, and gives what it said. */
function synth(folder: string, props: Partial<SampleTreeProps> = {}): string[] {
  const root = project(folder, (each) => sample(each, props));
  return spoken(() => withoutPost(() => root.synth()));
}

/** What a synthesis is refused with; it leaves the folder as it was. */
function refusal(root: Project): string[] {
  const before = readTree(root.outdir);
  const message = messageOf(() => withoutPost(() => root.synth()));
  expect(readTree(root.outdir)).toEqual(before);
  return message.split('\n').filter((line) => line.includes('PS06')).map((line) => line.trim());
}

const ours = (folder: string) => Object.keys(readTree(folder)).filter((file) => file.startsWith('backend/')).map((file) => file.slice(8)).sort();
const memory = (folder: string) => {
  const { '//': marker, ...content } = JSON.parse(readTree(folder)['.projen/stack.json']);
  expect(marker).toContain(['~~ Generated', 'by projen'].join(' '));
  return content;
};
const CORE = ['.gitignore', 'app/core.py', 'app/main.py', 'logo.png', 'run.sh'];
const WROTE = 'Wrote 5 files of the sample "fastapi" (core) into backend/. This code is yours from now on: no synthesis changes it.';
const AT = 'at shop/stack/redis/sample (test/stack/sample.test.ts:LINE):';

describe('a sample is written', () => {
  test('once: the next synthesis changes nothing and says nothing', () => {
    const folder = tempFolder();
    expect(synth(folder)).toEqual([WROTE]);
    expect(ours(folder)).toEqual(CORE);
    const tree = readTree(folder);
    expect(tree['backend/app/main.py']).toBe('import app.core\n\napp = 1\nrun()\n');
    expect(synth(folder)).toEqual([]);
    expect(readTree(folder)).toEqual(tree);
  });

  test('once by the same object too', () => {
    const folder = tempFolder();
    const root = project(folder, (each) => sample(each, {}));
    expect(spoken(() => withoutPost(() => root.synth()))).toEqual([WROTE]);
    writeFileSync(path.join(folder, 'backend/app/main.py'), 'mine');
    rmSync(path.join(folder, 'backend/run.sh'));
    const tree = readTree(folder);
    expect(spoken(() => withoutPost(() => root.synth()))).toEqual([]);
    expect(readTree(folder)).toEqual(tree);
  });

  test('for people: writable, without a header, unknown to projen', () => {
    const folder = tempFolder();
    synth(folder);
    const modes = ['run.sh', 'app/main.py', 'logo.png'].map((file) => (statSync(path.join(folder, 'backend', file)).mode % 0o1000).toString(8));
    expect(modes).toEqual(['755', '644', '644']);
    const tree = readTree(folder);
    for (const file of CORE) expect(tree[`backend/${file}`]).not.toContain('~~');
    for (const file of ['.projen/files.json', '.gitattributes', '.gitignore']) expect(tree[file]).not.toContain('backend');
    expect(JSON.parse(tree['.projen/files.json']).files).toContain('.projen/stack.json');
    expect(tree['.gitignore']).toContain('!/.projen/stack.json');
  });

  test('and what was written is remembered, in order', () => {
    const folder = tempFolder();
    synth(folder, { parts: parts('core', 'redis'), replacements: replacements('X_') });
    expect(memory(folder)).toEqual({
      samples: { backend: { fastapi: { parts: ['core', 'redis'], replacements: { 'folder app': 'app', 'line app/core.py: PREFIX = ""': 'PREFIX = "X_"' } } } },
    });
  });

  test('into the folder of a stack, of a subproject, and into the stack\'s own', () => {
    const folder = tempFolder();
    const root = project(folder, (each) => {
      sample(each, { directory: './services/backend/' }, { directory: 'infra' });
      const sub = new Project({ name: 'sub', parent: each, outdir: 'packages/sub' });
      sample(sub, { directory: undefined, sampleName: undefined });
    });
    expect(spoken(() => withoutPost(() => root.synth()))).toEqual([
      'Wrote 4 files of the sample "sample" (core) into packages/sub/. This code is yours from now on: no synthesis changes it.\n'
      + 'packages/sub/.gitignore exists and was left alone.',
      WROTE.replace('backend/', 'infra/services/backend/'),
    ]);
    const tree = readTree(folder);
    for (const file of CORE.slice(1)) for (const where of ['infra/services/backend', 'packages/sub']) expect(tree).toHaveProperty([`${where}/${file}`]);
    expect(JSON.parse(tree['.projen/stack.json']).samples).toEqual({ 'infra/services/backend': { fastapi: { parts: ['core'] } } });
    expect(JSON.parse(tree['packages/sub/.projen/stack.json']).samples).toEqual({ '.': { sample: { parts: ['core'] } } });
    expect(spoken(() => withoutPost(() => root.synth()))).toEqual([]);
  });

  test('not when a rule is broken', () => {
    const folder = tempFolder();
    const root = project(folder, (each) => sample(each, {}, { stackName: 'NO' }));
    expect(spoken(() => expect(() => withoutPost(() => root.synth())).toThrow(/no file was written/))).toEqual([]);
    expect(readTree(folder)).toEqual({});
  });

  test('not over what is there: it is named once', () => {
    const folder = put(tempFolder(), { 'backend/run.sh': 'mine' });
    symlinkSync('nowhere', path.join(folder, 'backend/.gitignore'));
    expect(synth(folder)).toEqual([`${WROTE.replace('5', '3')}\nThese exist and were left alone: backend/.gitignore, backend/run.sh.`]);
    expect(readTree(path.join(folder, 'backend', 'app'))).toHaveProperty(['core.py']);
    rmSync(path.join(folder, 'backend/.gitignore'));
    expect(readTree(folder)['backend/run.sh']).toBe('mine');
  });

  test('not over what the project writes itself', () => {
    const folder = tempFolder();
    const root = project(folder, (each) => {
      sample(each, {});
      new TextFile(each, 'backend/app/core.py', { lines: ['generated'] });
    });
    expect(spoken(() => withoutPost(() => root.synth()))).toEqual([`${WROTE.replace('5', '4')}\nbackend/app/core.py exists and was left alone.`]);
    expect(readTree(folder)['backend/app/core.py']).toBe('generated');
  });

  test('nor over what the stack writes', () => {
    const folder = tempFolder();
    const some = partsOf({ core: { 'compose.yaml': 'mine\n', 'x': '' } });
    const root = project(folder, (each) => sample(each, { directory: '.', parts: some }));
    expect(spoken(() => withoutPost(() => root.synth()))).toEqual([
      'Wrote 1 file of the sample "fastapi" (core) into the project\'s folder. This code is yours from now on: no synthesis changes it.\n'
      + 'compose.yaml exists and was left alone.',
    ]);
    expect(readTree(folder)['compose.yaml']).toContain('redis:');
  });

  test('also where the project has written most of its files', () => {
    const folder = tempFolder();
    const define = (withSample: boolean) => project(folder, (each) => {
      for (const name of ['.gitignore', 'app/core.py', 'app/main.py', 'logo.png']) new TextFile(each, `backend/${name}`, { lines: ['generated'] });
      if (withSample) sample(each, {});
    });
    withoutPost(() => define(false).synth());
    expect(spoken(() => withoutPost(() => define(true).synth()))[0]).toMatch(/^Wrote 1 file of the sample/);
  });
});

describe('the team\'s own application', () => {
  const OWN = 'backend/app exists, so the application in backend/ is your own: nothing of the sample "fastapi" (core) was written. '
    + 'To have it written, move backend/app away and remove "fastapi" of "backend" from .projen/stack.json.';

  test('is left alone, now and when parts are added [000-127]', () => {
    const folder = put(tempFolder(), { 'backend/app/x.py': 'mine' });
    expect(synth(folder, { unless: ['lib', 'app'] })).toEqual([OWN]);
    expect(ours(folder)).toEqual(['app/x.py']);
    expect(memory(folder)).toEqual({ samples: { backend: { fastapi: { own: true, parts: ['core'] } } } });
    expect(synth(folder, { unless: ['app'] })).toEqual([]);
    expect(synth(folder, { unless: ['app'], parts: parts('core', 'redis') }))
      .toEqual(['The application in backend/ is your own: nothing of the part redis of the sample "fastapi" was written.']);
    expect(synth(folder, { unless: ['app'], parts: parts('core', 'redis'), replacements: replacements('X_') })).toEqual([]);
    expect(ours(folder)).toEqual(['app/x.py']);
  });

  test('is only where one of the paths is', () => {
    const folder = put(tempFolder(), { 'backend/README.md': 'mine', 'app/x': '' });
    expect(synth(folder, { unless: ['app'] })).toEqual([WROTE]);
  });

  test('can be given up as the note says', () => {
    const folder = put(tempFolder(), { 'backend/app/x.py': 'mine' });
    synth(folder, { unless: ['app'] });
    rmSync(path.join(folder, 'backend/app'), { recursive: true });
    chmodSync(path.join(folder, '.projen/stack.json'), 0o644);
    writeFileSync(path.join(folder, '.projen/stack.json'), '{"samples":{"backend":{}}}');
    expect(synth(folder, { unless: ['app'] })).toEqual([WROTE]);
  });
});

describe('a part that is added later', () => {
  const ADDED = [
    'Added the part redis of the sample "fastapi" to backend/.',
    'Wrote backend/app/cache.py, backend/tests/test_cache.py.',
    'What is yours was not changed. Add these lines by hand:',
    '',
    '  backend/app/main.py',
    '    after this line:',
    '        import app.core',
    '    add:',
    '        import redis',
    '    after this line:',
    '        app = 1',
    '    add:',
    '        ',
    '        redis.start()',
    '',
    'Then run: npx projen backend:lock',
  ];

  test('brings its files, and says once what to add by hand', () => {
    const folder = tempFolder();
    synth(folder);
    const before = readTree(folder);
    expect(synth(folder, { parts: parts('core', 'redis') })).toEqual([ADDED.join('\n')]);
    expect(ours(folder)).toEqual([...CORE, 'app/cache.py', 'tests/test_cache.py'].sort());
    expect(readTree(folder)['backend/app/main.py']).toBe(before['backend/app/main.py']);
    expect(memory(folder).samples.backend.fastapi.parts).toEqual(['core', 'redis']);
    expect(synth(folder, { parts: parts('core', 'redis') })).toEqual([]);
  });

  test('leaves what is there alone, and out of the note what was added already', () => {
    const folder = tempFolder();
    synth(folder);
    put(folder, { 'backend/app/cache.py': 'mine', 'backend/app/main.py': 'import app.core\r\nimport redis\r\nmine\r\nrun()\r\n' });
    expect(synth(folder, { parts: parts('core', 'redis') })).toEqual([[
      'Added the part redis of the sample "fastapi" to backend/.',
      'Wrote backend/tests/test_cache.py.',
      'backend/app/cache.py exists and was left alone.',
      'What is yours was not changed. Add these lines by hand:',
      '',
      '  backend/app/main.py',
      '    after this line (no longer there as it was written):',
      '        app = 1',
      '    add:',
      '        ',
      '        redis.start()',
      '',
      'Then run: npx projen backend:lock',
    ].join('\n')]);
    expect(readTree(folder)['backend/app/cache.py']).toBe('mine');
  });

  test('says nothing of a file that the team deleted, and does not bring it back', () => {
    const folder = tempFolder();
    synth(folder);
    rmSync(path.join(folder, 'backend/app/main.py'));
    expect(synth(folder, { parts: parts('core', 'redis') })).toEqual([[...ADDED.slice(0, 2), ADDED[ADDED.length - 1]].join('\n')]);
    expect(ours(folder)).not.toContain('app/main.py');
  });

  test('is written with the values that the others were written with', () => {
    const folder = tempFolder();
    synth(folder, { replacements: replacements('', 'src') });
    const said = synth(folder, { parts: parts('core', 'redis'), replacements: replacements('', 'app') });
    expect(said[0]).toMatch(/^warning PS065/);
    expect(readTree(folder)['backend/src/cache.py']).toBe('from src.core import PREFIX\n');
    expect(said[1]).toContain('        import src.core\n    add:');
  });

  test('with a value of its own: that is remembered', () => {
    const folder = tempFolder();
    const own = (value: string) => [SampleReplacement.line('app/cache.py', 'from app.core import PREFIX', value)];
    synth(folder);
    synth(folder, { parts: parts('core', 'redis'), replacements: own('x = 1') });
    expect(readTree(folder)['backend/app/cache.py']).toBe('x = 1\n');
    expect(synth(folder, { parts: parts('core', 'redis'), replacements: own('x = 2') })[0]).toMatch(/was written with `x = 1`, and the definition says `x = 2`/);
  });

  test('with the replacements in the order of the definition', () => {
    const folder = tempFolder();
    const some = partsOf({ core: { 'app/core.py': 'app.core\nPREFIX = ""\n', 'a.txt': 'FROM\n' }, more: { 'b.txt': 'FROM\n' } });
    const withMore = (wanted: boolean, count: number) => ({
      parts: some.map((part) => ({ ...part, wanted: wanted || part.partName === 'core' })),
      replacements: [SampleReplacement.text('FROM', 'app.core', { extensions: ['.txt'], count }), ...replacements('', 'src')],
    });
    synth(folder, withMore(false, 1));
    synth(folder, withMore(true, 2));
    for (const file of ['a.txt', 'b.txt']) expect(readTree(folder)[`backend/${file}`]).toBe('src.core\n');
  });

  test('two at once say what both ask for, once', () => {
    const folder = tempFolder();
    synth(folder);
    const [note] = synth(folder, { parts: parts('core', 'redis', 'celery') });
    expect(note).toMatch(/^Added the parts redis, celery of the sample "fastapi" to backend\/\.\n/);
    expect(note.split('Then run:')).toHaveLength(2);
  });
});

describe('a part that is no longer wanted', () => {
  test('stays, and its files are named once', () => {
    const folder = tempFolder();
    synth(folder, { parts: parts('core', 'redis', 'celery') });
    rmSync(path.join(folder, 'backend/tests'), { recursive: true });
    const before = readTree(folder);
    expect(synth(folder, { parts: parts('core', 'celery') })).toEqual([
      'The part redis of the sample "fastapi" in backend/ is no longer in the definition. Nothing was deleted. '
      + 'Unused now: backend/app/cache.py, its lines in backend/app/main.py.',
    ]);
    expect({ ...readTree(folder), '.projen/stack.json': '' }).toEqual({ ...before, '.projen/stack.json': '' });
    expect(synth(folder, { parts: parts('core', 'celery') })).toEqual([]);
  });

  test('names no file that has none of its lines any more', () => {
    const folder = tempFolder();
    synth(folder, { parts: parts('core', 'redis') });
    put(folder, { 'backend/app/main.py': 'mine\n' });
    expect(synth(folder)[0]).toMatch(/Unused now: backend\/app\/cache\.py, backend\/tests\/test_cache\.py\.$/);
  });

  test('and that the library does not have any more', () => {
    const folder = tempFolder();
    synth(folder, { parts: parts('core', 'celery') });
    expect(synth(folder, { parts: parts('core').filter((part) => part.partName !== 'celery') }))
      .toEqual(['The part celery of the sample "fastapi" in backend/ is no longer in the definition. Nothing was deleted.']);
  });

  test('a whole sample', () => {
    const folder = tempFolder();
    synth(folder);
    const without = () => spoken(() => withoutPost(() => project(folder, (each) => new RedisCache(new Stack(each, 'stack', { readme: NONE }), 'redis')).synth()));
    expect(without()).toEqual(['The sample "fastapi" in backend/ is no longer in the definition. Nothing was deleted.']);
    expect(ours(folder)).toEqual(CORE);
    expect(readTree(folder)).not.toHaveProperty(['.projen/stack.json']);
    expect(without()).toEqual([]);
  });

  test('a whole sample that is gone, or that was the team\'s own, needs no word', () => {
    const folder = put(tempFolder(), { 'own/app': 'mine' });
    const both = project(folder, (each) => new SampleTree(sample(each, {}), 'own', { directory: 'own', parts: parts('core'), unless: ['app'] }));
    expect(spoken(() => withoutPost(() => both.synth()))).toHaveLength(2);
    rmSync(path.join(folder, 'backend'), { recursive: true });
    expect(spoken(() => withoutPost(() => project(folder, (each) => new RedisCache(new Stack(each, 'stack', { readme: NONE }), 'redis')).synth()))).toEqual([]);
  });
});

describe('the memory', () => {
  const NOTE = '.projen/stack.json does not know the sample "fastapi" in backend/, and its files are there: '
    + 'its parts (core, redis) are taken as written, and nothing was changed.';

  test.each([
    ['is lost', undefined], ['is in conflict', '<<<<<<< ours\n{}\n'],
    ['is nonsense', '{"samples":{"backend":{"fastapi":{"parts":"core"}}}}'], ['is nonsense inside', '{"samples":{"backend":{"fastapi":{"parts":[1]}}}}'],
  ])(
    '%s: nothing is written again', (_, text) => {
      const folder = tempFolder();
      const props = { parts: parts('core', 'redis'), unless: ['app'], replacements: replacements('X_') };
      synth(folder, props);
      put(folder, { 'backend/app/main.py': 'mine' });
      rmSync(path.join(folder, 'backend/run.sh'));
      const tree = readTree(folder);
      rmSync(path.join(folder, '.projen/stack.json'));
      if (text !== undefined) writeFileSync(path.join(folder, '.projen/stack.json'), text);
      expect(synth(folder, props)).toEqual([NOTE]);
      expect(readTree(folder)).toEqual(tree);
      expect(synth(folder, props)).toEqual([]);
    },
  );

  test('is lost while a part is added: only that one is written', () => {
    const folder = tempFolder();
    synth(folder);
    rmSync(path.join(folder, '.projen/stack.json'));
    rmSync(path.join(folder, 'backend/run.sh'));
    const said = synth(folder, { parts: parts('core', 'celery') });
    expect(said[0]).toBe(NOTE.replace('core, redis', 'core'));
    expect(said[1]).toContain('Added the part celery');
    expect(ours(folder)).toEqual([...CORE.filter((file) => file !== 'run.sh'), 'app/worker.py'].sort());
  });

  test('keeps what others remember', () => {
    const folder = put(tempFolder(), { '.projen/stack.json': '{"readme":{"b":1,"a":2}}' });
    synth(folder);
    expect(JSON.stringify(memory(folder))).toBe('{"readme":{"a":2,"b":1},"samples":{"backend":{"fastapi":{"parts":["core"]}}}}');
  });

  test('is not there without anything to remember, nor in an ejected project', () => {
    const folder = tempFolder();
    withoutPost(() => project(folder, (each) => new RedisCache(new Stack(each, 'stack', { readme: NONE }), 'redis')).synth());
    expect(readTree(folder)).not.toHaveProperty(['.projen/stack.json']);
    process.env.PROJEN_EJECTING = 'true';
    try {
      expect(synth(folder)).toContain(WROTE);
    } finally {
      delete process.env.PROJEN_EJECTING;
    }
    expect(readTree(folder)).not.toHaveProperty(['.projen/stack.json']);
  });

  test('does not hold what could not be written', () => {
    const folder = tempFolder();
    const root = project(folder, (each) => {
      // Stands where a folder of the sample is wanted, but only when projen writes.
      new TextFile(each, 'backend/app', { lines: ['a file'] });
      sample(each, {});
    });
    expect(messageOf(() => withoutPost(() => root.synth())))
      .toMatch(/^backend\/app\/core\.py cannot be written \((EEXIST|ENOTDIR)\), so nothing of its sample was\./);
    expect(ours(folder)).toEqual(['app']);
    expect(readTree(folder)).not.toHaveProperty(['.projen/stack.json']);
  });
});

describe('a value that changes later', () => {
  const OLD = `warning PS065 ${AT} backend/app/core.py was written with \`PREFIX = ""\`, and the definition says \`PREFIX = "X_"\`. `
    + 'It is the team\'s, so nothing is rewritten. Change it to `PREFIX = "X_"` in backend/app/core.py.';

  test('is a warning until somebody writes it', () => {
    const folder = tempFolder();
    synth(folder, { replacements: replacements('') });
    const tree = readTree(folder);
    for (const _ of [1, 2]) expect(synth(folder, { replacements: replacements('X_') })).toEqual([OLD]);
    expect(readTree(folder)).toEqual(tree);
    put(folder, { 'backend/app/core.py': 'PREFIX = ""  # none\n' });
    expect(synth(folder, { replacements: replacements('X_') })).toEqual([
      `warning PS065 ${AT} backend/app/core.py was written with \`PREFIX = ""\`, which is no longer there, nor is \`PREFIX = "X_"\`, `
      + 'which the definition says. Write `PREFIX = "X_"` in backend/app/core.py.',
    ]);
    put(folder, { 'backend/app/core.py': 'if x:\n  PREFIX = "X_"\n' });
    expect(synth(folder, { replacements: replacements('X_') })).toEqual([]);
    expect(memory(folder).samples.backend.fastapi.replacements).toHaveProperty(['line app/core.py: PREFIX = ""'], 'PREFIX = "X_"');
    put(folder, { 'backend/app/core.py': 'quite another\n' });
    expect(synth(folder, { replacements: replacements('X_') })).toEqual([]);
  });

  test('can be accepted', () => {
    const folder = tempFolder();
    synth(folder, { replacements: replacements('') });
    const root = project(folder, (each) => {
      const tree = sample(each, { replacements: replacements('X_') });
      (tree.node.scopes.find((scope) => scope instanceof Stack) as Stack).accept('PS065', { at: 'redis/sample', because: 'read elsewhere' });
    });
    expect(spoken(() => withoutPost(() => root.synth()))).toEqual([]);
  });

  test('that the definition did not have before, and that it has no more', () => {
    const folder = tempFolder();
    synth(folder);
    expect(synth(folder, { replacements: replacements('X_') })).toEqual([OLD]);
    put(folder, { 'backend/app/core.py': 'PREFIX = "X_"\n' });
    expect(synth(folder, { replacements: replacements('X_') })).toEqual([]);
    expect(synth(folder)).toEqual([
      `warning PS065 ${AT} backend/app/core.py was written with \`PREFIX = "X_"\`, and the definition says \`PREFIX = ""\`. `
      + 'It is the team\'s, so nothing is rewritten. Change it to `PREFIX = ""` in backend/app/core.py.',
    ]);
    put(folder, { 'backend/app/core.py': 'PREFIX = ""\n' });
    expect(synth(folder)).toEqual([]);
    expect(memory(folder).samples.backend.fastapi).toEqual({ parts: ['core'] });
  });

  test('that nobody remembers and nobody finds is the team\'s own', () => {
    const folder = tempFolder();
    const line = (replacement: string) => SampleReplacement.line('app/main.py', 'app = 1', replacement);
    synth(folder);
    put(folder, { 'backend/app/main.py': 'quite another\n' });
    expect(synth(folder, { replacements: [line('app = 2')] })).toEqual([]);
    expect(memory(folder).samples.backend.fastapi).toEqual({ parts: ['core'] });
    put(folder, { 'backend/app/main.py': 'app = 2\n' });
    synth(folder, { replacements: [line('app = 2')] });
    put(folder, { 'backend/app/main.py': 'quite another\n' });
    expect(synth(folder)).toEqual([]);
    expect(memory(folder).samples.backend.fastapi).toEqual({ parts: ['core'] });
  });

  test('of a folder', () => {
    const folder = tempFolder();
    synth(folder, { replacements: replacements('') });
    expect(synth(folder, { replacements: replacements('', 'src') })).toEqual([
      `warning PS065 ${AT} The sample in backend/ was written with the folder app, and the definition says src. `
      + 'It is the team\'s, so nothing is renamed. Rename backend/app to backend/src and what names it, or write app in the definition.',
    ]);
    put(folder, { 'backend/src/core.py': 'PREFIX = ""\n' });
    rmSync(path.join(folder, 'backend/app'), { recursive: true });
    expect(synth(folder, { replacements: replacements('', 'src') })).toEqual([]);
    for (const each of [replacements('X_', 'src'), replacements('X_', 'src').reverse()]) {
      expect(synth(folder, { replacements: each })[0]).toContain('backend/src/core.py was written with');
    }
  });

  test('of a text in any file', () => {
    const folder = tempFolder();
    const text = (value: string) => ({ replacements: [SampleReplacement.text('run()', value)] });
    synth(folder, text('go()'));
    expect(synth(folder, text('go().now'))).toEqual([
      `warning PS065 ${AT} The sample in backend/ was written with \`go()\`, and the definition says \`go().now\`. `
      + 'It is the team\'s, so nothing is rewritten. Change it to `go().now` in the sample in backend/.',
    ]);
    put(folder, { 'backend/app/main.py': 'x = go().now\n' });
    expect(synth(folder, text('go().now'))).toEqual([]);
  });

  test('in a file that is gone is spoken of once', () => {
    const folder = tempFolder();
    synth(folder, { replacements: replacements('') });
    rmSync(path.join(folder, 'backend/app/core.py'));
    expect(synth(folder, { replacements: replacements('X_') })).toEqual([
      'backend/app/core.py is gone, where `PREFIX = ""` was written. The definition says `PREFIX = "X_"` now: change it where it is today.',
    ]);
    expect(synth(folder, { replacements: replacements('X_') })).toEqual([]);
  });
});

describe('a definition that cannot be right', () => {
  test.each(['../backend', '/backend', 'a/../../b', 'a\\b', 'C:/x'])('the folder %s', (directory) => {
    expect(refusal(project(tempFolder(), (root) => sample(root, { directory })))).toEqual([
      `error PS063 ${AT} The folder ${JSON.stringify(directory)} is not one below the stack's, written with "/". Write a path such as: directory: 'backend'.`,
    ]);
  });

  test('two samples that write one file', () => {
    const files = (root: Project) => {
      sample(root, { directory: '.', sampleName: 'one', parts: partsOf({ core: { 'backend/run.sh': '', 'x': '' } }) });
      sample(root, { sampleName: 'two' }, { stackName: 'b', composeFile: 'b.yaml', productionComposeFile: 'b.prod.yaml', directory: '.' }, 'second');
    };
    expect(refusal(project(tempFolder(), files)).filter((line) => line.includes('PS064'))).toEqual([
      `error PS064 ${AT.replace('stack/redis', 'second/redis')} backend/run.sh is also written by the sample shop/stack/redis/sample. Write another directory in one of the two.`,
    ]);
  });

  test('two samples of one name in one folder; in one folder under two names they are fine', () => {
    const two = (sampleName: string) => (root: Project) => {
      const first = sample(root, {});
      new SampleTree(first, 'more', { directory: 'backend', sampleName, parts: partsOf({ core: { other: '' } }) });
    };
    expect(refusal(project(tempFolder(), two('fastapi')))).toEqual([
      `error PS064 ${AT.replace('sample (', 'sample/more (')} The sample shop/stack/redis/sample is called "fastapi" in that folder too. `
      + 'Write another sampleName or another directory in one of the two.',
    ]);
    const folder = tempFolder();
    spoken(() => withoutPost(() => project(folder, two('other')).synth()));
    expect(memory(folder).samples.backend).toEqual({ fastapi: { parts: ['core'] }, other: { parts: ['core'] } });
  });

  test('a sample whose parts are broken', () => {
    const broken = partsOf({ core: { 'a.py': 'x\n# part: core begin\n' } });
    expect(refusal(project(tempFolder(), (root) => sample(root, { parts: broken })))).toEqual([
      `error PS067 ${AT} core/a.py:2: the block of "part: core begin" has no end. Write a line "part: core end" below it. Correct the sample.`,
    ]);
  });

  test('a path where a folder is, or below a file', () => {
    const folder = put(tempFolder(), { 'backend/app': 'a file' });
    mkdirSync(path.join(folder, 'backend/run.sh'));
    const way = 'Rename what is in the way, or give the permission; or write another directory in the definition.';
    expect(refusal(project(folder, (root) => sample(root, {})))).toEqual([
      `error PS066 ${AT} backend/app/core.py cannot be written: backend/app is no folder. ${way}`,
      `error PS066 ${AT} backend/app/main.py cannot be written: backend/app is no folder. ${way}`,
      `error PS066 ${AT} backend/run.sh cannot be written: a folder has that name. ${way}`,
    ]);
    const other = put(tempFolder(), { backend: 'a file' });
    expect(refusal(project(other, (root) => sample(root, {})))[0]).toBe(`error PS066 ${AT} backend/.gitignore cannot be written: backend/ is no folder. ${way}`);
  });

  test('a folder that may not be written', () => {
    // Root may write everywhere, so nothing is refused to it.
    const folder = tempFolder();
    mkdirSync(path.join(folder, 'backend'));
    chmodSync(path.join(folder, 'backend'), 0o555);
    const root = project(folder, (each) => sample(each, {}));
    if (process.getuid?.() === 0) expect(spoken(() => withoutPost(() => root.synth()))).toEqual([WROTE]);
    else expect(refusal(root)[0]).toContain('backend/.gitignore cannot be written: nobody may write into backend/.');
    chmodSync(path.join(folder, 'backend'), 0o755);
  });
});

test('of files that a command makes nobody is told the lines, but the command', () => {
  const told = (derived: string[]) => {
    const folder = tempFolder();
    synth(folder, { derived });
    return synth(folder, { derived, parts: parts('core', 'redis') }).join('\n');
  };
  expect(told([])).toContain('backend/app/main.py');
  expect(told(['app/main.py'])).not.toContain('backend/app/main.py');
  expect(told(['app/main.py'])).toContain('Then run: npx projen backend:lock');
});
