import { filesOf, textOf } from './support';
import { BuildPhase, Dockerfile, DockerfileTarget, Mode, PortProtocol, Service, Stack } from '../../../src';
import { expectFile } from '../../support/expected';
import { lines, newStack, render } from '../../support/stack';
import { synthIn, tempFolder } from '../../support/synth';

/** Three stages with everything in them, said in an order that is not that of the file. */
function everything(dockerfile: Dockerfile): void {
  const production = dockerfile.addStage('production', { base: 'base', note: 'What runs: no compiler, no tests.' });
  production.command(['serve', '--name', 'say "hi"', '$HOME']);
  production.entrypoint(['/usr/bin/tini', '--']);
  production.user('1000:1000');
  production.stopSignal('SIGINT');
  production.expose(8000);
  production.expose(53, PortProtocol.UDP);
  production.expose(8000);
  production.addLabel('org.opencontainers.image.title', 'The shop');
  production.addLabel('org.opencontainers.image.licenses', 'MIT');
  production.copy(['app', 'alembic'], 'src');
  production.copy(['docs/read me.md'], '/doc/', { owner: 'root:root', fileMode: '644' });
  production.copy(['/opt/venv'], '/opt/venv', { fromStage: 'dependencies', phase: BuildPhase.DEPENDENCIES });
  production.instruction('SHELL ["/bin/bash", "-o", "pipefail", "-c"]', { phase: BuildPhase.SYSTEM });
  production.run('python -m compileall app', { asUser: true, note: 'As the user, since the cache is theirs.', cacheMounts: ['/home/app/.cache'] });

  const dependencies = dockerfile.addStage('dependencies', { base: 'base' });
  dependencies.run('uv sync --locked', {
    phase: BuildPhase.DEPENDENCIES,
    cacheMounts: ['/root/.cache/uv'],
    bindMounts: [{ source: 'uv.lock', target: 'uv.lock' }, { source: '/etc/x', target: '/x', fromImage: 'busybox:1.37' }],
    secretMounts: [{ secretId: 'index', environmentKey: 'UV_INDEX', required: true }, { secretId: 'netrc', target: '/etc/netrc' }],
    mounts: ['type=ssh'],
    network: 'default',
  });
  dependencies.addArgument('REVISION', undefined, { note: 'What was built.' });
  dependencies.addArgument('FLAGS', '-O2 -g');
  dependencies.addArgument('LATE', '1', { phase: BuildPhase.SOURCE });
  dependencies.run('make "$LATE"');
  dependencies.addPackages('libpq-dev', 'gcc');

  const base = dockerfile.addStage('base', { base: 'python:3.13-slim' });
  base.workingDir('/app');
  base.addEnvironment('PATH', '/opt/venv/bin:$PATH', { expand: true });
  base.addEnvironment('PYTHONUNBUFFERED', '1', { note: 'Logs appear when they are written.' });
  base.addEnvironment('PATH', '/opt/venv/bin:/opt/tools:$PATH', { expand: true });
  dockerfile.allow('pyproject.toml');
  dockerfile.ignore('**/__pycache__', '**/.env*');
}

test('everything in its place, whatever the order of calls', () => {
  const files = filesOf(everything, { file: 'backend/Dockerfile', description: 'The image of the shop.' });
  expectFile(__dirname, 'everything.dockerfile', files['backend/Dockerfile']);
  expectFile(__dirname, 'everything.dockerignore', files['backend/.dockerignore']);
});

