import { builder, builderOf, said } from './support';
import { BuildPhase, Dockerfile, Mode, Service, Value } from '../../../src';
import { messageOf, newStack } from '../../support/stack';

test('is found below any construct, in the order of creation', () => {
  const stack = newStack();
  const service = new Service(stack, 'backend', { image: 'app:1' });
  const first = new Dockerfile(service, 'Dockerfile', { file: 'backend/Dockerfile' });
  const second = new Dockerfile(stack, 'Other', { file: 'other/Dockerfile' });
  expect(Dockerfile.dockerfilesOf(stack)).toEqual([first, second]);
  expect(Dockerfile.dockerfilesOf(service)).toEqual([first]);
});

test('needs a stack above it', () => {
  expect(messageOf(() => new Dockerfile(newStack().project as any, 'Dockerfile', { file: 'Dockerfile' })))
    .toBe('Dockerfile "Dockerfile" has no stack above it (its scope is "shop"). Write: new Dockerfile(stack, \'Dockerfile\', …), where stack is new Stack(project).');
});

test('knows its stages, and names them when asked for another', () => {
  const dockerfile = builder();
  expect(messageOf(() => dockerfile.stage('base'))).toBe('shop/stack/Dockerfile has no stage "base". Write: addStage(\'base\', { base: … }).');
  const base = dockerfile.addStage('base', { base: 'python:3.13-slim' });
  const production = dockerfile.addStage('production', { base: 'base' });
  expect(dockerfile.stages).toEqual([base, production]);
  expect(dockerfile.stage('production')).toBe(production);
  expect(messageOf(() => dockerfile.stage('prod'))).toBe('shop/stack/Dockerfile has no stage "prod". Write one of: \'base\', \'production\'.');
});

test.each([
  [{ file: 'backend/Dockerfile' }, { context: './backend', dockerfile: undefined }, 'backend/.dockerignore'],
  [{ file: './backend//Dockerfile' }, { context: './backend', dockerfile: undefined }, 'backend/.dockerignore'],
  [{ file: 'Dockerfile' }, { context: '.', dockerfile: undefined }, '.dockerignore'],
  [{ file: 'docker/backend.dockerfile', context: '.' }, { context: '.', dockerfile: 'docker/backend.dockerfile' }, 'docker/backend.dockerfile.dockerignore'],
  [{ file: 'backend/Dockerfile', context: './' }, { context: '.', dockerfile: 'backend/Dockerfile' }, 'backend/Dockerfile.dockerignore'],
  [{ file: 'backend/Dockerfile.dev' }, { context: './backend', dockerfile: 'Dockerfile.dev' }, 'backend/Dockerfile.dev.dockerignore'],
  [{ file: 'apps/backend/docker/Dockerfile', context: 'apps/backend/' }, { context: './apps/backend', dockerfile: 'docker/Dockerfile' }, 'apps/backend/docker/Dockerfile.dockerignore'],
])('%j is built as %j and reads %s', (props, imageBuild, ignoreFile) => {
  const dockerfile = builder(props);
  dockerfile.addStage('production', { base: 'python:3.13-slim' });
  expect(dockerfile.imageBuild()).toEqual({ ...imageBuild, target: undefined, args: undefined });
  expect(dockerfile.ignoreFile).toBe(ignoreFile);
  expect(said(dockerfile)).toEqual([]);
});

test('passes target and arguments on', () => {
  const args = { APP_UID: Value.literal('1000') };
  expect(builder().imageBuild('development', args)).toMatchObject({ target: 'development', args });
});

test('allows what steps read of the context, once, and what is said besides', () => {
  const dockerfile = builderOf();
  const stage = dockerfile.stage('production');
  stage.copy(['./src/', 'pyproject.toml'], '/app/');
  stage.copy(['src/main.py', 'docker/entrypoint.sh'], '/app/');
  stage.copy(['/opt/venv'], '/opt/venv', { fromStage: 'dependencies' });
  stage.copy(['/uv'], '/bin/', { fromImage: 'uv:0.9' });
  stage.copy(['.'], '.');
  stage.run('uv sync', {
    bindMounts: [{ source: 'uv.lock', target: 'uv.lock' }, { source: '/x', target: '/x', fromStage: 'dependencies' }, { source: 'pyproject.toml', target: 'pyproject.toml' }],
  });
  dockerfile.allow('requirements*.txt', 'src');
  expect(dockerfile.allowedPaths).toEqual(['docker/entrypoint.sh', 'pyproject.toml', 'requirements*.txt', 'src', 'uv.lock']);
});

test('keeps the order of what is ignored, each once', () => {
  const dockerfile = builder();
  dockerfile.ignore('**/__pycache__', '**/*.pyc');
  dockerfile.ignore('**/__pycache__');
  expect(dockerfile.ignoredPatterns).toEqual(['**/__pycache__', '**/*.pyc']);
});

test('is given as it is, so that nobody changes it from outside', () => {
  const dockerfile = builderOf();
  dockerfile.stages.pop();
  dockerfile.allowedPaths.push('x');
  dockerfile.ignoredPatterns.push('x');
  const sources = ['app'];
  const command = ['serve'];
  dockerfile.stage('production').copy(sources, '.', { phase: BuildPhase.SYSTEM });
  dockerfile.stage('production').command(command);
  sources.push('secrets');
  command.push('--debug');
  expect([dockerfile.stages.length, dockerfile.allowedPaths, dockerfile.ignoredPatterns]).toEqual([1, ['app'], []]);
  expect(dockerfile.stage('production')._content().command).toEqual(['serve']);
});

test('brings no settings of its own; those of its arguments are those of the service that builds it', () => {
  const stack = newStack();
  const dockerfile = new Dockerfile(stack, 'Dockerfile', { file: 'Dockerfile' });
  dockerfile.addStage('production', { base: 'python:3.13-slim' }).addArgument('APP_UID', '1000');
  const service = new Service(stack, 'backend', {});
  service.addSettings({ imageBuild: dockerfile.imageBuild('production', { APP_UID: Value.of(service.addVariable('APP_UID')) }) }, Mode.DEVELOPMENT);
  expect(dockerfile.variables()).toEqual([]);
  expect(stack.model().variables.map(({ variableName }) => variableName)).toEqual(['APP_UID']);
});
