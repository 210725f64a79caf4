import { mkdirSync, writeFileSync } from 'fs';
import * as path from 'path';
import { LogLevel } from 'projen';
import { FastApiBackend, FastApiProps, Migrations, PostgresService, Stack, StackProject, ViteFrontend, ViteProps } from '../../src';
import { stable } from '../support/stack';
import { readTree, tempFolder, withoutPost } from '../support/synth';

const SERVER = {
  'server/app/__init__.py': '',
  'server/app/main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n',
  'server/requirements.txt': 'fastapi==0.121.0\nuvicorn==0.38.0\n',
};
const WEB = {
  'web/package.json': '{ "name": "web", "scripts": { "dev": "vite", "build": "vite build" } }\n',
  'web/package-lock.json': '{}\n',
  'web/index.html': '<script type="module" src="/src/main.js"></script>\n',
  'web/src/main.js': 'document.title = "ours";\n',
};

function folderWith(...sets: { readonly [file: string]: string }[]): string {
  const folder = tempFolder();
  for (const [file, text] of sets.flatMap(Object.entries) as [string, string][]) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

/** Synthesizes a StackProject around a server and pages, and gives the files and what was said. */
function adopt(folder: string, backend: FastApiProps = {}, frontend: ViteProps = {}): { files: { [file: string]: string }; said: string } {
  const spy = jest.spyOn(console, 'error').mockImplementation();
  try {
    const project = new StackProject({ name: 'shop', outdir: folder, logging: { level: LogLevel.INFO } });
    const stack: Stack = project.stack;
    const database = new PostgresService(stack, 'postgres', { version: '17' });
    const api = new FastApiBackend(stack, 'server', { dir: 'server', database, ...backend });
    new ViteFrontend(stack, 'web', { dir: 'web', api, ...frontend });
    withoutPost(() => project.synth());
    return { files: readTree(folder), said: stable(spy.mock.calls.flat().join('\n')) };
  } finally {
    spy.mockRestore();
  }
}

describe('a repository with a backend and a frontend of its own', () => {
  const folder = folderWith(SERVER, WEB, { 'README.md': '# Ours\n', 'package.json': '{ "name": "shop", "private": true, "scripts": { "release": "./release.sh" } }\n' });
  const { files, said } = adopt(folder);

  test('is not written over, and nothing of a sample is written beside it [000-127]', () => {
    expect(files).toMatchObject({ ...SERVER, ...WEB });
    expect(files['README.md']).toMatch(/^# Ours\n/);
    expect(JSON.parse(files['package.json'])).toMatchObject({ name: 'shop', private: true, scripts: { release: './release.sh' } });
    const beside = Object.keys(files).filter((file) => /^(server|web)\//.test(file) && !(file in SERVER) && !(file in WEB)).sort();
    expect(beside).toEqual(['server/.dockerignore', 'server/Dockerfile', 'web/.dockerignore', 'web/Dockerfile', 'web/nginx/default.conf.template', 'web/nginx/runtime.sh']);
  });

  test('is told in a list what was left alone', () => {
    expect(said).toContain('server/app exists, so the application in server/ is your own: nothing of the sample "fastapi" (core, database) was written.');
    expect(said).toContain('These exist and were left alone: server/app/__init__.py, server/app/main.py, server/requirements.txt.');
    expect(said).toMatch(/web\/package\.json exists, so the application in web\/ is your own: nothing of the sample "vite" \(.*\) was written\./);
    expect(said).toContain('These exist and were left alone: web/index.html, web/package-lock.json, web/package.json.');
  });

  test('is built of what is there: no hashes, no tests, no migrations, the lockfile of npm', () => {
    const server = files['server/Dockerfile'];
    expect(server).toContain('uv pip install --requirement requirements.txt');
    for (const absent of ['requirements-dev.txt', 'alembic', '--require-hashes']) expect(server.split('\n').filter((line) => line.includes(absent))).toEqual([]);
    expect(files['compose.yaml']).toContain('- ./server/app:/app/app');
    for (const absent of ['/server/tests', 'alembic', 'server-migrate', './web/public']) expect(files['compose.yaml']).not.toContain(absent);
    expect(files['web/Dockerfile']).toContain('npm ci');
    expect(files['web/Dockerfile']).toContain('CMD ["npm", "run", "dev", "--", "--host", "0.0.0.0", "--port", "3000", "--strictPort"]');
    expect(files['compose.yaml']).toContain('- ./web/src:/app/src');
    expect(files['web/Dockerfile']).toContain('./index.html\n');
    expect(files['web/Dockerfile']).not.toContain('scripts');
  });

  test('comes to the same the next time, and says it no more', () => {
    const again = adopt(folder);
    expect(again.files).toEqual(files);
    expect(again.said).not.toContain('is your own');
  });
});

test('what a team adds to its own code is taken up', () => {
  const folder = folderWith(SERVER, WEB);
  adopt(folder);
  for (const [file, text] of Object.entries({ 'server/alembic.ini': '', 'server/requirements-dev.txt': 'pytest==9.0.0\n', 'web/public/x.txt': '', 'web/scripts/x.js': '' })) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const { files } = adopt(folder);
  expect(files['compose.yaml']).toContain('  server-migrate:\n');
  expect(files['server/Dockerfile']).toContain('uv pip install --requirement requirements-dev.txt');
  expect(files['compose.yaml']).toContain('- ./web/public:/app/public');
  expect(files['web/Dockerfile']).toMatch(/^COPY .* scripts \.\/scripts$/m);
});

test.each<[string, FastApiProps]>([['uv', {}], ['without migrations of a service', { migrations: Migrations.MANUAL }]])('pinned with hashes they must fit: %s', (_, props) => {
  const hashed = { ...SERVER, 'server/requirements.txt': 'fastapi==0.121.0 \\\n    --hash=sha256:abc\n' };
  expect(adopt(folderWith(hashed, WEB), props).files['server/Dockerfile']).toContain('--require-hashes --requirement requirements.txt');
});

test('a sample is what it was: everything of it is taken, also what it is yet to write', () => {
  const folder = tempFolder();
  const first = adopt(folder, { database: undefined });
  expect(first.files['server/Dockerfile']).toContain('--require-hashes --requirement requirements-dev.txt');
  // The database's part is written by this very synthesis.
  const second = adopt(folder);
  expect(second.files['compose.yaml']).toContain('  server-migrate:\n');
  expect(second.files['compose.yaml']).toContain('- ./server/tests:/app/tests');
  expect(second.files['web/Dockerfile']).toContain('CMD ["pnpm", "run", "dev"]');
  expect(adopt(folder).files).toEqual(second.files);
});

test('pages with the lockfile of pnpm, or with none, are installed with pnpm', () => {
  const { 'web/package-lock.json': _npm, ...bare } = WEB;
  const locked: { readonly [file: string]: string }[] = [{}, { 'web/pnpm-lock.yaml': '' }];
  for (const more of locked) {
    expect(adopt(folderWith(SERVER, bare, more)).files['web/Dockerfile']).toContain('CMD ["pnpm", "run", "dev", "--host", "0.0.0.0", "--port", "3000", "--strictPort"]');
  }
});

test('a Dockerfile of the team is never overwritten; another path is the way out', () => {
  const own = { 'server/Dockerfile': 'FROM ours:1\n', 'server/.dockerignore': 'secret\n' };
  expect(() => adopt(folderWith(SERVER, WEB, own))).toThrow(/error PS060 .* server\/Dockerfile exists and was not generated\./);
  const { files } = adopt(folderWith(SERVER, WEB, own), { dockerfile: 'server/stack.Dockerfile' });
  expect(files).toMatchObject(own);
  expect(files['server/stack.Dockerfile']).toContain('uv pip install');
  expect(files['compose.yaml']).toContain('dockerfile: stack.Dockerfile');
});
