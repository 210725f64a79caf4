import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { app, container, manifests, podOf, shop, SOUND } from './stacks';
import {
  ConnectionStyle, DependencyCondition, Exposure, ExternalPostgres, ExternalRedis, FastApiBackend, HealthCheck, HealthCheckClient, KubernetesTarget,
  KubernetesTargetOptions,
  Mode, Mount, PortProtocol, PostgresService, SecretFiles, SecretFormat, SecretSource, Service, ServiceProps, Value, Variable,
} from '../../../src';
import { newStack, render } from '../../support/stack';

const secret = new Variable('TOKEN', { secret: true });
const user = new Variable('DB_USER', { defaultValue: Value.literal('app') });

describe('the environment', () => {
  const text = (environment: { [key: string]: Value }, settings: { [name: string]: string } = {}) => {
    const stack = app({ environment }, { settings });
    return { settings: render(stack)['k8s/base/app/settings.env'], env: podOf(stack, 'app/deployment.yaml').containers[0].env };
  };

  test('has what is no secret in a ConfigMap, exactly as the program is to see it', () => {
    expect(text({ A: Value.literal('"$(x) = \'y\' $$ "'), B: Value.literal(''), USER: Value.of(user) }, { DB_USER: 'shop' })).toEqual({
      settings: 'A="$(x) = \'y\' $$ "\nB=\nUSER=shop\n', env: undefined,
    });
  });

  test('has secrets by reference, and what is composed of them after them', () => {
    expect(text({ URL: Value.concat(Value.literal('x://'), Value.of(user), Value.literal(':'), Value.of(secret), Value.literal('@db/$(HOME)$')), TOKEN: Value.of(secret) }, { DB_USER: 'shop' })).toEqual({
      settings: 'DB_USER=shop\n',
      env: [
        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'TOKEN' } } },
        { name: 'URL', value: 'x://$(DB_USER):$(TOKEN)@db/$$(HOME)$' },
      ],
    });
  });

  test('keeps a key of the program apart from a setting of the same name', () => {
    const pin = new Variable('PIN', { secret: true });
    expect(text({ PIN: Value.literal('other'), URL: Value.concat(Value.literal('$'), Value.of(pin)) })).toEqual({
      settings: 'PIN=other\n',
      env: [
        { name: 'PIN_VALUE', valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'PIN' } } },
        { name: 'URL', value: '$$$(PIN_VALUE)' },
      ],
    });
  });

  test('has paths of files instead of secrets where the program reads those, and what is composed of them all the same', () => {
    const key = new Variable('KEY', { secret: true, required: false, secretFormat: SecretFormat.GIVEN });
    const url = Value.concat(Value.literal('x://'), Value.of(secret));
    const pod = (secretFiles: SecretFiles) => {
      const stack = app({ secretFiles, environment: { URL: url, TOKEN: Value.of(secret), KEY: Value.of(key) } });
      const { containers: [{ env, volumeMounts }], volumes } = podOf(stack, 'app/deployment.yaml');
      return { settings: render(stack)['k8s/base/app/settings.env'], env, volumeMounts, volumes, script: render(stack)['scripts/deploy.sh'] };
    };
    const reference = (name: string, variable: string, optional?: true) => ({ name, valueFrom: { secretKeyRef: { name: 'shop-secrets', key: variable, ...(optional ? { optional } : {}) } } });
    const source = (name: string, optional?: true) => ({ secret: { name: 'shop-secrets', ...(optional ? { optional } : {}), items: [{ key: name, path: name }] } });
    const mounted = [{ name: 'secrets', mountPath: '/run/secrets', readOnly: true }];
    expect(pod(SecretFiles.folder('SECRETS_DIR'))).toMatchObject({
      settings: undefined,
      env: [{ name: 'SECRETS_DIR', value: '/run/secrets' }, reference('TOKEN_VALUE', 'TOKEN'), { name: 'URL', value: 'x://$(TOKEN_VALUE)' }],
      volumeMounts: mounted,
      volumes: [{ name: 'secrets', projected: { defaultMode: 0o444, sources: [source('TOKEN'), source('KEY', true)] } }],
      script: expect.stringMatching(/^secret_keys='TOKEN'\noptional_secret_keys='KEY'$[^]*secret_user Deployment\/app TOKEN KEY$/m),
    });
    expect(pod(SecretFiles.paths('TOKEN'))).toMatchObject({
      settings: undefined,
      env: [{ name: 'TOKEN_FILE', value: '/run/secrets/TOKEN' }, reference('TOKEN_VALUE', 'TOKEN'), reference('KEY', 'KEY', true), { name: 'URL' }],
      volumeMounts: mounted,
      volumes: [{ projected: { sources: [source('TOKEN')] } }],
    });
  });

  test('gives a migration the files of its backend, also where others ask it whether it is done', () => {
    const stack = newStack({ targets: [new KubernetesTarget({ settings: { POSTGRES_USER: 'a', POSTGRES_DB: 'b' }, tag: '1' })] });
    const database = new PostgresService(stack, 'postgres', { version: '17' });
    new FastApiBackend(stack, 'backend', { database, secretFiles: SecretFiles.folder('SECRETS_DIR') });
    const all = manifests(stack);
    const mounts = (container_: any) => container_.volumeMounts.filter(({ mountPath }: any) => mountPath === '/run/secrets');
    const pod = all['base/backend/deployment.yaml'].spec.template.spec;
    expect(pod.containers[0].env).toEqual([{ name: 'SECRETS_DIR', value: '/run/secrets' }]);
    expect([mounts(pod.containers[0]), mounts(pod.initContainers[1])]).toEqual([
      [{ name: 'secrets', mountPath: '/run/secrets', readOnly: true }], [{ name: 'secrets', mountPath: '/run/secrets', readOnly: true }],
    ]);
    expect(mounts(all['base/backend-migrate/job.yaml'].spec.template.spec.containers[0])).toHaveLength(1);
    expect(all['base/postgres/stateful-set.yaml'].spec.template.spec.containers[0].env).toEqual([{ name: 'POSTGRES_PASSWORD_FILE', value: '/run/secrets/POSTGRES_PASSWORD' }]);
  });

  test('has lines in the manifest, and a secret that may be missing as such', () => {
    const key = new Variable('KEY', { secret: true, secretFormat: SecretFormat.GIVEN, required: false });
    expect(text({ LINES: Value.literal('a\n$(b)\n'), KEY: Value.of(key) })).toEqual({
      settings: undefined,
      env: [
        { name: 'KEY', valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'KEY', optional: true } } },
        { name: 'LINES', value: 'a\n$$(b)\n' },
      ],
    });
  });

  test('is what arguments refer to', () => {
    expect(container({ command: [Value.literal('serve'), Value.literal('$(x) $y $$'), Value.concat(Value.literal('--token='), Value.of(secret))] })).toMatchObject({
      args: ['serve', '$$(x) $y $$$$', '--token=$(TOKEN)'], env: [{ name: 'TOKEN' }],
    });
  });

  test('takes a composed secret as a whole where that is said', () => {
    const stack = newStack({ targets: [new KubernetesTarget({ settings: { POSTGRES_USER: 'a', POSTGRES_DB: 'b' }, wholeSecrets: ['DATABASE_URL'] })] });
    const url = new Variable('DATABASE_URL', { secret: true, defaultValue: Value.concat(Value.literal('x://'), Value.of(secret)) });
    new PostgresService(stack, 'postgres', { version: '17' });
    new Service(stack, 'app', { ...SOUND, environment: { URL: Value.of(url) } });
    expect(podOf(stack, 'app/deployment.yaml').containers[0].env).toEqual([{ name: 'URL', valueFrom: { secretKeyRef: { name: 'shop-secrets', key: 'DATABASE_URL' } } }]);
  });
});

