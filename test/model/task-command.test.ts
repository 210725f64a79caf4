import { Project, python } from 'projen';
import { CeleryWorker, FastApiBackend, PostgresService, RedisCache, Stack, StackTesting, ViteFrontend } from '../../src';
import { taskCommandOf } from '../../src/model/task-command';
import { tempFolder } from '../support/synth';

const named = () => ({ name: 'shop', outdir: tempFolder() });
const pythonProject = (options: object) => new python.PythonProject({
  ...named(), moduleName: 'shop', version: '1.0.0', authorName: 'Shop', authorEmail: 'shop@example.com', ...options,
});
const withDefinition = (options: object = {}) => {
  const project = new Project({ ...named(), ...options });
  new python.Projenrc(project);
  return project;
};

test('a task is run by the projen of the language in which the definition is written', () => {
  expect({
    'a plain project': taskCommandOf(new Project(named())),
    'a definition in Python': taskCommandOf(withDefinition()),
    'a project in it': taskCommandOf(new Project({ ...named(), outdir: 'api', parent: withDefinition() })),
    'pip': taskCommandOf(pythonProject({ pip: true })),
    'uv': taskCommandOf(pythonProject({ uv: true, pip: false, venv: false, setuptools: false })),
    'Poetry': taskCommandOf(pythonProject({ poetry: true, pip: false, venv: false, setuptools: false })),
    'Python with a definition in JavaScript': taskCommandOf(pythonProject({ projenrcPython: false, projenrcJs: true })),
    'somebody said it': taskCommandOf(withDefinition({ projenCommand: 'pdm run projen' })),
  }).toEqual({
    'a plain project': 'npx projen',
    'a definition in Python': 'projen',
    'a project in it': 'projen',
    'pip': 'projen',
    'uv': 'uv run projen',
    'Poetry': 'poetry run projen',
    'Python with a definition in JavaScript': 'npx projen',
    'somebody said it': 'pdm run projen',
  });
});

test('everything that is generated or said for a definition in Python names that command', () => {
  const stack = new Stack(withDefinition({ projenCommand: undefined }), 'stack', { workflow: true });
  const database = new PostgresService(stack, 'postgres', { version: '17' });
  const broker = new RedisCache(stack, 'redis');
  const backend = new FastApiBackend(stack, 'backend', { database, broker });
  new CeleryWorker(stack, 'worker', { backend });
  new ViteFrontend(stack, 'frontend', { api: backend });
  const files = StackTesting.synth(stack, { samples: true, sections: true });
  const lines = Object.entries(files).flatMap(([path, text]) => text.split('\n').filter((line) => line.includes('npx projen')).map((line) => `${path}: ${line}`));
  expect(lines).toEqual([]);
  expect(files['README.md']).toContain('| `projen backend:test` |');
  expect(backend.node.children.flatMap((child) => (child as any).parts?.[0]?.instructions ?? [])).toEqual([
    'Then pin the dependencies and build anew: projen backend:lock && docker compose up --detach --build --wait',
  ]);
});
