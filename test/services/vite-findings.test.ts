import { mkdirSync, writeFileSync } from 'fs';
import * as path from 'path';
import { Project } from 'projen';
import { PostgresService, Service, Stack, Value, Variable } from '../../src';
import { HttpApi, IHttpApi } from '../../src/model/http-api';
import { NodePackageManager } from '../../src/services/vite/options';
import { ViteProps } from '../../src/services/vite/props';
import { ViteFrontend } from '../../src/services/vite/vite-frontend';
import { lines, newStack } from '../support/stack';
import { tempFolder } from '../support/synth';

const RULES = ['PS140', 'PS141', 'PS142', 'PS143', 'PS144', 'PS145', 'PS146', 'PS147'];
const AT = 'at shop/stack/frontend (test/services/vite-findings.test.ts:LINE):';

/** What a frontend before a backend finds wrong with itself. */
function findings(props: ViteProps | ((stack: Stack) => ViteProps), stack = newStack()): string[] {
  const backend = new Service(stack, 'backend', { image: 'api:1', ports: [{ name: 'http', port: 8000 }] });
  const httpApi = (): HttpApi => ({ url: backend.endpoint('http').internalUrl, provider: backend, prefixes: ['/api', '/health'], basePath: '/api/v1' });
  new ViteFrontend(stack, 'frontend', { api: { httpApi }, ...(typeof props === 'function' ? props(stack) : props) });
  return lines(stack.findings(), ...RULES).map((line) => line.replace(` ${AT}`, ''));
}

const elsewhere: IHttpApi = { httpApi: () => ({ url: Value.literal('https://api.example.com'), prefixes: ['/search'] }) };

test('a sound frontend has none', () => {
  expect(findings({
    apiUrl: '/api/v1',
    nodeVersion: '22.12.0',
    routes: [{ prefix: '/search', api: elsewhere }],
    publicVariables: { VITE_X: {} },
    maxRequestSize: '5m',
    production: { apiUrl: 'https://api.example.com/v1' },
    allowedHosts: ['.example.test', 'shop.local'],
    contentSecurityPolicy: { 'img-src': 'https://a.example *.b.example' },
  })).toEqual([]);
  expect(findings({ api: undefined })).toEqual([]);
});

describe('PS140: what the browser is told names a service [000-058]', () => {
  const fix = "Write a path, which the web server passes on: apiUrl: '/api/v1', or a URL that browsers reach: apiUrl: 'https://api.example.com'.";
  test.each(['http://backend:8000/api/v1', 'https://BACKEND', '//backend/api', 'http://user@backend:8000'])('%s', (apiUrl) => {
    expect(findings({ apiUrl }).filter((line) => line.includes('PS140'))).toEqual([
      `error PS140 VITE_API_BASE_URL is "${apiUrl}", and no browser knows the service backend. ${fix}`,
    ]);
  });

  test('in one mode, in a variable of the definition, in the default of a setting', () => {
    expect(findings({ production: { apiUrl: 'http://backend:8000' } })).toHaveLength(1);
    expect(findings({ environment: { VITE_SOCKET: Value.literal('ws://backend:8000/ws') } })).toEqual([
      `error PS140 VITE_SOCKET is "ws://backend:8000/ws", and no browser knows the service backend. ${fix}`,
    ]);
    expect(findings({ publicVariables: { VITE_URL: { defaultValue: Value.literal('http://backend:8000') } } })).toHaveLength(1);
  });

  test('and not when a name only begins like one, or stands elsewhere', () => {
    expect(findings({ apiUrl: 'https://backend.example.com' })).toEqual([]);
    expect(findings({ environment: { VITE_X: Value.literal('backend'), OTHER: Value.literal('http://backend:8000') } })).toEqual([]);
  });
});