describe('probes', () => {
  const probes = (healthCheck: HealthCheck, ports = SOUND.ports) => {
    const { startupProbe, readinessProbe, livenessProbe } = container({ healthCheck, ports });
    return [startupProbe, readinessProbe, livenessProbe];
  };
  const usual = { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 5 };
  const start = { periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 300 };

  test('ask a page whether it is ready, and the port whether it is alive', () => {
    const open = { tcpSocket: { port: 'http' } };
    const page = { httpGet: { path: '/health', port: 'http' } };
    expect(probes(HealthCheck.http('/health'))).toEqual([{ ...open, ...start }, { ...page, ...usual }, { ...open, ...usual }]);
  });

  test('ask whether it is alive what was said for that', () => {
    const [begin, , live] = probes(HealthCheck.http('/health').withLiveness(HealthCheck.http('/live')));
    expect([begin.httpGet.path, live.httpGet.path]).toEqual(['/live', '/live']);
  });

  test('of a program without a port never start it anew', () => {
    const line = { exec: { command: ['sh', '-c', 'test "$$(date)" = "$HOME"'] } };
    expect(probes(HealthCheck.shell('test "$(date)" = "$HOME"', { startInterval: '2s', startPeriod: '20m' }), [])).toEqual([
      { ...line, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 625 }, { ...line, ...usual }, undefined,
    ]);
  });

  test('speak TLS in the API server\'s own spelling', () => {
    expect(probes(HealthCheck.http('/'), [{ name: 'https', port: 8443 }])[1].httpGet).toEqual({ path: '/', port: 'https', scheme: 'HTTPS' });
  });

  test('are none where there is no check', () => expect(probes(HealthCheck.none())).toEqual([undefined, undefined, undefined]));
});

