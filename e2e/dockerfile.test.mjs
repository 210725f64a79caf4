// Dockerfiles of the builder, extended as users extend them: built by the real engine, read by its own checks and by hadolint.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { filesBelow } from '../tools/lib/files.mjs';
import { atExit, compose, projectName, run, synth, tempDir } from './lib/index.mjs';
import { runNow } from './lib/process.mjs';
import { TRAPS } from './support/awkward.mjs';

/** Everything that fits into a line, and what is worst for the readers of an escape. */
const VALUES = [...TRAPS.filter((value) => !/[\n\r\0]/.test(value)), "it's \\ \"x\"", "a'\\", "\\'", '\\$', 'a\\"', 'x\\ y', '\\ ', '${PATH}', "it's ${PATH}", '# x'];

const hadolint = await run('hadolint', ['--version'], { check: false }).then(({ code }) => code === 0, () => false);
const label = projectName('dockerfile');
const tags = [];

/** What people have beside their sources, and no image may have. */
const PRIVATE = {
  '.env': 'SECRET=1\n', '.git/config': '[core]\n', 'node_modules/x/index.js': '', 'backend/.env': 'SECRET=1\n', 'backend/.git/HEAD': 'ref\n',
  'backend/node_modules/x/index.js': '', 'backend/app/__pycache__/main.pyc': '', 'backend/app/.env.local': 'SECRET=1\n', 'backend/docker/secret.pem': '',
  'web/.env': 'SECRET=1\n', 'web/notes.txt': '',
};
const SOURCES = {
  'backend/app/main.py': 'print("main")\n', 'backend/app/deep/er/module.py': '', 'backend/docker/entrypoint.sh': '#!/bin/sh\nexec "$@"\n',
  'backend/requirements.txt': '', 'backend/requirements-dev.txt': '', 'web/index.html': '<h1>hello</h1>\n', 'docs/read me.md': 'x\n',
};

let files;
before(async () => {
  files = await synth((lib, projen) => {
    const project = new projen.Project({ name: 'images' });
    const stack = new lib.Stack(project);
    const { BuildPhase, Dockerfile, Mode, Service, Value } = lib;

    // As a construct of a library makes it …
    class Backend extends Service {
      constructor(scope, id) {
        super(scope, id, {});
        this.dockerfile = new Dockerfile(this, 'Dockerfile', { file: 'backend/Dockerfile', description: 'The backend.' });
        const base = this.dockerfile.addStage('base', { base: 'python:3.13-slim' });
        base.addEnvironment('PATH', '/opt/tools:$PATH', { expand: true });
        base.workingDir('/app');
        const production = this.dockerfile.addStage('production', { base: 'base' });
        production.copy(['app'], 'app');
        production.copy(['docker/entrypoint.sh'], '/usr/local/bin/', { fileMode: '755' });
        production.run('groupadd --gid 1000 app && useradd --uid 1000 --gid app --create-home app', { phase: BuildPhase.SYSTEM });
        production.user('1000:1000');
        production.entrypoint(['entrypoint.sh']);
        production.command(['python', '-c', 'import os; print(os.getpid(), os.environ["HOME"])']);
        this.dockerfile.ignore('**/__pycache__', '**/.env*');
        this.addSettings({ imageBuild: this.dockerfile.imageBuild('production', { REVISION: Value.literal('r 1 $x') }), command: Value.literals('sleep', 'infinity') });
      }
    }

    // … and as whoever uses it goes on.
    const { dockerfile } = new Backend(stack, 'backend');
    const production = dockerfile.stage('production');
    production.addPackages('netcat-openbsd', 'libxml2');
    production.addArgument('REVISION', 'none', { phase: BuildPhase.SOURCE, note: 'What was built.' });
    production.run('printf %s "$REVISION" > /revision');
    production.run('id -u > /root-step', { note: 'Root, though the image has a user.' });
    production.run(`
      for name in one two; do
          echo "$name: \\$HOME is $HOME" >> /script
      done
      cat <<EOF >> /script
      # no comment
      EOF
    `);
    production.run('echo cached >> "$HOME/.cache/x" && id -u > "$HOME/user-step"', { asUser: true, cacheMounts: ['/home/app/.cache'] });
    JSON.parse(process.env.VALUES).forEach((value, index) => production.addEnvironment(`V${index}`, value));
    production.addLabel('org.example.text', 'say "hi" to $HOME\\ now');
    production.copy(['/made'], '/made', { fromStage: 'assets' });
    dockerfile.addStage('assets', { base: 'node:24-slim' }).run('node -e "require(\'fs\').writeFileSync(\'/made\', \'by node\')"');
    const tests = dockerfile.addStage('tests', { base: 'production' });
    tests.addPackages('file');
    tests.run('id -u > /as-root');
    tests.run('true', { bindMounts: [{ source: 'requirements-dev.txt', target: '/tmp/requirements-dev.txt' }] });
    tests.command(['id', '-u']);
    dockerfile.addStage('readable', { base: 'scratch' }).copy(['.'], '/ctx');
    dockerfile.allow('requirements*.txt');

    // One whose context is the whole repository, and two of one folder.
    const web = new Dockerfile(stack, 'Web', { file: 'docker/web.dockerfile', context: '.' });
    web.addStage('readable', { base: 'scratch' }).copy(['.'], '/ctx');
    const served = web.addStage('production', { base: 'nginxinc/nginx-unprivileged:1.29-alpine', baseUser: '101' });
    served.copy(['web/index.html', 'docs/read me.md'], '/usr/share/nginx/html');
    served.run('id -u > /as-root');
    new Service(stack, 'web', { imageBuild: web.imageBuild('production') });
    for (const name of ['one', 'two']) {
      const each = new Dockerfile(stack, `File${name}`, { file: name === 'one' ? 'web/Dockerfile' : 'web/Dockerfile.two' });
      each.addStage('readable', { base: 'scratch' }).copy(['.'], '/ctx');
      each.allow(name === 'one' ? 'index.html' : 'notes.txt');
      new Service(stack, name, { imageBuild: each.imageBuild(), modes: [Mode.DEVELOPMENT] });
    }
    project.synth();
  }, { files: { ...PRIVATE, ...SOURCES }, env: { VALUES: JSON.stringify(VALUES) } });
});