describe('PS141: a secret for everybody', () => {
  test('by its value', () => {
    const key = new Variable('API_KEY', { secret: true });
    expect(findings({ environment: { VITE_KEY: Value.concat(Value.literal('Bearer '), Value.of(key)) } })).toEqual([
      'error PS141 VITE_KEY holds the secret API_KEY. Let the backend use it; the page asks the backend.',
    ]);
    expect(findings({ environment: { API_KEY: Value.of(key) } })).toEqual([]);
  });

  test('by what its default is made of', () => {
    expect(findings((stack) => {
      const postgres = new PostgresService(stack, 'postgres', { version: '17' });
      return { publicVariables: { VITE_DB: { defaultValue: postgres.connection().url() } } };
    })).toContain('error PS141 VITE_DB holds the secret POSTGRES_PASSWORD. Let the backend use it; the page asks the backend.');
  });

  test('as an argument of the build', () => {
    const args = { VITE_TOKEN: Value.of(new Variable('TOKEN', { secret: true })) };
    expect(findings({ imageBuild: { context: '.', args } })).toContain('error PS141 VITE_TOKEN holds the secret TOKEN. Let the backend use it; the page asks the backend.');
  });

  test.each(['VITE_SECRET', 'VITE_DB_PASSWORD', 'VITE_AWS_SECRET_KEY', 'VITE_PRIVATE_KEY'])('by its name: %s', (name) => {
    expect(findings({ publicVariables: { [name]: {} } })).toEqual([
      `error PS141 ${name} is the name of a secret. Let the backend hold it, or give it a name that says that everybody may read it.`,
    ]);
  });

  test.each(['VITE_STRIPE_PUBLISHABLE_KEY', 'VITE_SECRETARY', 'VITE_MAPS_API_KEY'])('and not %s', (name) => expect(findings({ publicVariables: { [name]: {} } })).toEqual([]));
});

test.each([['TITLE', 'VITE_TITLE'], ['vite_title', 'VITE_VITE_TITLE'], ['VITE_A-B', 'VITE_VITE_A_B']])('PS142: %s does not reach the page', (name, better) => {
  expect(findings({ publicVariables: { [name]: {} } })).toContain(`error PS142 The public variable "${name}" does not reach the page. Write: publicVariables: { ${better}: {} }.`);
});

test.each(['20', '18', '25', 'lts', '24-alpine', '', '2'])('PS143: Node.js %s', (nodeVersion) => {
  expect(findings({ nodeVersion })).toContain(`error PS143 The version "${nodeVersion}" of Node.js is not supported. Write one of: nodeVersion: '22', nodeVersion: '24'.`);
});

describe('PS144: a prefix', () => {
  const routes = (...prefixes: string[]): ViteProps => ({ routes: prefixes.map((prefix) => ({ prefix, api: elsewhere })) });
  test.each([['search', '/search'], ['/search/', '/search'], ['/a b', '/a-b'], ['/a?b=c', '/a'], ['//a', '/a'], ['/a"b;', '/a-b-']])('%s is %s', (prefix, better) => {
    expect(findings(routes(prefix))).toEqual([`error PS144 The prefix "${prefix}" is not the beginning of a path. Write: prefix: '${better}'.`]);
  });

  test.each(['/', '', '/assets', '/config.js', '/_health'])('%s is the web server\'s own', (prefix) => {
    expect(findings(routes(prefix))).toEqual([`error PS144 The prefix "${prefix}" is a path that the web server answers itself. Write another one: prefix: '/search'.`]);
  });

  test('belongs to one API', () => {
    expect(findings(routes('/api'))).toEqual(['error PS144 The prefix "/api" belongs to backend and to an API elsewhere. Write a prefix of its own for each.']);
  });
});

