import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';
import { renderSample } from '../../src/files/sample/materialise';
import { HttpApi } from '../../src/model/http-api';
import { NodePackageManager, ViteFramework } from '../../src/services/vite/options';
import { samplePnpmVersion, sampleParts } from '../../src/services/vite/sample';

const ASSETS = path.join(__dirname, '..', '..', 'assets', 'vite');
const FRAMEWORKS = Object.values(ViteFramework);
const RESOURCES = [undefined, [], ['/api/v1/items'], ['/api/v1/tasks'], ['/api/v1/items', '/api/v1/tasks']];

const partsOf = (packageManager: NodePackageManager, framework: ViteFramework, sampleResources: string[] | undefined, healthPath = '/health') => sampleParts(packageManager, {
  framework, api: sampleResources && { httpApi: () => ({ prefixes: ['/api'], healthPath, sampleResources }) as unknown as HttpApi },
});

test('every folder is a part of the sample, and wanted by some definition', () => {
  const wanted = new Set(Object.values(NodePackageManager).flatMap((manager) => FRAMEWORKS.flatMap((framework) => (
    RESOURCES.flatMap((resources) => partsOf(manager, framework, resources).filter((part) => part.wanted).map((part) => part.partName))
  ))));
  expect([...wanted].sort()).toEqual(readdirSync(ASSETS).sort());
});

describe.each(FRAMEWORKS)('%s', (framework) => {
  test.each(Object.values(NodePackageManager))('with %s fits together for each API: no tag is left, no file in two parts, its own lockfile', (manager) => {
    for (const resources of RESOURCES) {
      const files = renderSample({ parts: partsOf(manager, framework, resources) });
      expect(files.filter((file) => file.lines?.some((line) => /\bpart: /.test(line.text))).map((file) => file.path)).toEqual([]);
      const paths = files.map((file) => file.path);
      expect(paths).toEqual(expect.arrayContaining(['.gitignore', 'package.json', 'index.html', 'vite.config.ts', 'src/panels.ts', 'src/mount.ts'].map((name) => (
        framework === ViteFramework.REACT && name === 'src/mount.ts' ? 'src/mount.tsx' : name
      ))));
      expect(paths.filter((name) => /lock/.test(name))).toEqual([manager === NodePackageManager.PNPM ? 'pnpm-lock.yaml' : 'package-lock.json']);
      expect(paths.includes('src/api/items.ts')).toBe(resources?.includes('/api/v1/items') ?? false);
      expect(paths.includes('src/api/health.ts')).toBe(resources !== undefined);
    }
  });

  test('has the scripts of the others, in the same versions', () => {
    const read = (name: string) => JSON.parse(readFileSync(path.join(ASSETS, name, 'package.json'), 'utf8'));
    const [own, react] = [read(framework), read(ViteFramework.REACT)];
    expect(Object.keys(own.scripts)).toEqual(Object.keys(react.scripts));
    expect(own.packageManager).toBe(react.packageManager);
    const both = Object.keys(own.devDependencies).filter((name) => name in react.devDependencies);
    expect(both.length).toBeGreaterThan(5);
    for (const name of both) expect([name, own.devDependencies[name]]).toEqual([name, react.devDependencies[name]]);
  });
});

test('an API that does not say how it is gets no panel that asks', () => {
  const paths = renderSample({ parts: partsOf(NodePackageManager.PNPM, ViteFramework.REACT, ['/api/v1/items'], '/up') }).map((file) => file.path);
  expect(paths.filter((name) => name.startsWith('src/api/'))).toEqual([]);
});

test('the pinned pnpm is the one that the lockfiles were made with', () => {
  for (const framework of FRAMEWORKS) {
    expect(readFileSync(path.join(ASSETS, `${framework}-pnpm`, 'pnpm-lock.yaml'), 'utf8')).toContain(`packageManagerDependencies:\n      pnpm:\n        specifier: ${samplePnpmVersion()}\n`);
  }
});