const removeImages = atExit(() => { if (tags.length > 0) runNow('docker', ['image', 'rm', '--force', ...tags]); });
after(removeImages);

const ALL = [['backend', 'backend/Dockerfile'], ['.', 'docker/web.dockerfile'], ['web', 'web/Dockerfile'], ['web', 'web/Dockerfile.two']];
const stagesOf = (file) => [...files.read(file).matchAll(/^FROM .* AS (\S+)$/gim)].map(([, stage]) => stage);

async function image(file, context, target, ...args) {
  const tag = `${label}-${target}`;
  tags.push(tag);
  await run('docker', ['build', '--quiet', '--tag', tag, '--target', target, '--file', files.path(file), ...args, files.path(context)]);
  return tag;
}

const inImage = async (tag, words, ...options) => (await run('docker', ['run', '--rm', ...options, tag, ...words])).stdout;

/** What a build reads, as paths: the stage copies all of it. */
async function contextOf(file, context) {
  const out = tempDir('context');
  await run('docker', ['build', '--quiet', '--target', 'readable', '--file', files.path(file), '--output', `type=local,dest=${out}`, files.path(context)]);
  return filesBelow(join(out, 'ctx'));
}

describe('an image that was extended after its construct was done', () => {
  let tag;
  before(async () => { tag = await image('backend/Dockerfile', 'backend', 'production'); });

  test('keeps its user and its command, in exec form', async () => {
    assert.match(await inImage(tag, []), /^1 \/home\/app\n$/);
    assert.equal(await inImage(tag, ['id']), 'uid=1000(app) gid=1000(app) groups=1000(app)\n');
  });

  test('has what was added, as root and as its user', async () => {
    assert.equal(await inImage(tag, ['sh', '-c', 'cat /root-step /home/app/user-step /made']), '0\n1000\nby node');
    assert.equal(await inImage(tag, ['dpkg-query', '--show', '--showformat', '${Package} ${Status}\n', 'netcat-openbsd', 'libxml2']),
      'libxml2 install ok installed\nnetcat-openbsd install ok installed\n');
    assert.equal(await inImage(tag, ['stat', '--format', '%U %a', '/usr/local/bin/entrypoint.sh']), 'root 755\n');
  });

  test('has what a script of several lines did', async () => {
    assert.equal(await inImage(tag, ['cat', '/script']), 'one: $HOME is /root\ntwo: $HOME is /root\n# no comment\n');
  });

  test('keeps nothing that apt downloaded', async () => {
    const kept = async (name) => (await run('docker', [
      'run', '--rm', '--user', '0', '--entrypoint', 'find', name, '/var/lib/apt/lists', '/var/cache/apt', '-type', 'f',
    ])).stdout.split('\n').sort();
    assert.deepEqual(await kept(tag), await kept('python:3.13-slim'));
  });

  test(`has each of ${VALUES.length} values exactly as it was given`, async () => {
    const found = JSON.parse(await inImage(tag, ['python', '-c', 'import json, os; print(json.dumps(dict(os.environ)))']));
    assert.deepEqual(VALUES.map((_, index) => found[`V${index}`]), VALUES);
    assert.match(found.PATH, /^\/opt\/tools:\/.*:\/bin/);
    const { stdout } = await run('docker', ['inspect', '--format', '{{index .Config.Labels "org.example.text"}}', tag]);
    assert.equal(stdout, 'say "hi" to $HOME\\ now\n');
  });

  test('what is made from it is root for its steps, and ends as its user', async () => {
    const tests = await image('backend/Dockerfile', 'backend', 'tests');
    assert.equal(await inImage(tests, []), '1000\n');
    assert.equal(await inImage(tests, ['cat', '/as-root']), '0\n');
  });

  test('the user of a base image is given back', async () => {
    const web = await image('docker/web.dockerfile', '.', 'production');
    assert.equal(await inImage(web, ['sh', '-c', 'id -u; cat /as-root /usr/share/nginx/html/index.html; ls "/usr/share/nginx/html/read me.md"'], '--entrypoint', ''),
      '101\n0\n<h1>hello</h1>\n/usr/share/nginx/html/read me.md\n');
  });
});

