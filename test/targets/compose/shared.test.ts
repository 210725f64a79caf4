import { FastApiBackend, Mode, Mount, PostgresService, Service, Stack, Storage, ViteFrontend } from '../../../src';
import { sharedBetweenModes } from '../../../src/targets/compose/shared';
import { newStack, render } from '../../support/stack';

/** What both modes of a stack have, in words. */
const shared = (stack: Stack) => sharedBetweenModes(stack.model()).map(({ kind, thingName }) => `${kind} ${thingName}`);
const both = [Mode.DEVELOPMENT, Mode.PRODUCTION];

test('a stack as it is by default shares nothing', () => {
  const stack = newStack();
  const postgres = new PostgresService(stack, 'postgres', { version: '17' });
  const backend = new FastApiBackend(stack, 'backend', { database: postgres });
  new ViteFrontend(stack, 'frontend', { api: backend });
  expect(shared(stack)).toEqual([]);
});

test('what exists in one mode only is not shared', () => {
  const stack = newStack({ networks: [{ name: 'net', fixedName: 'fixed' }] });
  new Service(stack, 'tool', { image: 'tool:1', modes: [Mode.DEVELOPMENT], containerName: 'tool', mounts: [Mount.bind('./data', '/data', { holdsData: true })] });
  expect(shared(stack)).toEqual([]);
});

test('names of containers and networks, folders and ports', () => {
  const stack = newStack({ networks: [{ name: 'net', fixedName: 'fixed' }, { name: 'theirs', external: true }, { name: 'own' }] });
  new PostgresService(stack, 'postgres', { version: '17', storage: Storage.bind('./data/postgres'), containerName: 'shop-db' });
  new Service(stack, 'web', { image: 'web:1', ports: [{ name: 'http', port: 80, hostPort: 8080, publish: both }], mounts: [Mount.bind('./pages', '/pages', { readOnly: true })] });
  expect(shared(stack)).toEqual(['container shop-db', 'network fixed', 'network theirs', 'folder ./data/postgres', 'port WEB_PORT']);
});

test('a folder is shared where one lies in the other, and not where one only reads', () => {
  const stack = newStack();
  const web = (name: string, development: Mount, production: Mount) => new Service(stack, name, { image: 'web:1', development: { mounts: [development] }, production: { mounts: [production] } });
  web('a', Mount.bind('./a', '/x'), Mount.bind('./a/inner', '/x'));
  web('b', Mount.bind('./b', '/x'), Mount.bind('./b', '/x', { readOnly: true }));
  web('c', Mount.bind('./c', '/x'), Mount.bind('./c-production', '/x'));
  web('d', Mount.bind('/var/run/docker.sock', '/x'), Mount.bind('/var/run/docker.sock', '/x'));
  web('e', Mount.bind('./e', '/with:colon'), Mount.bind('./e', '/with:colon'));
  expect(shared(stack)).toEqual(['folder ./a/inner', 'folder ./e']);
});

test('what overrides bring counts, too', () => {
  const stack = newStack({ overrides: { compose: { volumes: { postgres_data: { name: 'fixed' } }, name: 'one' } } });
  new PostgresService(stack, 'postgres', { version: '17', overrides: { compose: { container_name: 'fixed', ports: ['5433:5432'] } } });
  expect(shared(stack)).toEqual(['project one', 'container fixed', 'volume fixed', 'port 5433']);
});

test('reset.sh refuses only where production keeps its data in the same place', () => {
  const script = (storage?: Storage) => {
    const stack = newStack();
    new PostgresService(stack, 'postgres', { version: '17', storage: Storage.bind('./data'), production: { storage } });
    return render(stack)['scripts/reset.sh'];
  };
  expect(script()).toContain('label=com.docker.compose.project=shop-prod');
  expect(script(Storage.bind('./elsewhere'))).not.toContain('shop-prod');
  expect(script(Storage.volume())).not.toContain('shop-prod');
});
