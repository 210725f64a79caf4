// Definitions in Python, with the wheel in a fresh virtual environment, on the oldest and the newest projen that the library takes.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { packWheel } from '../tools/lib/pack.mjs';
import { inRoot, readJson } from '../tools/lib/root.mjs';
import { run, tarball, tempDir } from './lib/index.mjs';
import { assertSame, environment, filesIn } from './support/python.mjs';

const { peerDependencies } = readJson(inRoot('package.json'));
const [, OLDEST_PROJEN] = /^>=(\d+\.\d+\.\d+) <1$/.exec(peerDependencies.projen);
const [, OLDEST_CONSTRUCTS] = /^\^(\d+\.\d+\.\d+)$/.exec(peerDependencies.constructs);
const MYPY = 'mypy==2.4.1';

/** What pip is told to install beside the wheel; the newest is what it takes when nobody says otherwise. */
const PROJENS = { oldest: [`projen==${OLDEST_PROJEN}`, `constructs==${OLDEST_CONSTRUCTS}`], newest: [] };

const text = (...parts) => readFileSync(inRoot(...parts), 'utf8');
const EXAMPLE = text('examples', 'python', '.projenrc.py');
const TWIN = text('examples', 'python', 'typescript', '.projenrc.ts');

/** The Python that the page shows, with the file that each block names in its first line. */
const PAGE = text('docs', 'python.md');
const SHOWN = [...PAGE.matchAll(/^```python\n# (\S+)\n([^]*?)^```$/gm)].map(([, file, code]) => ({ file, code }));

/** The program that uses it. */
const USER = 'uses_the_page.py';

/** The project of a team that writes Python, in both languages. */
const PYTHON_PROJECT = {
  python: `
from projen.python import PythonProject, VenvOptions
from projen_stack import PostgresService, Stack
project = PythonProject(
    name="shop", module_name="shop", version="1.0.0", author_name="Shop", author_email="shop@example.com",
    venv_options=VenvOptions(envdir=".venv"), dev_deps=["projen-stack"],
)`,
  typeScript: `
import { python } from 'projen';
import { PostgresService, Stack } from 'projen-stack';
const project = new python.PythonProject({
  name: 'shop', moduleName: 'shop', version: '1.0.0', authorName: 'Shop', authorEmail: 'shop@example.com',
  venvOptions: { envdir: '.venv' }, devDeps: ['projen-stack'],
});`,
};

/** A text with one thing in it changed, which must be there. */
function withChange(before, from, to) {
  assert.ok(before.includes(from), `there is no ${from} to change`);
  return before.replace(from, to);
}

let wheel;
before(async () => {
  wheel = await packWheel(await tarball());
  // Side by side, since both wait for the network; who asks for one that failed is told.
  for (const which of Object.keys(PROJENS)) withProjen(which).catch(() => {});
});

/** The fields of the wheel's description that begin with a name. */
async function metadata(name) {
  const read = `import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(next(z.read(n).decode() for n in z.namelist() if n.endswith('.dist-info/METADATA')))`;
  const { stdout } = await run('python3', ['-c', read, wheel]);
  return stdout.split('\n').filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2)).sort();
}

test('the wheel asks for what package.json asks for', async () => {
  const asked = await metadata('Requires-Dist');
  assert.deepEqual(asked.filter((each) => /^(projen|constructs) /.test(each)), [
    `constructs <11.0.0,>=${OLDEST_CONSTRUCTS}`, `projen <1.0.0,>=${OLDEST_PROJEN}`,
  ]);
  assert.deepEqual(asked.map((each) => each.split(' ')[0]), ['constructs', 'jsii', 'projen', 'publication']);
  assert.deepEqual(await metadata('Requires-Python'), ['>=3.10']);
});

/**
 * What says in which language the definition is written, and what runs it, by the file in which it stands. Everything else is the same
 * to the byte.
 */
