import { builder, builderOf, said } from './support';
import { BuildPhase, Dockerfile, Mode, Service, Stack, Stage, Value } from '../../../src';
import { expectFile } from '../../support/expected';
import { textOf } from '../../support/model';
import { newStack } from '../../support/stack';

type Define = () => Dockerfile;

const place = (file: string, context?: string): Define => () => {
  const dockerfile = builder({ file, context });
  dockerfile.addStage('production', { base: 'python:3.13-slim' });
  return dockerfile;
};
const named = (...names: string[]): Define => () => {
  const dockerfile = builder();
  for (const name of names) dockerfile.addStage(name, { base: 'python:3.13-slim' });
  return dockerfile;
};
const based = (base: string): Define => () => {
  const dockerfile = builderOf();
  dockerfile.addStage('other', { base });
  return dockerfile;
};
const stage = (define: (production: Stage, dockerfile: Dockerfile) => void, base?: string): Define => () => {
  const dockerfile = builderOf(base === undefined ? {} : { base });
  define(dockerfile.stage('production'), dockerfile);
  return dockerfile;
};
const run = (...args: Parameters<Stage['run']>): Define => stage((production) => production.run(...args));
const raw = (text: string): Define => stage((production) => production.instruction(text));

/** Everything that is refused, by what is wrong with it. */
const REFUSED: { readonly [name: string]: Define } = {
  'a file outside': place('../Dockerfile'),
  'a file that leaves later': place('a/../../Dockerfile'),
  'an absolute file': place('/srv/Dockerfile'),
  'a file of Windows': place('backend\\Dockerfile'),
  'a folder as the file': place('backend/'),
  'an empty file': place(''),
  'a context outside': place('backend/Dockerfile', '../'),
  'a file outside its context': place('docker/backend.dockerfile', 'backend'),
  'a file beside a context in the same folder': place('apps/docker/backend.dockerfile', 'apps/backend'),
  'a context whose name begins the name of the folder': place('backend-images/Dockerfile', 'backend'),
  'no stage': named(),
  'a name in capitals': named('Production'),
  'a name with a space': named('my stage'),
  'a name that is reserved': named('scratch'),
  'an empty name': named(''),
  'one name twice': named('base', 'base'),
  'a base that is no stage': based('productoin'),
  'a base without a version': based('python'),
  'the latest base': based('python:latest'),
  'no base': based(''),
  'a base that is undefined': based(undefined as unknown as string),
  'a base in capitals': based('Python:3.13'),
  'a base with an argument': based('python:${VERSION}'),
  'a stage that is made from itself': based('other'),
  'a circle': () => {
    const dockerfile = builder();
    dockerfile.addStage('a', { base: 'b' });
    dockerfile.addStage('b', { base: 'python:3.13-slim' }).copy(['/x'], '/x', { fromStage: 'c' });
    dockerfile.addStage('c', { base: 'python:3.13-slim' }).run('true', { bindMounts: [{ source: '/x', target: '/x', fromStage: 'a' }] });
    return dockerfile;
  },
  'a copy from a stage that is not there': stage((production) => production.copy(['/x'], '/x', { fromStage: 'prod' })),
  'a mount from a stage that is not there': run('true', { bindMounts: [{ source: '/x', target: '/x', fromStage: 'elsewhere' }] }),
  'a copy from a stage called an image': stage((production, dockerfile) => {
    dockerfile.addStage('tools', { base: 'node:24-slim' });
    production.copy(['/x'], '/x', { fromImage: 'tools' });
  }),
  'a copy from an image without a version': stage((production) => production.copy(['/uv'], '/bin/', { fromImage: 'ghcr.io/astral-sh/uv' })),
  'a copy from an image whose name is like that of a stage': stage((production) => production.copy(['/x'], '/x', { fromImage: 'productoin' })),
  'a copy from two places': stage((production, dockerfile) => {
    dockerfile.addStage('tools', { base: 'node:24-slim' });
    production.copy(['/x'], '/x', { fromStage: 'tools', fromImage: 'node:24-slim' });
  }),
  'an absolute source': stage((production) => production.copy(['/etc/passwd'], '.')),
  'a source outside': stage((production) => production.copy(['../common'], '.')),
  'a source with an argument': stage((production) => production.copy(['dist-$MODE'], '.')),
  'a source that is a URL': stage((production) => production.copy(['https://example.com/x.tgz'], '.')),
  'a source that is a here-document': stage((production) => production.copy(['<<EOF'], '.')),
  'an empty source': stage((production) => production.copy([''], '.')),
  'no source': stage((production) => production.copy([], '.')),
  'an empty source of a stage': stage((production, dockerfile) => {
    dockerfile.addStage('tools', { base: 'node:24-slim' });
    production.copy(['/x', ' '], '/', { fromStage: 'tools' });
  }),
  'an empty target': stage((production) => production.copy(['app'], '')),
  'a mount outside': run('true', { bindMounts: [{ source: '../uv.lock', target: 'uv.lock' }] }),
  'what is allowed lies outside': stage((_, dockerfile) => dockerfile.allow('../common', '/etc')),
  'everything is allowed': stage((_, dockerfile) => dockerfile.allow('.')),
  'an exception as what is allowed': stage((_, dockerfile) => dockerfile.allow('!app')),
  'an exception as what is ignored': stage((_, dockerfile) => dockerfile.ignore('!app', '')),
  'a copy of everything where nothing is allowed': stage((production) => production.copy(['.'], '.')),
  'something left out of a copy of something else': stage((production, dockerfile) => {
    dockerfile.allow('app');
    production.copy(['app', 'tests'], '.', { exclude: ['app'] });
    production.copy(['.'], '.', { exclude: ['app'], fromImage: 'node:24-slim' });
  }),
  'something left out that is not allowed': stage((production, dockerfile) => {
    dockerfile.allow('app', 'public');
    production.copy(['.'], '.', { exclude: ['app', 'pubilc'] });
  }),
  'packages as one text': stage((production) => production.addPackages('libpq5 gcc')),
  'packages that are no names': stage((production) => production.addPackages('--allow-unauthenticated', 'gcc;reboot', 'Gcc')),
  'packages on Alpine': stage((production) => production.addPackages('libpq5'), 'python:3.13-alpine3.22'),
  'packages on nothing': stage((production) => production.addPackages('libpq5'), 'scratch'),
  'packages on what is made from Alpine': stage((_, dockerfile) => dockerfile.addStage('next', { base: 'production' }).addPackages('gcc'), 'alpine:3.22'),
  'packages on distroless': stage((production) => production.addPackages('libpq5'), 'gcr.io/distroless/python3-debian12:nonroot'),
  'a key': stage((production) => production.addEnvironment('MY KEY', 'x')),
  'a value of two lines': stage((production) => production.addEnvironment('KEY', 'a\nb')),
  'a value that is a number': stage((production) => production.addEnvironment('KEY', 1 as unknown as string)),
  'a path that would lose all programs': stage((production) => production.addEnvironment('PATH', '/opt/venv/bin:$PATH')),
  'an argument': stage((production) => production.addArgument('app-uid')),
  'an argument of two lines': stage((production) => production.addArgument('KEY', 'a\nb', { phase: BuildPhase.DEPENDENCIES })),
  'secrets': stage((production) => {
    production.addArgument('NPM_TOKEN');
    production.addEnvironment('DB_PASSWORD', 'x');
    production.addEnvironment('PUBLIC_KEY', 'x');
  }),
  'a label': stage((production) => production.addLabel('', 'a\nb')),
  'ports': stage((production) => [0, 65536, 1.5, NaN].forEach((port) => production.expose(port))),
  'a working directory': stage((production) => production.workingDir('app')),
  'a user': stage((production) => production.user('app user')),
  'an empty user': stage((production) => production.user('')),
  'a user of the base': () => builderOf({ baseUser: 'a b' }),
  'a platform': () => builderOf({ platform: 'linux/amd64 AS x' }),
  'a signal': stage((production) => production.stopSignal('kill -9')),
  'no command': stage((production) => production.command([])),
  'an empty command': stage((production) => production.command(['', 'x'])),
  'an empty entrypoint': stage((production) => production.entrypoint([''])),
  'nothing to run': run(' '),
  'a command that goes on': run('apt-get update \\'),
  'options as a command': run('--mount=type=cache,target=/x make'),
  'a here-document without lines': run('cat <<EOF > /etc/app.conf'),
  'a cache with an option': run('true', { cacheMounts: ['/root/.cache,sharing=locked'] }),
  'a secret without a name': run('true', { secretMounts: [{ secretId: '' }] }),
  'a network of two words': run('true', { network: 'none --mount=x' }),
  'a mount without a type': run('true', { mounts: ['/cache'] }),
  'a cache of a user without a number': stage((production) => {
    production.user('app');
    production.run('pip install x', { asUser: true, cacheMounts: ['/home/app/.cache'] });
  }),
  'as a user that is not there': run('true', { asUser: true }),
  'an owner': stage((production) => production.copy(['app'], '.', { owner: 'app user' })),
  'permissions': stage((production) => production.copy(['app'], '.', { fileMode: '9' })),
  'another stage as an instruction': raw('FROM scratch'),
  'a command as an instruction': raw('cmd ["x"]'),
  'an instruction that is none': raw('MAINTAINER me'),
  'an instruction without arguments': raw('VOLUME'),
  'two instructions in one': raw('VOLUME /a\nVOLUME /b'),
  'an instruction that goes on': raw('VOLUME /a \\'),
  'a syntax': () => {
    const dockerfile = builder({ syntax: 'docker/dockerfile 1' });
    dockerfile.addStage('production', { base: 'python:3.13-slim' });
    return dockerfile;
  },
};