test('Compose builds the stages that services name, with their arguments', async () => {
  const stack = compose(projectName('dockerfile'), files.dir, 'compose.prod.yaml');
  try {
    await stack.run(['build', '--quiet']);
    const { stdout } = await stack.run(['run', '--rm', '--no-deps', 'backend', 'cat', '/revision']);
    assert.equal(stdout, 'r 1 $x');
  } finally {
    stack.release();
  }
});

test('the builds read what is allowed and nothing else, wherever the Dockerfile lies', async () => {
  assert.deepEqual(await contextOf('backend/Dockerfile', 'backend'), [
    'app/deep/er/module.py', 'app/main.py', 'docker/entrypoint.sh', 'requirements-dev.txt', 'requirements.txt',
  ]);
  assert.deepEqual(await contextOf('docker/web.dockerfile', '.'), ['docs/read me.md', 'web/index.html']);
  assert.deepEqual(await contextOf('web/Dockerfile', 'web'), ['index.html']);
  assert.deepEqual(await contextOf('web/Dockerfile.two', 'web'), ['notes.txt']);
});

test('the engine has nothing to say about any stage', async () => {
  assert.deepEqual(ALL.map(([, file]) => stagesOf(file).length), [5, 2, 1, 1]);
  for (const [context, file] of ALL) {
    for (const stage of stagesOf(file)) {
      const { code, stdout, stderr } = await run('docker', ['build', '--check', '--target', stage, '--file', files.path(file), files.path(context)], { check: false });
      assert.equal(code, 0, `${file} ${stage}: ${stdout}${stderr}`);
      assert.match(stdout, /^Check complete, no warnings found\.\s*$/, `${file} ${stage}`);
    }
  }
});

test('hadolint has nothing to say', { skip: !hadolint && !process.env.CI && 'there is no hadolint on this machine' }, async () => {
  assert.ok(hadolint, 'hadolint must be on the PATH where CI is set');
  for (const [, file] of ALL) {
    const { code, stdout } = await run('hadolint', ['--no-color', files.path(file)], { check: false });
    assert.equal(code + stdout, '0', file);
  }
});

test('a second synthesis changes nothing, and each file says who wrote it', async () => {
  const written = [...ALL.map(([, file]) => file), 'backend/.dockerignore', 'docker/web.dockerfile.dockerignore', 'web/.dockerignore', 'web/Dockerfile.two.dockerignore'];
  const texts = () => written.map((file) => files.read(file));
  const first = texts();
  for (const text of first) assert.match(text, /^# ~~ Generated by projen.*\n/);
  await synth(files.read('.projenrc.ts'), { dir: files.dir, env: { VALUES: JSON.stringify(VALUES) } });
  assert.deepEqual(texts(), first);
});