const OF_THE_LANGUAGE = {
  // The header of each file, and a line of .gitignore: which file people edit.
  'every file': (content) => content.replaceAll('.projenrc.ts', '.projenrc.py'),
  // How the definition in TypeScript is compiled, and that the one in Python needs projen.
  'tsconfig.projen.json': undefined,
  '.projen/deps.json': undefined,
  // The lines that name that file.
  '.gitattributes': (content) => content.replace(/\n\/tsconfig\.projen\.json .*$/m, ''),
  '.gitignore': (content) => content.replace(/^!\/tsconfig\.projen\.json\n/m, ''),
  '.projen/files.json': (content) => changed(content, (json) => {
    json.files = json.files.filter((file) => !['tsconfig.projen.json', '.projen/deps.json'].includes(file));
  }),
  // How its tasks are run, in the table of them, and the digest of that section.
  'README.md': (content) => content.replaceAll('`npx projen ', '`projen '),
  '.projen/stack.json': (content) => changed(content, (json) => {
    assert.ok(json.sections['README.md']['stack:commands']);
    json.sections['README.md']['stack:commands'] = '…';
  }),
  // What runs the definition: ts-node, or python.
  '.projen/tasks.json': (content) => changed(content, (json) => {
    assert.ok(json.tasks.default.steps.length > 0);
    json.tasks.default.steps = [];
  }),
};

function changed(content, change) {
  const json = JSON.parse(content);
  change(json);
  return JSON.stringify(json, null, 2);
}

/** Files without what they say of the language. */
const withoutLanguage = (files) => new Map([...files].flatMap(([path, { bytes, mode }]) => {
  const special = path in OF_THE_LANGUAGE ? OF_THE_LANGUAGE[path] : (content) => content;
  if (special === undefined) return [];
  const content = OF_THE_LANGUAGE['every file'](bytes.toString('utf8'));
  return [[path, { mode, bytes: Buffer.from(special(content)) }]];
}));

const environments = new Map();

/** The virtual environment with the oldest or the newest projen, made once. */
function withProjen(which) {
  if (!environments.has(which)) environments.set(which, environment(wheel, PROJENS[which]));
  return environments.get(which);
}

for (const which of Object.keys(PROJENS)) {
  describe(`on the ${which} projen`, () => {
    let env;
    let files;
    before(async () => { env = await withProjen(which); });

    test('the wheel is installed beside it without a warning', async () => {
      assert.equal(env.said, '');
      assert.equal((await env.run('python', ['-m', 'pip', 'check'])).stdout.trim(), 'No broken requirements found.');
      if (which === 'oldest') assert.deepEqual(env.versions, { projen: OLDEST_PROJEN, constructs: OLDEST_CONSTRUCTS });
      else assert.notEqual(env.versions.projen, OLDEST_PROJEN, 'the oldest and the newest projen are the same');
      console.log(`    ${which}: projen ${env.versions.projen}, constructs ${env.versions.constructs}`);
    });

    test('examples/python gives what its TypeScript twin gives, to the byte', async () => {
      const python = await env.inPython(EXAMPLE);
      files = filesIn(python.dir);
      for (const path of ['compose.yaml', 'compose.prod.yaml', '.env.example', 'backend/app/main.py', 'frontend/src/App.tsx', 'scripts/test-stack.sh', 'README.md']) {
        assert.ok(files.has(path), `there is no ${path}`);
      }
      const twin = await env.inTypeScript(TWIN);
      assertSame(files, filesIn(twin.dir));
      assert.deepEqual([python.stdout, python.stderr], [twin.stdout, twin.stderr], 'what is said about it');
    });

    test('and what TypeScript\'s own runner gives, but for the words about the runner', async () => {
      const own = TWIN.replace("new python.Projenrc(project);", 'new typescript.ProjenrcTs(project);').replace('Project, python }', 'Project, typescript }');
      assert.match(own, /import \{ Project, typescript \}[^]*new typescript\.ProjenrcTs\(project\);/);
      const typeScript = filesIn((await env.inTypeScript(own)).dir);
      assert.deepEqual([...typeScript.keys()].filter((path) => !files.has(path)), ['tsconfig.projen.json']);
      assert.deepEqual([...files.keys()].filter((path) => !typeScript.has(path)), ['.projen/deps.json']);
      assertSame(withoutLanguage(files), withoutLanguage(typeScript));
    });

    test('the same in a PythonProject', async () => {
      const inPython = `${PYTHON_PROJECT.python}\nPostgresService(Stack(project), "postgres", version="17")\nproject.synth()\n`;
      const inTypeScript = `${PYTHON_PROJECT.typeScript}\nnew PostgresService(new Stack(project), 'postgres', { version: '17' });\nproject.synth();\n`;
      const project = filesIn((await env.inPython(inPython)).dir);
      assert.match(project.get('compose.yaml').bytes.toString(), /^ {2}postgres:$/m);
      assert.match(project.get('requirements-dev.txt').bytes.toString(), /^projen-stack$/m);
      assertSame(project, filesIn((await env.inTypeScript(inTypeScript)).dir));
    });
  });
}