test('everything that is refused, with what it says', () => {
  const texts = Object.entries(REFUSED).map(([name, define]) => [`${name}:`, ...said(define()).map((line) => `  ${line}`), ''].join('\n'));
  expectFile(__dirname, 'findings.txt', texts.join('\n'));
});

test.each(Object.entries(REFUSED))('%s is refused', (_, define) => {
  expect(said(define())).not.toEqual([]);
});

describe('what looks alike and is right', () => {
  test.each<[string, Define]>([
    ['an image by its digest', based(`python@sha256:${'0'.repeat(64)}`)],
    ['nothing as a base', based('scratch')],
    ['an image of a registry with a port', based('localhost:5000/team/python:3.13')],
    ['a stage below the one that uses it', () => {
      const dockerfile = builder();
      dockerfile.addStage('production', { base: 'python:3.13-slim' }).copy(['/dist'], '/dist', { fromStage: 'assets' });
      dockerfile.addStage('assets', { base: 'node:24-slim' });
      return dockerfile;
    }],
    ['two copies of one stage', () => {
      const dockerfile = builderOf();
      dockerfile.addStage('a', { base: 'production' });
      dockerfile.addStage('b', { base: 'production' }).copy(['/x'], '/x', { fromStage: 'a' });
      return dockerfile;
    }],
    ['a shift in a command', run('echo $((1 << 2)) "<<EOF" <<< x')],
    ['a here-document in a script', run('cat <<X > /etc/app.conf\nport=1\nX')],
    ['an escaped backslash at the end', run('echo \\\\')],
    ['a path that is expanded', stage((production) => production.addEnvironment('PATH', '/opt/venv/bin:$PATH', { expand: true }))],
    ['words that only look like secrets', stage((production) => ['KEYBOARD', 'TOKENIZERS_PARALLELISM', 'PUBLIC_KEY'].forEach((key) => production.addEnvironment(key, 'x')))],
    ['packages with versions and architectures', stage((production) => production.addPackages('libstdc++6', 'libpq5=17.6-0+deb13u1', 'libc6:arm64'))],
    ['an entrypoint that is taken away', stage((production) => production.entrypoint([]))],
    ['other instructions', stage((production) => ['VOLUME /data', 'SHELL ["/bin/bash", "-c"]', 'HEALTHCHECK --interval=1s \\\n    CMD true'].forEach((text) => production.instruction(text)))],
    ['a cache of a user with a number', stage((production) => {
      production.user('1000:1000');
      production.run('pip install x', { asUser: true, cacheMounts: ['/home/app/.cache'] });
    })],
    ['a copy of everything that is allowed', stage((production, dockerfile) => {
      dockerfile.allow('app');
      production.copy(['.'], '.');
    })],
    ['permissions and owners', stage((production) => production.copy(['a'], '.', { owner: '$APP_UID:20', fileMode: 'u=rwX,go=rX' }))],
  ])('%s', (_, define) => {
    expect(said(define())).toEqual([]);
  });
});