describe('a copy of everything but something', () => {
  const copies = (allowed: string[], exclude: string[], target = '.') => textOf((dockerfile) => {
    dockerfile.allow(...allowed);
    const stage = dockerfile.addStage('development', { base: 'node:24-slim' });
    stage.copy(['package.json'], './', { phase: BuildPhase.DEPENDENCIES });
    stage.copy(['.'], target, { exclude, owner: '1000:1000', note: 'What is not mounted.' });
  }).split('\n').filter((line) => /^COPY|^#/.test(line)).slice(1);

  test('names the rest of what is allowed, folders by themselves, and nothing that only other steps read', () => {
    expect(copies(['src/', 'public', '*.config.*', 'scripts', '.*rc', 'test/data/*.json', 'index.html'], ['src', './public'])).toEqual([
      '# What is not mounted.',
      'COPY --chown=1000:1000 *.config.* .*rc ./',
      'COPY --chown=1000:1000 test/data/*.json ./test/data/',
      'COPY --chown=1000:1000 index.html ./index.html',
      'COPY --chown=1000:1000 scripts ./scripts',
    ]);
  });

  test('has a target like any other', () => {
    expect(copies(['src', 'scripts', '*.md'], ['src'], '/app')).toEqual([
      '# What is not mounted.',
      'COPY --chown=1000:1000 *.md /app/',
      'COPY --chown=1000:1000 scripts /app/scripts',
    ]);
  });

  test('sees what is allowed afterwards', () => {
    const text = textOf((dockerfile) => {
      dockerfile.allow('src');
      dockerfile.addStage('development', { base: 'node:24-slim' }).copy(['.'], '.', { exclude: ['src'] });
      dockerfile.allow('locales');
    });
    expect(text).toContain('\nCOPY locales ./locales\n');
  });

  test.each([['**/*.css'], ['lib*'], ['packages/*'], ['*/package.json']])('is one of everything where folders may match %s', (pattern) => {
    expect(copies(['src', 'scripts', pattern], ['src'])).toEqual(['# What is not mounted.', 'COPY --chown=1000:1000 . .']);
  });
});

test('the same definition gives the same bytes', () => {
  expect(filesOf(everything)).toEqual(filesOf(everything));
});

test('a stage is extended after the construct that made it is done', () => {
  const text = textOf((dockerfile) => {
    const base = dockerfile.addStage('base', { base: 'python:3.13-slim' });
    base.addPackages('libpq5');
    const production = dockerfile.addStage('production', { base: 'base' });
    production.copy(['app'], '/app');
    production.user('1000:1000');
    production.command(['serve']);
    // Somebody else, later:
    dockerfile.addStage('assets', { base: 'node:24-slim' }).run('npm run build');
    dockerfile.stage('production').copy(['/dist'], '/app/static', { fromStage: 'assets', phase: BuildPhase.DEPENDENCIES });
    dockerfile.stage('production').run('chmod -R a-w /app');
    dockerfile.stage('base').addPackages('curl', 'libpq5');
  });
  expectFile(__dirname, 'extended.dockerfile', text);
});

describe('users', () => {
  const derived = (define: (dockerfile: Dockerfile) => void) => textOf((dockerfile) => {
    const production = dockerfile.addStage('production', { base: 'python:3.13-slim' });
    production.user('1000:1000');
    define(dockerfile);
  }).split('\n\n\n')[1];

  test('what is made from a stage with a user becomes root for its steps, and ends with that user', () => {
    expect(derived((dockerfile) => dockerfile.addStage('debug', { base: 'production' }).run('make'))).toBe([
      'FROM production AS debug', '', '# The base ends with another user; what follows is done as root.', 'USER 0', '', 'RUN make', '', 'USER 1000:1000', '',
    ].join('\n'));
  });

  test('not when nothing is run as root', () => {
    expect(derived((dockerfile) => {
      const debug = dockerfile.addStage('debug', { base: 'production' });
      debug.run('make', { asUser: true });
      debug.copy(['app'], '/app');
      debug.command(['debug']);
    })).toBe(['FROM production AS debug', '', 'COPY app /app', '', 'RUN make', '', 'CMD ["debug"]', ''].join('\n'));
  });

  test('one that wants to be root says so', () => {
    expect(derived((dockerfile) => dockerfile.addStage('debug', { base: 'production' }).user('root'))).toBe('FROM production AS debug\n\nUSER 0\n');
  });

  test('the user of an image is given back too', () => {
    expect(textOf((dockerfile) => dockerfile.addStage('web', { base: 'nginxinc/nginx-unprivileged:1.29-alpine', baseUser: '101' }).run('rm -rf /x'))).toBe([
      'FROM nginxinc/nginx-unprivileged:1.29-alpine AS web', '', '# The base ends with another user; what follows is done as root.', 'USER 0', '',
      'RUN rm -rf /x', '', 'USER 101', '',
    ].join('\n'));
  });

  test.each([
    ['app', 'A name that the image itself knows: its number may differ from build to build.'], ['$APP_UID:20', 'Known when the image is built.'],
  ])('%s says why it is none of the numbers that a linter asks for', (user, why) => {
    expect(derived((dockerfile) => dockerfile.addStage('debug', { base: 'production' }).user(user))).toBe([
      'FROM production AS debug', '', `# ${why}`, '# hadolint ignore=DL3066', `USER ${user}`, '',
    ].join('\n'));
  });
});

test('a value that names a key of the same stage stands below it', () => {
  expect(textOf((dockerfile) => {
    const stage = dockerfile.addStage('base', { base: 'python:3.13-slim' });
    stage.addEnvironment('HOME_DIR', '/home/app');
    stage.addEnvironment('LITERAL', '$HOME_DIR');
    stage.addEnvironment('CACHE', '${HOME_DIR}/.cache', { expand: true });
    stage.addEnvironment('LAST', 'x');
  })).toBe([
    'FROM python:3.13-slim AS base', 'ENV HOME_DIR=/home/app \\', "    LITERAL='$HOME_DIR'", 'ENV CACHE="${HOME_DIR}/.cache" \\', '    LAST=x', '',
  ].join('\n'));
});

describe('commands', () => {
  const run = (...args: Parameters<ReturnType<Dockerfile['addStage']>['run']>) => textOf(
    (dockerfile) => dockerfile.addStage('base', { base: 'python:3.13-slim' }).run(...args),
  ).replace('FROM python:3.13-slim AS base\n\n', '');

  test.each([
    ['a short chain', 'a && b', ['RUN a && b']],
    ['spaces around it', '  a  ', ['RUN a']],
    ['a long chain', `${'a'.repeat(60)} && ${'b'.repeat(60)}`, [`RUN ${'a'.repeat(60)} \\`, `    && ${'b'.repeat(60)}`]],
    ['a chain with signs in quotes', `echo "${'a && '.repeat(10)}" 'x && y' x\\&&y && ${'b'.repeat(60)}`,
      [`RUN echo "${'a && '.repeat(10)}" 'x && y' x\\&&y \\`, `    && ${'b'.repeat(60)}`]],
    ['lines that are continued', 'apt-get update \\\n    && apt-get upgrade', ['RUN apt-get update && apt-get upgrade']],
    ['a script', '\n    if true; then\n        echo "$HOME"\n    fi\n    ', ['RUN <<EOF', 'set -e', 'if true; then', '    echo "$HOME"', 'fi', 'EOF']],
    ['a script with the word that ends it', 'cat <<EOF > /x\nEOF\necho', ['RUN <<SCRIPT', 'set -e', 'cat <<EOF > /x', 'EOF', 'echo', 'SCRIPT']],
    ['a script of Windows', 'a\r\nb\r\n', ['RUN <<EOF', 'set -e', 'a', 'b', 'EOF']],
  ])('%s', (_, command, expected) => {
    expect(run(command)).toBe(`${expected.join('\n')}\n`);
  });

  test('a script with mounts', () => {
    expect(run('a\nb', { cacheMounts: ['/x', '/y'] })).toBe([
      'RUN --mount=type=cache,target=/x \\', '    --mount=type=cache,target=/y \\', '    <<EOF', 'set -e', 'a', 'b', 'EOF', '',
    ].join('\n'));
  });

  test('commands below one another say why they are not one', () => {
    expect(textOf((dockerfile) => {
      const stage = dockerfile.addStage('base', { base: 'python:3.13-slim' });
      stage.run('a');
      stage.run('b', { note: 'A note that is long enough to be wrapped, since nobody likes to read lines that go on and on, and on.\nAnd a line.' });
      stage.run('c', { cacheMounts: ['/c'] });
      stage.run('d');
    })).toBe([
      '# Each step is cached by itself.', '# hadolint global ignore=DL3059', '', 'FROM python:3.13-slim AS base', '', 'RUN a', '',
      '# A note that is long enough to be wrapped, since nobody likes to read lines that go on and on, and', '# on.', '# And a line.', 'RUN b', '',
      'RUN --mount=type=cache,target=/c \\', '    c', '', 'RUN d', '',
    ].join('\n'));
  });
});

test('a stage without instructions, and one with a platform', () => {
  expect(textOf((dockerfile) => {
    dockerfile.addStage('base', { base: 'python:3.13-slim', platform: '$BUILDPLATFORM' });
    dockerfile.addStage('production', { base: 'base', note: 'The same.' });
  })).toBe('FROM --platform=$BUILDPLATFORM python:3.13-slim AS base\n\n\n# The same.\nFROM base AS production\n');
});

describe('the ignore file', () => {
  test('allows nothing when nothing is read', () => {
    expect(filesOf((dockerfile) => dockerfile.addStage('base', { base: 'scratch' }))['.dockerignore'])
      .toBe('# The build reads what has an exclamation mark here, and nothing else.\n\n*\n');
  });

  test('two Dockerfiles of one folder have one each', () => {
    const stack = newStack();
    for (const file of ['Dockerfile', 'Dockerfile.dev']) {
      const dockerfile = new Dockerfile(stack, file.replace('.', ''), { file: `backend/${file}` });
      dockerfile.addStage('base', { base: 'python:3.13-slim' }).copy([file === 'Dockerfile' ? 'app' : 'tests'], '.');
      new Service(stack, file === 'Dockerfile' ? 'backend' : 'tests', { imageBuild: dockerfile.imageBuild() });
    }
    const files = render(stack);
    expect(Object.keys(files).filter((file) => file.startsWith('backend/'))).toEqual([
      'backend/Dockerfile', 'backend/.dockerignore', 'backend/Dockerfile.dev', 'backend/Dockerfile.dev.dockerignore',
    ]);
    expect([files['backend/.dockerignore'], files['backend/Dockerfile.dev.dockerignore']].map((text) => text.match(/!.*/g))).toEqual([['!app'], ['!tests']]);
  });
});

test('the files say who wrote them, and what must be first stays first', () => {
  const files = synthIn(tempFolder(), (outdir) => {
    const { Project } = jest.requireActual<typeof import('projen')>('projen');
    const project = new Project({ name: 'shop', outdir });
    filesOf((dockerfile) => dockerfile.addStage('base', { base: 'scratch' }), { syntax: 'docker/dockerfile:1', description: 'Nothing.' }, new Stack(project));
    return project;
  });
  expect(files.Dockerfile).toBe([
    '# syntax=docker/dockerfile:1', '# ~~ Generated by projen. To modify, edit .projenrc.js and run "npx projen".', '# Nothing.', '', 'FROM scratch AS base', '',
  ].join('\n'));
  expect(files['.dockerignore'].split('\n')[0]).toBe('# ~~ Generated by projen. To modify, edit .projenrc.js and run "npx projen".');
});

describe('overrides', () => {
  const refused = (define: (stack: Stack) => void) => {
    const stack = newStack();
    define(stack);
    return lines(stack.findings(), 'PS079').map((line) => line.replace(/ \(.*LINE\)/, ''));
  };
  const text = 'overrides has the key "dockerfile", and a Dockerfile cannot be overridden. Write it on the builder, such as: backend.dockerfile.stage(\'production\').run(\'…\').';

  test('of a service are refused, in one mode too', () => {
    expect(refused((stack) => {
      new Service(stack, 'a', { image: 'a:1', overrides: { dockerfile: {} } });
      new Service(stack, 'b', { image: 'b:1', production: { overrides: { dockerfile: { x: 1 } } } });
      new Service(stack, 'c', { image: 'c:1', overrides: { compose: {} } });
    })).toEqual([`error PS079 at shop/stack/a: ${text}`, `error PS079 at shop/stack/b: ${text}`]);
  });

  test('of the stack are refused', () => {
    expect(refused((stack) => {
      new Service(stack, 'a', { image: 'a:1' });
      stack.addOverrides({ dockerfile: {} }, Mode.PRODUCTION);
    })).toEqual([`error PS079 at shop/stack: ${text}`]);
  });
});

test('a stack without Dockerfiles has none', () => {
  const stack = newStack();
  new Service(stack, 'a', { image: 'a:1' });
  expect(new DockerfileTarget().render(stack.model())).toEqual({ files: [], findings: [] });
});