describe('what becomes of a service', () => {
  const kinds = (stack: ReturnType<typeof app>) => Object.entries(manifests(stack)).filter(([file]) => file.startsWith('base/app/')).map(([, { kind }]) => kind);

  test('that keeps nothing is a Deployment with its Service', () => {
    expect(kinds(app())).toEqual(['Deployment', 'Service', 'ServiceAccount']);
  });

  test('that keeps data is a StatefulSet, whose Service has no address of its own; without a port too', () => {
    const stack = app({ mounts: [Mount.volume('data', '/data')], ports: [] }, { services: { app: { storageSize: '5Gi', storageClass: 'fast' } } });
    expect(kinds(stack)).toEqual(['StatefulSet', 'Service', 'ServiceAccount']);
    const { 'base/app/stateful-set.yaml': set, 'base/app/service.yaml': service } = manifests(stack);
    expect(set.spec.volumeClaimTemplates).toEqual([
      { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '5Gi' } } } },
    ]);
    expect(service.spec).toEqual({ clusterIP: 'None', selector: { 'app.kubernetes.io/name': 'app' } });
    expect(set.spec.template.spec.securityContext).toMatchObject({ fsGroup: 10001, fsGroupChangePolicy: 'OnRootMismatch' });
  });

  test('a folder of the host that holds data is a claim too', () => {
    expect(manifests(app({ mounts: [Mount.bind('./data', '/data', { holdsData: true })] }))['base/app/stateful-set.yaml'].spec.volumeClaimTemplates[0].metadata.name).toBe('data');
  });

  test('that shares a volume is a Deployment, and the claim stands by itself', () => {
    const stack = app({ mounts: [Mount.volume('files', '/files', { volumeName: 'uploads' })] });
    new Service(stack, 'other', { ...SOUND, mounts: [Mount.volume('media', '/media', { volumeName: 'uploads', readOnly: true })] });
    const all = manifests(stack);
    expect(all['base/claims/uploads.yaml'].spec.accessModes).toEqual(['ReadWriteMany']);
    expect(all['base/other/deployment.yaml'].spec.template.spec).toMatchObject({
      containers: [{ volumeMounts: [{ name: 'media', mountPath: '/media', readOnly: true }] }], volumes: [{ name: 'media', persistentVolumeClaim: { claimName: 'uploads' } }],
    });
    expect(all['base/kustomization.yaml'].resources.filter((file: string) => file.startsWith('claims/'))).toEqual(['claims/uploads.yaml']);
  });

  test('of which there may be one ends before its successor starts', () => {
    expect(manifests(app({ singleton: true }))['base/app/deployment.yaml'].spec.strategy).toEqual({ type: 'Recreate' });
  });

  test('that somebody else runs is a name, which each environment leads elsewhere', () => {
    const stack = app({}, { services: { app: { externalHost: 'app.example.net' } }, environments: { staging: { externalHosts: { app: 'app.example.org' } }, production: {} } });
    expect(kinds(stack)).toEqual(['Service']);
    const all = manifests(stack);
    expect(all['base/app/service.yaml'].spec).toEqual({ type: 'ExternalName', externalName: 'app.example.net' });
    expect(all['overlays/staging/app-service.yaml'].spec).toEqual({ externalName: 'app.example.org' });
  });

  test('that somebody else runs in one environment runs in the others', () => {
    const options = { backups: { schedule: '@daily' }, environments: { staging: {}, production: { externalHosts: { postgres: 'db.example.net' } } } };
    const all = manifests(shop(options));
    expect(all['base/postgres/stateful-set.yaml'].kind).toBe('StatefulSet');
    expect(all['overlays/staging/postgres-service.yaml']).toBeUndefined();
    expect(all['overlays/production/postgres-service.yaml'].spec).toEqual({ type: 'ExternalName', externalName: 'db.example.net', clusterIP: null, selector: null, ports: null });
    const removed = all['overlays/production/kustomization.yaml'].patches.flatMap(({ patch }: any) => parse(patch ?? '')).filter((each: any) => each?.$patch === 'delete');
    expect(removed.map(({ kind, metadata }: any) => `${kind} ${metadata.name}`)).toEqual([
      'StatefulSet postgres', 'NetworkPolicy postgres', 'ServiceAccount postgres', 'ConfigMap postgres-settings', 'ConfigMap postgres-files',
      'CronJob postgres-backup', 'NetworkPolicy postgres-backup', 'ServiceAccount postgres-backup', 'PersistentVolumeClaim postgres-backups',
      'ConfigMap postgres-backup-settings', 'ConfigMap postgres-backup-files',
    ]);
    const way = (spec: any) => spec.egress.find(({ ports }: any) => ports[0].port === 5432).to[0];
    expect(way(all['base/backend/network-policy.yaml'].spec)).toHaveProperty('ipBlock');
    expect(way(all['overlays/staging/backend-network-policy.yaml'].spec)).toHaveProperty('podSelector');
    expect(render(shop(options))['scripts/deploy.sh']).toMatch(/^ {2}case \$environment in production\) ;; \*\) smoke_exec 'postgres runs a query with the password' .* ;; esac$/m);
  });

  test('that is for development, or started on request, is none, and that is said', () => {
    const stack = app();
    new Service(stack, 'adminer', { ...SOUND, modes: [Mode.DEVELOPMENT] });
    new Service(stack, 'tool', { ...SOUND, profiles: ['tools'], ports: [] });
    expect(Object.keys(manifests(stack)).filter((file) => /adminer|tool/.test(file))).toEqual([]);
    expect(stack.evaluate().outputs.flatMap(({ notes }) => notes ?? [])).toEqual([
      'k8s leaves adminer out: it is for development, or started on request only.', 'k8s leaves tool out: it is for development, or started on request only.',
    ]);
  });

  test('is published, connected and logged as a cluster does it, and that is said where the definition says otherwise', () => {
    const stack = app({ logging: { driver: 'local' }, networks: ['back'], ports: [{ name: 'http', port: 8080, publish: [Mode.PRODUCTION] }] });
    stack.addNetwork({ name: 'back' });
    new Service(stack, 'page', { ...SOUND, networks: ['back'], ports: [{ name: 'http', port: 8081, publish: [Mode.PRODUCTION], forBrowsers: true }] });
    expect(stack.evaluate().outputs.flatMap(({ notes }) => notes ?? [])).toEqual([
      'k8s has no counterpart of what is said about ports of the host (app), networks (app, page), logging (app): a cluster publishes, connects and logs in its own way.',
    ]);
  });

  test('that runs once has a name of its own for each way in which it is run', () => {
    const name = (props: ServiceProps) => {
      const stack = app({ oneShot: true, ports: [], ...props }, { environments: { production: {} } });
      stack.accept('PS018', { because: 'nobody waits for it' });
      const all = manifests(stack);
      return parse(all['overlays/production/kustomization.yaml'].patches[0].patch)[0].value;
    };
    const [plain, other] = [name({}), name({ overrides: { kubernetes: { job: { spec: { backoffLimit: 4 } } } } })];
    expect(plain).toMatch(/^app-[0-9a-f]{8}$/);
    expect(other).toMatch(/^app-[0-9a-f]{8}$/);
    expect(other).not.toBe(plain);
  });

  test('that scales has an autoscaler and no number of pods', () => {
    const all = manifests(app({}, { services: { app: { autoscaling: { maxReplicas: 6, cpuPercent: 60 } } } }));
    expect(all['base/app/deployment.yaml'].spec.replicas).toBeUndefined();
    expect(all['base/app/horizontal-pod-autoscaler.yaml'].spec).toMatchObject({ minReplicas: 2, maxReplicas: 6, scaleTargetRef: { kind: 'Deployment', name: 'app' } });
    expect(all['base/app/pod-disruption-budget.yaml'].spec.maxUnavailable).toBe(1);
  });
});

