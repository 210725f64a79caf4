import { Mount, MountKind, Storage } from '../../src';

test('a volume is named after the service that mounts it', () => {
  const mount = Mount.volume('data', '/data');
  expect(mount).toMatchObject({ kind: MountKind.VOLUME, mountName: 'data', target: '/data', readOnly: false, holdsData: true });
  expect(mount.nameFor('search')).toBe('search_data');
  expect(mount.nameFor('index')).toBe('index_data');
});

test('a shared volume has one name for all', () => {
  const mount = Mount.volume('media', '/media', { volumeName: 'uploads', readOnly: true, note: 'From the backend.' });
  expect(mount.nameFor('backend')).toBe('uploads');
  expect(mount.nameFor('proxy')).toBe('uploads');
  expect(mount).toMatchObject({ readOnly: true, note: 'From the backend.' });
});

test('a folder of the host holds sources, unless it is said to hold data', () => {
  expect(Mount.bind('./src', '/app/src')).toMatchObject({ kind: MountKind.BIND, source: './src', target: '/app/src', holdsData: false, readOnly: false });
  expect(Mount.bind('./logs', '/logs', { holdsData: true, readOnly: true })).toMatchObject({ holdsData: true, readOnly: true });
});

test('memory has a size and permissions', () => {
  expect(Mount.tmpfs('/tmp')).toMatchObject({ kind: MountKind.TMPFS, target: '/tmp', size: undefined, fileMode: undefined, holdsData: false });
  expect(Mount.tmpfs('/tmp', { size: '64M', fileMode: '1777' })).toMatchObject({ size: '64M', fileMode: '1777' });
});

test('a config can only be read', () => {
  const mount = Mount.config('settings', '/etc/x.conf', 'a = 1\n');
  expect(mount).toMatchObject({ kind: MountKind.CONFIG, content: 'a = 1\n', readOnly: true, holdsData: false });
  expect(mount.nameFor('web')).toBe('web_settings');
});

test('a store that names no place keeps its data in a volume', () => {
  const mount = Storage.volume().mountAt('/data', 'Kept.');
  expect(mount).toMatchObject({ kind: MountKind.VOLUME, target: '/data', note: 'Kept.' });
  expect(mount.nameFor('redis')).toBe('redis_data');
  expect(Storage.volume('legacy').mountAt('/data').nameFor('redis')).toBe('legacy');
});

test('a store in a folder of the host holds data there', () => {
  expect(Storage.bind('./data/redis').mountAt('/data', 'Kept.')).toMatchObject({
    kind: MountKind.BIND, source: './data/redis', target: '/data', holdsData: true, note: 'Kept.',
  });
});
