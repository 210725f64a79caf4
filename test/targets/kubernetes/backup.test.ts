import { execFileSync } from 'child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { app, manifests, shop } from './stacks';
import { KubernetesTargetOptions, Service, ServiceProps, Stack, Value } from '../../../src';
import { lines, render } from '../../support/stack';
import { tempFolder } from '../../support/synth';

const backups = { schedule: '0 3 * * *', keep: 2, storageSize: '20Gi', storageClass: 'slow' };

test('what can be saved has a CronJob with a claim, a way to the server and its image', () => {
  const all = manifests(shop({ backups }));
  const { spec } = all['base/postgres-backup/cron-job.yaml'];
  expect(spec).toMatchObject({ schedule: '0 3 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 3 });
  const pod = spec.jobTemplate.spec.template.spec;
  expect(pod).toMatchObject({
    restartPolicy: 'Never',
    serviceAccountName: 'postgres-backup',
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 70, fsGroup: 70, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{
      image: 'postgres:17-alpine',
      command: ['sh', '/scripts/backup.sh'],
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    }],
  });
  expect(pod.containers[0].env).toContainEqual({ name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'POSTGRES_PASSWORD' } } });
  expect(render(shop({ backups }))['k8s/base/postgres-backup/settings.env']).toContain('PGHOST=postgres\n');
  expect(all['base/claims/postgres-backups.yaml'].spec).toEqual({
    accessModes: ['ReadWriteOnce'], storageClassName: 'slow', resources: { requests: { storage: '20Gi' } },
  });
  const label = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });
  expect(all['base/postgres-backup/network-policy.yaml'].spec).toEqual({
    ...label('postgres-backup'), policyTypes: ['Egress'], egress: [{ to: [label('postgres')], ports: [{ protocol: 'TCP', port: 5432 }] }],
  });
  expect(all['base/postgres/network-policy.yaml'].spec.ingress[0].from).toContainEqual(label('postgres-backup'));
  expect(Object.keys(all).filter((file) => /redis-backup|backend-backup/.test(file))).toEqual([]);
});

test('one service is saved at another time, and nothing is where nothing is said', () => {
  expect(Object.keys(manifests(shop())).filter((file) => file.includes('backup'))).toEqual([]);
  const all = manifests(shop({ services: { postgres: { backups: { schedule: '@daily', timeZone: 'Europe/Berlin' } } } }));
  expect(all['base/postgres-backup/cron-job.yaml'].spec).toMatchObject({ schedule: '@daily', timeZone: 'Europe/Berlin' });
  expect(all['base/claims/postgres-backups.yaml'].spec.resources.requests.storage).toBe('10Gi');
});

test('an environment says what it may use, and the definition the rest in Kubernetes\' words', () => {
  const stack = shop({ backups, environments: { production: { resources: { 'postgres-backup': { memory: '2G' } } } } });
  Service.servicesOf(stack)[0].addOverrides({ kubernetes: { cronJob: { spec: { suspend: true } } } });
  const all = manifests(stack);
  expect(all['overlays/production/postgres-backup-resources.yaml']).toMatchObject({
    apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'postgres-backup', resources: { limits: { memory: '2Gi' } } }] } } } } },
  });
  expect(all['base/postgres-backup/cron-job.yaml'].spec.suspend).toBe(true);
});

describe('what is said that cannot be', () => {
  const said = (stack: Stack) => lines(stack.findings(), 'PS180', 'PS186', 'PS188').map((line) => line.replace(/^(\w+ PS\d+) at \S+ \([^)]*\): /, '$1: ').replace(/^(\w+ PS\d+) at \S+: /, '$1: '));
  const of = (props: ServiceProps, options: KubernetesTargetOptions) => said(app(props, options));

  test('nobody knows how it is saved', () => {
    expect(of({}, { services: { app: { backups: { schedule: '@daily' } } } })).toEqual([
      'error PS188: Its backups are asked for, and nothing says how its data is saved from another container. Remove backups, or override backups() in its class, with a networkEnvironment.',
    ]);
    expect(of({}, { backups: { schedule: '@daily' } })).toEqual([
      'error PS188: Backups are asked for, and no service that runs in the cluster says how its data is saved. Remove backups.',
    ]);
  });

  test('somebody else runs it', () => {
    expect(said(shop({ services: { postgres: { externalHost: 'db.example.com', backups: { schedule: '@daily' } } } }))).toEqual([
      'error PS188: Its backups are asked for, and somebody else runs it. Remove backups: whoever runs it saves its data.',
    ]);
  });

  test('a time, a number and a size', () => {
    expect(said(shop({ backups: { schedule: 'daily', keep: 0, storageSize: '20 GB' } }))).toEqual([
      "error PS188: \"daily\" is no schedule of cron. Write minute, hour, day, month and weekday: schedule: '0 3 * * *'.",
      'error PS188: 0 files of backups cannot be kept. Write a whole number from 1: keep: 7.',
      "error PS186: The storageSize \"20 GB\" of the backups is no size. Write: storageSize: '20Gi'.",
    ]);
  });

  test('a service of the same name', () => {
    const stack = shop({ backups });
    new Service(stack, 'postgres-backup', { image: 'example.com/app:1', rootless: { user: '10001:10001' } });
    expect(said(stack)).toEqual(['error PS180: What saves its data is called "postgres-backup", and so is a service. Write another serviceName.']);
  });
});