describe('a pod', () => {
  test('is what Pod Security calls restricted, whatever the service says', () => {
    const pod = podOf(app({ capAdd: ['CHOWN', 'NET_BIND_SERVICE'], readOnly: true }), 'app/deployment.yaml');
    expect(pod.securityContext).toEqual({ runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
    });
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  test('has everything else that was said, in Kubernetes\' words', () => {
    const note = { metadata: { annotations: { note: 'x' } } };
    const parts = ['serviceAccount', 'ingress', 'networkPolicy', 'podDisruptionBudget', 'horizontalPodAutoscaler'];
    const companions = Object.fromEntries(parts.map((part) => [part, note]));
    const stack = app({
      workingDir: '/app',
      hostname: 'app',
      platform: 'linux/arm64',
      pullPolicy: 'always',
      initProcess: true,
      stopGracePeriod: '1m',
      shmSize: '64M',
      sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' },
      extraHosts: { 'db.internal': '10.0.0.9' },
      labels: { 'com.example.team': 'shop' },
      entrypoint: Value.literals('tini', '--'),
      resources: { cpus: 0.5, memory: '1G', reservedCpus: 0.05, reservedMemory: '300M' },
      ports: [{ name: 'http', port: 80, forBrowsers: true }, { name: 'dns', port: 53, protocol: PortProtocol.UDP }],
      mounts: [Mount.tmpfs('/tmp', { size: '32M' })],
      overrides: { kubernetes: { pod: { priorityClassName: 'high' }, container: { tty: true }, deployment: { metadata: { annotations: { a: 'b' } } }, service: { spec: { sessionAffinity: 'ClientIP' } }, ...companions } },
    }, { services: { app: { egress: [{}], autoscaling: { maxReplicas: 3 } } }, environments: { production: { hosts: { app: 'a.example.com' } } } });
    const all = manifests(stack);
    const deployment = all['base/app/deployment.yaml'];
    expect(deployment.metadata.annotations).toEqual({ a: 'b' });
    const noted = Object.values(all).filter((each) => each.metadata?.annotations?.note === 'x').map(({ kind }) => kind);
    expect(noted.sort()).toEqual(['HorizontalPodAutoscaler', 'Ingress', 'NetworkPolicy', 'PodDisruptionBudget', 'ServiceAccount']);
    expect(all['base/app/service.yaml'].spec).toMatchObject({ sessionAffinity: 'ClientIP', ports: [{ port: 80, protocol: 'TCP' }, { port: 53, protocol: 'UDP' }] });
    expect(deployment.spec.template.metadata.annotations).toEqual({ 'com.example.team': 'shop' });
    expect(deployment.spec.template.spec).toMatchObject({
      hostname: 'app',
      nodeSelector: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'arm64' },
      terminationGracePeriodSeconds: 65,
      shareProcessNamespace: true,
      hostAliases: [{ ip: '10.0.0.9', hostnames: ['db.internal'] }],
      priorityClassName: 'high',
      securityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] },
      containers: [{
        command: ['tini', '--'],
        workingDir: '/app',
        imagePullPolicy: 'Always',
        tty: true,
        lifecycle: { preStop: { sleep: { seconds: 5 } } },
        resources: {
          requests: { 'cpu': '50m', 'memory': '300Mi', 'ephemeral-storage': '64Mi' }, limits: { 'cpu': '500m', 'memory': '1Gi', 'ephemeral-storage': '1Gi' },
        },
      }],
      volumes: [{ name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '32Mi' } }, { name: 'dev-shm', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } }],
    });
  });

  test('waits for open ports with what its image has, and for nothing where that is not known', () => {
    const waits = (client?: HealthCheckClient) => {
      const stack = newStack({ targets: [new KubernetesTarget({ settings: { POSTGRES_USER: 'a', POSTGRES_DB: 'b' } })] });
      const postgres = new PostgresService(stack, 'postgres', { version: '17' });
      new Service(stack, 'app', { ...SOUND, healthCheck: client ? HealthCheck.tcp({ client }) : HealthCheck.exec(['true']), dependsOn: [{ service: postgres }] });
      return (podOf(stack, 'app/deployment.yaml').initContainers ?? []).map((each: any) => [each.name, each.command, each.args]);
    };
    const line = (begin: string, question: string) => [['wait-for-postgres', ['sh', '-c'], [`${begin}until { ${question}; } 2>/dev/null; do sleep 1; done`]]];
    expect(waits(HealthCheckClient.SHELL)).toEqual(line(
      '{ command -v nc || command -v bash; } >/dev/null || exit 0; ', "nc -z -w 2 postgres 5432 || bash -c '</dev/tcp/postgres/5432'",
    ));
    expect(waits(HealthCheckClient.PYTHON)).toEqual(line('', 'python -c "import socket; socket.create_connection((\'postgres\', 5432), 2)"'));
    expect(waits()).toEqual([]);
  });

  test('waits until the image of work that runs once says that it is done, with its settings and its memory', () => {
    const stack = app();
    const load = new Service(stack, 'load', {
      ...SOUND,
      ports: [],
      oneShot: true,
      image: 'example.com/load:2',
      completionCheck: ['loaded', "it's", '$(x)'],
      environment: { A: Value.literal('1') },
      mounts: [Mount.tmpfs('/tmp')],
    });
    new Service(stack, 'other', { ...SOUND, dependsOn: [{ service: load }, { service: load, condition: DependencyCondition.COMPLETED }] });
    const pod = podOf(stack, 'other/deployment.yaml');
    expect(pod.initContainers).toMatchObject([{
      name: 'wait-for-load',
      image: 'example.com/load:2',
      args: ["until loaded 'it'\\''s' '$$(x)'; do sleep 2; done"],
      envFrom: [{ configMapRef: { name: 'load-settings' } }],
      volumeMounts: [{ name: 'load-tmp', mountPath: '/tmp' }],
    }]);
    expect(pod.volumes).toEqual([{ name: 'load-tmp', emptyDir: { medium: 'Memory', sizeLimit: '256Mi' } }]);
  });

  test('finds small files, and a folder that it only reads, in ConfigMaps', () => {
    const stack = app({ mounts: [Mount.config('settings', '/etc/app/app.toml', 'a = 1\n'), Mount.bind('./seed', '/seed', { readOnly: true })] });
    mkdirSync(join(stack.project.outdir, 'seed'));
    writeFileSync(join(stack.project.outdir, 'seed', 'b.sql'), 'select 1;\n');
    writeFileSync(join(stack.project.outdir, 'seed', 'a.sql'), 'select 2;\n');
    const files = render(stack);
    expect([files['k8s/base/app/files/etc_app_app.toml'], files['k8s/base/app/seed/a.sql']]).toEqual(['a = 1\n', 'select 2;\n']);
    expect(manifests(stack)['base/kustomization.yaml'].configMapGenerator).toEqual([
      { name: 'app-files', files: ['app/files/etc_app_app.toml'] }, { name: 'app-seed', files: ['app/seed/a.sql', 'app/seed/b.sql'] },
    ]);
    expect(podOf(stack, 'app/deployment.yaml').containers[0].volumeMounts).toEqual([
      { name: 'files', mountPath: '/etc/app/app.toml', subPath: 'etc_app_app.toml', readOnly: true }, { name: 'seed', mountPath: '/seed', readOnly: true },
    ]);
  });
});