describe('who builds it', () => {
  const define = (build: (dockerfile: Dockerfile, stack: Stack) => void) => {
    const stack = newStack();
    const dockerfile = new Dockerfile(stack, 'Dockerfile', { file: 'docker/backend.dockerfile', context: '.' });
    dockerfile.addStage('development', { base: 'python:3.13-slim' }).addArgument('APP_UID', '1000');
    dockerfile.addStage('production', { base: 'python:3.13-slim' }).addArgument('APP_GID', '1000', { phase: BuildPhase.DEPENDENCIES });
    build(dockerfile, stack);
    return stack.findings().filter(({ rule }) => /^PS07/.test(rule.ruleId)).map(textOf);
  };

  test('nobody', () => {
    expect(define(() => {})).toEqual([
      'warning PS077 at shop/stack/Dockerfile: No service builds "docker/backend.dockerfile". Write: imageBuild: dockerfile.imageBuild(…), or remove it.',
    ]);
  });

  test('a service of one mode, with stages and arguments that are there', () => {
    expect(define((dockerfile, stack) => {
      const args = { APP_UID: Value.literal('1'), APP_GID: Value.literal('1'), HTTP_PROXY: Value.literal('x') };
      const service = new Service(stack, 'backend', { modes: [Mode.DEVELOPMENT] });
      service.addSettings({ imageBuild: dockerfile.imageBuild('production', args) }, Mode.DEVELOPMENT);
    })).toEqual([]);
  });

  test('a service that names it by hand', () => {
    expect(define((_, stack) => new Service(stack, 'backend', { imageBuild: { context: './', dockerfile: './docker/backend.dockerfile', target: 'production' } }))).toEqual([]);
  });

  test('one with another context, another stage, another argument, each said once for both modes', () => {
    expect(define((_, stack) => {
      const imageBuild = { context: './docker', dockerfile: 'backend.dockerfile', target: 'prodution', args: { APP_UDI: Value.literal('1') } };
      new Service(stack, 'backend', { imageBuild });
    })).toEqual([
      'error PS070 at shop/stack/backend: imageBuild reads "docker/backend.dockerfile" in the context "./docker", and its paths are meant from ".". Write: imageBuild: dockerfile.imageBuild(…).',
      'error PS072 at shop/stack/backend: The target "prodution" of imageBuild is no stage of "docker/backend.dockerfile". Did you mean "production"?',
      'error PS072 at shop/stack/backend: No stage of "docker/backend.dockerfile" declares the argument "APP_UDI" of imageBuild. '
        + 'Write: addArgument(\'APP_UDI\') in the stage that uses it, or remove it.',
    ]);
  });

  test('two Dockerfiles with one file', () => {
    expect(define((dockerfile, stack) => {
      new Service(stack, 'backend', { imageBuild: dockerfile.imageBuild() });
      new Dockerfile(stack, 'Twin', { file: './docker/backend.dockerfile', context: '.' }).addStage('production', { base: 'python:3.13-slim' });
    })).toEqual([
      'error PS070 at shop/stack/Dockerfile: The file "docker/backend.dockerfile" is described twice, by stack/Twin too. Write another file for one of them, or add the stages of one to the other.',
      'error PS070 at shop/stack/Twin: The file "docker/backend.dockerfile" is described twice, by stack/Dockerfile too. Write another file for one of them, or add the stages of one to the other.',
    ]);
  });
});