/** Keeps lines of text in a file that its programs find. */
class Notes extends Service {
  public backups() {
    const one = (name: string) => ({
      backupName: name,
      fileExtension: 'txt',
      dump: ['sh', '-c', `cat "$DATA/${name}"`],
      verify: ['grep', '-q', '^end$'],
      count: ['sh', '-c', `wc -l <"$DATA/${name}" | tr -d ' '`],
      restore: ['sh', '-c', `cat >"$DATA/${name}"`],
      networkEnvironment: { DATA: Value.literal('/data') },
    });
    return [one('a'), one('a-b')];
  }
}

describe('the script in the pod', () => {
  const home = tempFolder();
  const data = join(home, 'data');
  const folder = join(home, 'backups');
  const script = join(home, 'backup.sh');
  const stack = app({}, { backups: { schedule: '@daily', keep: 2 } });
  new Notes(stack, 'notes', { image: 'example.com/notes:1', rootless: { user: '10001:10001' } });
  for (const each of [data, folder]) mkdirSync(each);
  // Nobody may make a folder at the root of this machine.
  const text = render(stack)['k8s/base/notes-backup/files/scripts_backup.sh'];
  writeFileSync(script, text.replace(/^folder=\/backups$/m, `folder='${folder}'`));
  chmodSync(script, 0o755);
  const run = (...args: string[]) => {
    try {
      return { status: 0, said: execFileSync('sh', [script, ...args], { env: { ...process.env, DATA: data }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) };
    } catch (error: any) {
      return { status: error.status, said: `${error.stdout}${error.stderr}` };
    }
  };
  const write = (a: string, b = 'two\nend\n') => {
    writeFileSync(join(data, 'a'), a);
    writeFileSync(join(data, 'a-b'), b);
  };
  const kept = () => readdirSync(folder).sort();
  /** A file of another time. */
  const old = (name: string) => {
    for (const end of ['', '.sha256']) writeFileSync(join(folder, `${name}${end}`), 'old\n');
  };

  test('saves each database under a name with its time, with a checksum, and removes the oldest of the same database', () => {
    write('one\nend\n');
    for (const name of ['notes-a-20200101T000000Z.txt', 'notes-a-20210101T000000Z.txt', 'notes-a-b-20200101T000000Z.txt']) old(name);
    const { status, said } = run();
    expect([status, said.replace(/\d{8}T\d{6}Z/g, 'TIME')]).toEqual([0, [
      'notes: a is saved: notes-a-TIME.txt, 8 bytes', 'notes: notes-a-TIME.txt is removed', 'notes: a-b is saved: notes-a-b-TIME.txt, 8 bytes', '',
    ].join('\n')]);
    const names = kept();
    expect(names.filter((name) => /^notes-a-\d/.test(name))).toHaveLength(4);
    expect(names).toContain('notes-a-20210101T000000Z.txt');
    expect(names).toContain('notes-a-b-20200101T000000Z.txt');
    expect(names).not.toContain('notes-a-20200101T000000Z.txt.sha256');
    expect(run('--list').said.trim().split('\n')).toEqual(names.filter((name) => name.endsWith('.txt')));
  });

  test('keeps nothing that cannot be read back, and removes nothing then', () => {
    const before = kept();
    write('half of it\n');
    const { status, said } = run();
    expect([status, said]).toEqual([1, expect.stringContaining('notes: what was saved of a cannot be read back\n')]);
    expect(kept().filter((name) => !before.includes(name)).every((name) => name.startsWith('notes-a-b-'))).toBe(true);
    expect(kept().filter((name) => name.includes('part'))).toEqual([]);
  });

  test('puts a whole file back, into an empty database unless it is told otherwise', () => {
    const [, latest] = kept().filter((name) => /^notes-a-\d.*txt$/.test(name));
    write('other\nend\n');
    expect(run('--restore', latest)).toEqual({ status: 1, said: 'notes: a is not empty: 2 tables and the like are there. Nothing was changed; --force replaces them\n' });
    expect(run('--restore', latest, '--force')).toEqual({ status: 0, said: `notes: a is what ${latest} holds\n` });
    expect(readFileSync(join(data, 'a'), 'utf8')).toBe('one\nend\n');
    write('');
    expect(run('--restore', latest).status).toBe(0);
    writeFileSync(join(folder, latest), 'one more\nend\n');
    expect(run('--restore', latest).said).toBe(`notes: ${latest} is not what was saved: its checksum is another. Nothing was changed\n`);
    expect(run('--restore', 'notes-c-20200101T000000Z.txt').said).toContain('is no file of this service');
    expect(run('--now').status).toBe(64);
  });
});