describe('the network', () => {
  const policies = (stack: ReturnType<typeof app>, name: string) => manifests(stack)[`base/${name}/network-policy.yaml`]?.spec;
  const pods = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });

  test('is closed but for names, and a service that reaches nothing has no policy of its own', () => {
    const all = manifests(app());
    expect(all['base/network-policies/default-deny.yaml'].spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(policies(app(), 'app')).toBeUndefined();
  });

  test('is open where an address is given, in both directions', () => {
    const stack = app();
    const search = new Service(stack, 'search', { ...SOUND, ports: [{ name: 'http', port: 7700 }] });
    new Service(stack, 'web', { ...SOUND, ports: [], environment: { SEARCH: search.endpoint('http').internalUrl } });
    expect(policies(stack, 'web')).toEqual({ ...pods('web'), policyTypes: ['Egress'], egress: [{ to: [pods('search')], ports: [{ protocol: 'TCP', port: 7700 }] }] });
    expect(policies(stack, 'search')).toEqual({ ...pods('search'), policyTypes: ['Ingress'], ingress: [{ from: [pods('web')], ports: [{ protocol: 'TCP', port: 7700 }] }] });
    expect(policies(stack, 'app')).toBeUndefined();
  });

  test('is open to a database elsewhere, on the port of each environment, and to what is said; not to what the nodes ask', () => {
    const given = { POSTGRES_HOST: 'db.example.com', POSTGRES_PORT: '6432', POSTGRES_DB: 'a', POSTGRES_USER: 'b' };
    const stack = app({}, {
      settings: given,
      clusterCidrs: ['10.0.0.0/16'],
      environments: { production: {}, staging: { settings: { POSTGRES_PORT: '5432' } } },
      services: { app: { egress: [{ port: 587, cidr: '192.0.2.0/24' }, {}] } },
    });
    const service = Service.servicesOf(stack)[0];
    service.connect(new ExternalPostgres(stack, 'warehouse'));
    const anywhere = { ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16', '10.0.0.0/16'] } };
    const egress = (port: number) => [
      { to: [anywhere], ports: [{ protocol: 'TCP', port }] },
      { to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ protocol: 'TCP', port: 587 }] },
      { to: [anywhere], ports: [{ protocol: 'TCP', port: 443 }] },
    ];
    expect(policies(stack, 'app').egress).toEqual(egress(6432));
    const all = manifests(stack);
    expect(all['overlays/staging/app-network-policy.yaml'].spec.egress).toEqual(egress(5432));
    expect(all['overlays/staging/kustomization.yaml'].patches).toEqual([{ path: 'app-network-policy.yaml' }]);
    expect(all['overlays/production/app-network-policy.yaml']).toBeUndefined();
  });

  test('is open on the usual port where an operator gives a URL in one piece', () => {
    const stack = app();
    Service.servicesOf(stack)[0].connect(new ExternalRedis(stack, 'cache', { urlVariable: 'CACHE_URL' }), { style: ConnectionStyle.URL });
    expect(policies(stack, 'app').egress).toMatchObject([{ ports: [{ protocol: 'TCP', port: 6379 }] }]);
  });

  test('asks for names where they are answered', () => {
    const dns = (options: KubernetesTargetOptions) => manifests(app({}, options))['base/network-policies/allow-dns.yaml'].spec.egress;
    expect(dns({})).toEqual([{
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
      ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
    }]);
    const openshift = { 'dns.operator.openshift.io/daemonset-dns': 'default' };
    expect(dns({ dns: { namespace: 'openshift-dns', podLabels: openshift, port: 5353, cidrs: ['169.254.20.10/32'] } })).toEqual([
      {
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } }, podSelector: { matchLabels: openshift } }],
        ports: [{ protocol: 'UDP', port: 5353 }, { protocol: 'TCP', port: 5353 }],
      },
      { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }] },
    ]);
  });

  test('lets a migration reach its database alone, whatever else its environment names', () => {
    const all = manifests(shop());
    expect(all['base/backend-migrate/network-policy.yaml'].spec.egress).toEqual([{ to: [pods('postgres')], ports: [{ protocol: 'TCP', port: 5432 }] }]);
    expect(JSON.stringify(all['base/redis/network-policy.yaml'])).not.toContain('backend-migrate');
  });

  test('says to ingress-nginx, and to nobody else, how large a request may be', () => {
    const annotations = (options: KubernetesTargetOptions) => (
      manifests(app({ ports: [{ name: 'http', port: 8080, forBrowsers: true, maxRequestSize: '25M' }] }, { environments: { production: { hosts: { app: 'a.example.com' } } }, ...options }))
    )['overlays/production/app-ingress.yaml'].metadata.annotations;
    expect(annotations({})).toEqual({ 'nginx.ingress.kubernetes.io/proxy-body-size': '25m' });
    expect(annotations({ ingressClass: 'nginx', ingressNamespace: 'edge' })).toEqual({ 'nginx.ingress.kubernetes.io/proxy-body-size': '25m' });
    expect(annotations({ ingressClass: 'traefik' })).toBeUndefined();
    expect(annotations({ ingressNamespace: 'traefik', certificateIssuer: 'ours' })).toEqual({ 'cert-manager.io/cluster-issuer': 'ours' });
  });

  test('lets browsers in where they are expected, under the host name of the environment', () => {
    const ports = [{ name: 'http', port: 8080, forBrowsers: true }];
    const options = { environments: { production: { hosts: { app: 'shop.example.com' } }, staging: {} }, ingressNamespace: 'edge' };
    expect(policies(app({ ports }, options), 'app').ingress).toEqual([
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } } }], ports: [{ protocol: 'TCP', port: 8080 }] },
    ]);
    expect(manifests(app({ ports }, { ...options, ingressClass: 'nginx' }))['overlays/production/app-ingress.yaml'].spec.ingressClassName).toBe('nginx');
    expect(manifests(app({ ports }, options))['overlays/staging/app-ingress.yaml']).toBeUndefined();
    expect(policies(app({ ports }, { services: { app: { exposed: false } } }), 'app')).toBeUndefined();
    expect(manifests(app({ ports }, { ...options, exposure: Exposure.GATEWAY, gateway: 'edge/main' }))['overlays/production/app-http-route.yaml'].spec).toEqual({
      parentRefs: [{ name: 'main', namespace: 'edge' }], hostnames: ['shop.example.com'], rules: [{ backendRefs: [{ name: 'app', port: 8080 }] }],
    });
  });
});