describe('a definition in Python', () => {
  let env;
  let dir;
  before(async () => {
    env = await withProjen('newest');
    ({ dir } = await env.inPython(EXAMPLE));
  });

  test('is run again by projen\'s command, and nothing changes', async () => {
    const before = filesIn(dir);
    const { stdout, stderr } = await env.run('projen', [], { cwd: dir });
    assert.match(stdout + stderr, /python \.projenrc\.py/);
    assertSame(filesIn(dir), before);
  });

  test('gives files that Compose takes', async () => {
    const { stdout } = await run('docker', ['compose', 'config', '--format', 'json'], { cwd: dir });
    const { mail, backend } = JSON.parse(stdout).services;
    assert.deepEqual([mail.image, mail.environment, mail.labels, mail.oom_score_adj], ['axllent/mailpit:v1.27', { MP_MAX_MESSAGES: '500' }, { owner: 'checkout' }, 500]);
    assert.equal(backend.environment.SMTP_URL, 'smtp://mail:1025');
  });

  describe('with a mistake', () => {
    const wrong = withChange(EXAMPLE, 'name="smtp", port=1025', 'name="smtp", port=102500');
    const line = 1 + wrong.slice(0, wrong.indexOf('super().__init__(')).split('\n').length - 1;
    const finding = 'The port "smtp" listens on 102500, which is no whole number from 1 to 65535. Write: port: 8080';

    /** What a refused synthesis says, after the traces of Python and of jsii. */
    async function refused(text, options) {
      const before = filesIn(dir);
      const { code, stderr } = await env.inPython(text, { dir, check: false, ...options });
      assert.equal(code, 1);
      assertSame(filesIn(dir), before);
      const report = stderr.slice(stderr.lastIndexOf('\nRuntimeError: ') + 1);
      assert.match(report, /^RuntimeError: Error: The stack was not synthesized and no file was written: 1 error\.\n/);
      assert.doesNotMatch(report, /program\.js|site-packages|jsii-kernel|node_modules/);
      return report;
    }

    test('says what is wrong, with the path and the line of the definition, and writes nothing', async () => {
      const report = await refused(wrong);
      assert.ok(report.includes(`  error PS008 at shop/stack/mail (.projenrc.py:${line}): ${finding}`), report);
      assert.doesNotMatch(report, /JSII_HOST_STACK_TRACES/);
    });

    test('names no line where jsii is not asked for it, and says how to ask', async () => {
      const report = await refused(wrong, { env: { JSII_HOST_STACK_TRACES: '0' } });
      assert.ok(report.includes(`  error PS008 at shop/stack/mail: ${finding}`), report);
      assert.match(report, /\nWith JSII_HOST_STACK_TRACES=1 in the environment, the lines of the definition are named, too\.\n$/);
    });

    test('of a keyword or a type is told by Python, at its line', async () => {
      for (const [from, to, said] of [
        ['max_memory=', 'max_memry=', "unexpected keyword argument 'max_memry'"],
        ['version="17"', 'version=17', 'argument version must be'],
      ]) {
        const { code, stderr } = await env.inPython(withChange(EXAMPLE, from, to), { dir, check: false });
        assert.equal(code, 1);
        assert.match(stderr, new RegExp(`\\.projenrc\\.py", line \\d+, in <module>[^]*\nTypeError: .*${said}`));
      }
    });
  });

  test('needs Node.js, and its lack is named', async () => {
    const { code, stderr } = await env.inPython(EXAMPLE, { dir, check: false, env: { PATH: env.programs } });
    assert.equal(code, 1);
    assert.match(stderr, /FileNotFoundError: .*'node'/);
  });
});