describe('PS145: what cannot be used', () => {
  test.each<[ViteProps, string]>([
    [{ dir: '../frontend' }, 'The folder "../frontend" of the frontend is not one below the stack\'s. Write: dir: \'frontend\', or dir: \'.\'.'],
    [{ sourceFolders: ['/etc'] }, 'sourceFolders has "/etc", which is not in frontend. Write a path in it: sourceFolders: [\'src\'].'],
    [{ sourceFolders: ['.'] }, 'sourceFolders has ".", whose node_modules would hide those of the container. Write the folders that you edit: sourceFolders: [\'src\', \'public\'].'],
    [{ mountedFiles: ['../.env'] }, 'mountedFiles has "../.env", which is not in frontend. Write a path in it: mountedFiles: [\'index.html\'].'],
    [{ apiUrl: 'api.example.com' }, '"api.example.com" is no URL for the browser. Write a path (apiUrl: \'/api/v1\') or a URL with http or https (apiUrl: \'https://api.example.com\').'],
    [{ apiUrl: 'ftp://x.example' }, '"ftp://x.example" is no URL for the browser. Write a path (apiUrl: \'/api/v1\') or a URL with http or https (apiUrl: \'https://api.example.com\').'],
    [{ maxRequestSize: 'big' }, 'The size "big" of a request cannot be read. Write: maxRequestSize: \'10M\'.'],
    [{ allowedHosts: ['http://x'] }, '"http://x" is no host name. Write a name without scheme and port, with a dot in front for all names below it: allowedHosts: [\'.example.test\'].'],
    [{ contentSecurityPolicy: { 'img-src': 'a; script-src *' } }, 'The directive "img-src" of the policy cannot be "a; script-src *". Write: contentSecurityPolicy: { \'img-src\': \'https://cdn.example.com\' }.'],
    [{ contentSecurityPolicy: { imgSrc: '*' } }, 'The directive "imgSrc" of the policy cannot be "*". Write: contentSecurityPolicy: { \'img-src\': \'https://cdn.example.com\' }.'],
  ])('%j', (props, message) => expect(findings(props).filter((line) => line.includes('PS145'))).toEqual([`error PS145 ${message}`]));
});

describe('the team\'s own package.json', () => {
  const stackWith = (files: { [name: string]: string }): Stack => {
    const outdir = tempFolder();
    mkdirSync(path.join(outdir, 'frontend'));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(outdir, 'frontend', name), text);
    return new Stack(new Project({ name: 'shop', outdir }));
  };
  const named = (packageManager: string) => JSON.stringify({ packageManager });

  test('PS146: names another package manager', () => {
    expect(findings({}, stackWith({ 'package.json': named('npm@11.0.0'), 'pnpm-lock.yaml': '' }))).toEqual([
      'error PS146 frontend/package.json names npm as package manager, and the frontend is built with pnpm. Write: packageManager: NodePackageManager.NPM, or change package.json.',
    ]);
    expect(findings({ packageManager: NodePackageManager.NPM }, stackWith({ 'package.json': named('yarn@4.1.0'), 'package-lock.json': '' }))).toEqual([
      'error PS146 frontend/package.json names yarn as package manager, and the frontend is built with npm. '
      + 'Write: packageManager: NodePackageManager.NPM and "packageManager": "npm@…" in package.json.',
    ]);
    expect(findings({}, stackWith({ 'package.json': '{}', 'pnpm-lock.yaml': '' }))).toEqual([]);
  });

  test('PS147: has no lockfile, which is a warning: the first build works without', () => {
    expect(findings({}, stackWith({ 'package.json': named('pnpm@10.0.0') }))).toEqual([
      'warning PS147 There is no frontend/pnpm-lock.yaml. Run: npx projen frontend:lock, and commit what it writes.',
    ]);
  });

  test('says which pnpm is installed, with or without the hash of its tarball', () => {
    const stack = stackWith({ 'package.json': named('pnpm@10.33.2+sha512.abc'), 'pnpm-lock.yaml': '' });
    const frontend = new ViteFrontend(stack, 'frontend');
    expect(frontend.dockerfile.stage('dependencies')._content().steps).toEqual(expect.arrayContaining([
      expect.objectContaining({ command: 'npm install --global --no-audit --no-fund --cache /var/cache/npm pnpm@10.33.2' }),
    ]));
  });
});

test('two frontends on one port are two services on one port', () => {
  const stack = newStack();
  new ViteFrontend(stack, 'shop', { dir: 'shop' });
  new ViteFrontend(stack, 'admin', { dir: 'admin' });
  const [line, ...more] = lines(stack.findings(), 'PS010');
  expect(more).toEqual([]);
  expect(line).toMatch(/^error PS010 at shop\/stack\/admin \(.*\): In development, the port "http" is published on 127\.0\.0\.1:3000\/tcp, as is the port "http" of shop\/stack\/shop\. Write: hostPort: 3001/);
});

test('a property that no frontend has is refused with the one that was meant', () => {
  const stack = newStack();
  new ViteFrontend(stack, 'frontend', { apiURL: '/api' } as ViteProps);
  expect(lines(stack.findings(), 'PS041')).toEqual([`error PS041 ${AT} "apiURL" is no property of ViteFrontend. Did you mean "apiUrl"?`]);
});