describe('secrets', () => {
  const overlay = (secretSource: SecretSource) => {
    const stack = app({ environment: { TOKEN: Value.of(secret) } }, { environments: { production: { secretSource } }, secretStore: 'vault', secretName: 'app-secrets' });
    return { all: manifests(stack), ignored: stack.evaluate().outputs.flatMap(({ gitIgnore }) => gitIgnore ?? []) };
  };

  test('that somebody makes are only named', () => {
    const { all } = overlay(SecretSource.PLAIN);
    expect(Object.values(all).map(({ kind }) => kind)).not.toContain('Secret');
    expect(all['overlays/production/kustomization.yaml'].resources).toEqual(['../../base']);
  });

  test('of a developer are in a file that git ignores', () => {
    const { all, ignored } = overlay(SecretSource.ENV_FILE);
    expect(all['overlays/production/kustomization.yaml'].secretGenerator).toEqual([{ name: 'app-secrets', envs: ['secrets.env'], options: { disableNameSuffixHash: true } }]);
    expect(ignored).toContain('/k8s/overlays/production/secrets.env');
  });

  test('of External Secrets come from the store that is named', () => {
    expect(overlay(SecretSource.EXTERNAL_SECRETS).all['overlays/production/external-secret.yaml'].spec).toEqual({
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      target: { name: 'app-secrets' },
      data: [{ secretKey: 'TOKEN', remoteRef: { key: 'shop', property: 'TOKEN' } }],
    });
  });

  test('of Sealed Secrets are in a file that a person makes', () => {
    const { all } = overlay(SecretSource.SEALED_SECRETS);
    expect(all['overlays/production/kustomization.yaml'].resources).toEqual(['../../base', 'sealed-secrets.yaml']);
    expect(all['overlays/production/sealed-secrets.yaml']).toBeUndefined();
  });
});