describe('docs/python.md', () => {
  let env;
  let dir;
  let used;
  before(async () => {
    env = await withProjen('newest');
    dir = tempDir('python-page');
    for (const { file, code } of SHOWN) writeFileSync(join(dir, file), code);
    writeFileSync(join(dir, USER), text('e2e', 'support', 'python', USER));
    used = JSON.parse((await env.run('python', [USER], { cwd: dir })).stdout);
  });

  test('shows nothing that is not tried here', () => {
    const blocks = PAGE.match(/^```python$/gm);
    assert.deepEqual(SHOWN.map(({ file }) => file), ['.projenrc.py', 'workflow.py', 'services.py', 'warehouse.py', 'house_rules.py']);
    assert.equal(blocks.length, SHOWN.length);
  });

  test('begins with a definition of ten lines, which works', async () => {
    const [{ code }] = SHOWN;
    assert.ok(code.trim().split('\n').filter((line) => line !== '').length <= 10, 'it has more than ten lines');
    const first = filesIn((await env.inPython(code)).dir);
    assert.match(first.get('compose.yaml').bytes.toString(), /^# .*edit \.projenrc\.py .*\n[^]*\n {2}postgres:\n[^]*\n {2}backend:\n/);
  });

  test('its service, its composite and what a user of them says are in the files', () => {
    const { files } = used.page;
    assert.match(files['compose.yaml'], /\n {2}search:\n[^]*image: acme\/search:3\.2\n[^]*owner: checkout\n/);
    assert.match(files['.env.example'], /^SEARCH_KEY=/m);
    assert.match(files['scripts/test-stack.sh'], /search answers/);
  });

  test('its interfaces are taken where the library asks for one', () => {
    assert.match(used.page.files['compose.yaml'], /WAREHOUSE_URL: .*postgresql:\/\/db\.example\.com\/warehouse/);
    assert.match(used.page.files['compose.yaml'], /https:\/\/api\.example\.com/);
    assert.equal(used.property, 'named-in-python');
  });

  test('its workflow runs the definition as it says', () => {
    const workflow = used.page.files['.github/workflows/stack.yml'];
    assert.match(workflow, /python-version: '3\.13'/);
    assert.match(workflow, /run: pip install projen-stack\n[^]*run: python \.projenrc\.py\n/);
  });

  test('its rule finds what it looks for, and its target writes a file', () => {
    assert.deepEqual(used.page.before, ['The service "pages" has no owner.']);
    assert.equal(used.page.files.PORTS, 'postgres\t5432\nsearch\t7700\npages\t3000\n');
  });

  test('what is shipped is adjusted as in TypeScript', () => {
    assert.match(used.adjusted['backend/Dockerfile'], /^RUN echo acme > \/etc\/owner$/m);
    assert.equal(used.adjusted['config/postgres/docker-entrypoint-initdb.d/10-readers.sql'], 'CREATE ROLE reader;\n');
    assert.match(used.adjusted['compose.yaml'], /max_connections=200/);
  });

  test('what it says is lost on the way is lost: should jsii pass it on one day, the page is wrong', () => {
    assert.match(used.dictionary, /\$\{WEB_PORT:-80\}:80/);
    assert.doesNotMatch(used.dictionary, /8081/);
    const [, search] = /\n {2}search:\n([^]*?)\n\n/.exec(used.page.files['compose.prod.yaml']);
    assert.match(search, /oom_score_adj: -500/);
    assert.match(search, /healthcheck:/);
  });

  test('an exception in a method of the user\'s arrives with its text', () => {
    assert.match(used.exception, /the text of the exception/);
  });

  test('mypy, strict, takes all of it, and the example', async () => {
    await env.run('python', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', MYPY]);
    mkdirSync(join(dir, 'example'));
    writeFileSync(join(dir, 'example', '.projenrc.py'), EXAMPLE);
    const check = (...files) => env.run('python', ['-m', 'mypy', '--strict', ...files], { cwd: dir, check: false });
    for (const files of [[...SHOWN.map(({ file }) => file), USER], [join('example', '.projenrc.py')]]) {
      const { code, stdout } = await check(...files);
      assert.equal(code, 0, stdout);
    }
    // Types are really read: those of the wheel, not "any".
    writeFileSync(join(dir, 'wrong.py'), withChange(SHOWN[0].code, 'version="17"', 'version=17'));
    const { code, stdout } = await check('wrong.py');
    assert.equal(code, 1);
    assert.match(stdout, /wrong\.py:\d+: error: Argument "version" to "PostgresService" has incompatible type "int"; expected "str"/);
  });
});
