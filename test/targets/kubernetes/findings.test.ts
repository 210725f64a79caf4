import { mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { app, SOUND } from './stacks';
import {
  Exposure, HealthCheck, HealthCheckClient, KubernetesTargetOptions, Mount, RestartPolicy, Service, ServiceProps, Stack, Value, Variable,
} from '../../../src';
import { lines, render } from '../../support/stack';

/** What is said of a stack, by the rules of the target. */
const said = (stack: Stack) => lines(stack.findings(), ...Array.from({ length: 13 }, (_, index) => `PS${180 + index}`));

/** What is said of one service. */
const of = (props: ServiceProps, options: KubernetesTargetOptions = {}) => said(app(props, options)).map((line) => (
  line.replace(/^(\w+ PS\d+) at shop\/stack(\/app)? \([^)]*\): /, '$1: ')
));

/** A file of the repository of a stack. */
function write(stack: Stack, file: string, content: string | Buffer): void {
  mkdirSync(dirname(join(stack.project.outdir, file)), { recursive: true });
  writeFileSync(join(stack.project.outdir, file), content);
}

test('a sound service gives none', () => expect(of({})).toEqual([]));

test.each<[string, ServiceProps, KubernetesTargetOptions, string[]]>([
  ['a long name', { serviceName: 'a'.repeat(53) }, {}, [
    `error PS180: The name "${'a'.repeat(53)}" has 53 characters, and pods add to it. Write a serviceName of 52 characters at most.`,
  ]],
  ['names of ports', { ports: [{ name: 'a-long-name-of-a-port', port: 1, publish: [] }, { name: '80', port: 80, publish: [] }] }, {}, [
    'error PS180: The name of the port "a-long-name-of-a-port" is none for Kubernetes. Write 15 characters at most, a letter among them, and no two hyphens in a row.',
    'error PS180: The name of the port "80" is none for Kubernetes. Write 15 characters at most, a letter among them, and no two hyphens in a row.',
  ]],
  ['names of places', {}, { namespace: 'Shop', environments: { Live: { namespace: 'shop' } } }, [
    'error PS180: "Shop" is no name of a namespace. Write lower-case letters, digits and hyphens: namespace: \'shop\'.',
    'error PS180: "Live" is no name of an environment. Write lower-case letters, digits and hyphens: environments: { \'pre-production\': {} }.',
  ]],
  ['no user', { rootless: undefined }, {}, [
    "error PS181: It is not said as which user its image runs. Write: rootless: { user: '10001:10001' }, with the numbers of a user who may read what the image runs.",
  ]],
  ['root', { rootless: undefined, user: '0:0' }, {}, [
    "error PS181: Its user is \"0:0\". Write: rootless: { user: '10001:10001' }, with the numbers of a user who may read what the image runs.",
  ]],
  ['a user by name', { rootless: undefined, user: 'app' }, {}, [
    "error PS181: Its user is \"app\". Write: rootless: { user: '10001:10001' }, with the numbers of a user who may read what the image runs.",
  ]],
  ['capabilities', { rootless: undefined, user: '1000', capAdd: ['NET_ADMIN', 'NET_BIND_SERVICE'] }, {}, [
    'error PS181: It is given NET_ADMIN, which no pod may have. Write: rootless: { user: … } if it does without them when it does not begin as root; else remove capAdd.',
  ]],
  ['a folder outside', { mounts: [Mount.bind('/etc/ssl', '/etc/ssl', { readOnly: true })] }, {}, [
    'error PS184: The folder "/etc/ssl" cannot be mounted at /etc/ssl in a cluster: it lies outside of the repository. Write: Mount.volume(…) in production, or put what it holds into the image.',
  ]],
  ['a folder that is not there', { mounts: [Mount.bind('./none', '/none', { readOnly: true })] }, {}, [
    'warning PS190: There is nothing at "./none" yet, so nothing is mounted at /none in a cluster. Write the files, and synthesize again.',
  ]],
  ['sizes', { mounts: [Mount.volume('data', '/data')] }, { services: { app: { storageSize: '512m', ephemeralStorage: 'much' } }, environments: { production: { resources: { app: { memory: '1Gi', cpus: 0 } } } } }, [
    'error PS186: The storageSize "512m" of app is no size. Write: storageSize: \'20Gi\'.',
    'error PS186: The ephemeralStorage "much" of app is no size. Write: ephemeralStorage: \'2Gi\'.',
    "error PS186: In production, the memory \"1Gi\" of app is no size. Write sizes as in the rest of the definition: memory: '512M'.",
    'error PS186: In production, app cannot have 0 processors. Write: cpus: 0.5.',
  ]],
  ['a fraction of a pod', {}, { environments: { production: { replicas: { app: 1.5 } } } }, [
    "error PS187: In production it is to have 1.5 pods, which is no whole number from 0. Write: replicas: { 'app': 2 }.",
  ]],
  ['an autoscaler beside numbers, with none between', { replicas: 3 }, { services: { app: { autoscaling: { minReplicas: 4, maxReplicas: 2 } } }, environments: { production: { replicas: { app: 4 } } } }, [
    'error PS187: It is autoscaled, and the definition, production says a fixed number of pods. Remove replicas, or autoscaling.',
    'error PS187: It cannot have between 4 and 2 pods. Write: autoscaling: { minReplicas: 2, maxReplicas: 5 }.',
  ]],
  ['several of one', { singleton: true }, { environments: { production: { replicas: { app: 2 } } } }, [
    'error PS187: There may be one of it, and the target is told of more. Remove replicas and autoscaling.',
  ]],
  ['an autoscaled store', { mounts: [Mount.volume('data', '/data')] }, { services: { app: { autoscaling: { maxReplicas: 3 } } } }, [
    'error PS187: It is autoscaled, and keeps data that each pod would have its own of. Remove autoscaling.',
  ]],
  ['what there is not', {}, { services: { ap: {} }, environments: { production: { hosts: { web: 'a.example.com' } } }, settings: { LEVEL: 'x' }, wholeSecrets: ['URL'] }, [
    'error PS188: KubernetesTarget is told of "ap", which is no service of production. Did you mean "app"?',
    'error PS188: KubernetesTarget is told of "web", which is no service of production. Write "app".',
    'error PS188: "LEVEL" is no setting of this stack. Remove "LEVEL".',
    'error PS188: "URL" is no secret of this stack. Remove "URL".',
  ]],
  ['a secret among the settings', { environment: { KEY: Value.of(new Variable('KEY', { secret: true })) } }, { settings: { KEY: 'x' } }, [
    'error PS188: "KEY" is a secret, and would be committed. Remove it from settings; its value belongs into the Secret "shop-secrets".',
  ]],
  ['no environment', {}, { environments: {} }, ['error PS188: There is no environment. Write: environments: { production: {} }.']],
  ['places', { ports: [{ name: 'http', port: 8080, forBrowsers: true }] }, { registry: 'https://ghcr.io', exposure: Exposure.GATEWAY, gateway: 'public', environments: { production: { hosts: { app: 'https://shop.example.com' } } } }, [
    "error PS188: \"https://ghcr.io\" is no place for images: \"https:\" is no registry host. Write: registry: 'ghcr.io/acme'.",
    "error PS188: The gateway \"public\" has no namespace. Write: gateway: 'namespace/name'.",
    "error PS188: \"https://shop.example.com\" is no host name. Write a name without scheme, port and path: hosts: { frontend: 'shop.example.com' }.",
  ]],
  ['a tag that is none', { image: undefined, imageBuild: { context: 'app' } }, { tag: 'a b' }, [
    "error PS188: In staging, \"a b\" is no tag of an image. Write: tag: '1.4.0'.", "error PS188: In production, \"a b\" is no tag of an image. Write: tag: '1.4.0'.",
  ]],
  ['overrides of no part', { overrides: { kubernetes: { deploymen: {} } } }, {}, [
    'error PS189: overrides.kubernetes has the key "deploymen", which is no part of a workload. Did you mean "deployment"?',
  ]],
  ['overrides that break something', { overrides: { kubernetes: { pod: { volumes: [{ name: 'a' }, { name: 'a' }] }, container: { volumeMounts: [{ name: 'b', mountPath: '/b' }], resources: { limits: { cpu: '1 core' } } }, deployment: { spec: { selector: { matchLabels: { app: 'x' } } } } } } }, {}, [
    'error PS189: app/deployment.yaml: there are two volumes "a". Write another name.',
    'error PS189: app/deployment.yaml: the container "app" mounts the volume "b", which there is not. Write one of: a, a.',
    'error PS186: app/deployment.yaml: the cpu "1 core" of the container "app" is no amount. Write: 500m for half a processor, 512Mi for a size.',
    'error PS189: app/deployment.yaml: its selector is not the name of the service, and could not be changed later. Remove selector.',
  ]],
  ['a StatefulSet of another Service', { mounts: [Mount.volume('data', '/data')], overrides: { kubernetes: { statefulSet: { spec: { serviceName: 'other' } } } } }, {}, [
    "error PS189: app/stateful-set.yaml: its serviceName \"other\" is no Service. Write: serviceName: 'app'.",
  ]],
  ['what has no counterpart', {
    restart: RestartPolicy.NO, stopSignal: 'SIGINT', extraHosts: { host: 'host-gateway' }, mounts: [Mount.tmpfs('/x', { fileMode: '700' })], production: { securityOpt: ['seccomp=x.json'] },
  }, {}, [
    'warning PS190: A pod is started anew whenever it ended, not as restart "no" says. Write: oneShot: true for what ends by itself.',
    'warning PS190: The stop signal SIGINT is left out: the image\'s is sent. Write it into the image: STOPSIGNAL SIGINT.',
    'warning PS190: The host "host" is left out: it has no address there. Write an IP address.',
    'warning PS190: The permissions 700 of /x are left out: memory is open to all users of a pod. Remove fileMode.',
    "warning PS190: The security option \"seccomp=x.json\" is left out. Write it in Kubernetes' words: overrides: { kubernetes: { pod: { securityContext: … } } }.",
  ]],
  ['no tag', { image: undefined, imageBuild: { context: 'app' } }, { environments: { production: {} } }, [
    "warning PS191: In production, the images that are built have no tag but latest. Write in new KubernetesTarget({ … }): tag: '1.4.0', and accept this where scripts/deploy.sh --tag always says it.",
  ]],
])('%s', (_, props, options, findings) => expect(of(props, options)).toEqual(findings));

test.each<[string, { [file: string]: string | Buffer }, string]>([
  ['a folder in it', { 'seed/more/a.sql': 'x' }, 'a ConfigMap has no folders in it'],
  ['too much', { 'seed/a.sql': 'x'.repeat(1024 * 1024 + 1) }, 'a ConfigMap holds no more than 1 MiB'],
  ['what is no text', { 'seed/a.gz': Buffer.from([0x1f, 0x8b, 0xff]) }, 'not all of it is text'],
  ['a name', { 'seed/a b.sql': 'x' }, 'a name in it is none for a ConfigMap'],
])('a mounted folder with %s is refused', (_, files, problem) => {
  const stack = app({ mounts: [Mount.bind('./seed', '/seed', { readOnly: true })] });
  for (const [file, content] of Object.entries(files)) write(stack, file, content);
  expect(said(stack)).toEqual([expect.stringContaining(`The folder "./seed" cannot be mounted at /seed in a cluster: ${problem}.`)]);
});

test('a setting without a value is named for each environment, with what would do in development', () => {
  const level = new Variable('LEVEL', { defaultValue: Value.literal("it's") });
  const props = { environment: { LEVEL: Value.of(level), OTHER: Value.of(new Variable('OTHER')) } };
  expect(of(props, { environments: { staging: { settings: { LEVEL: 'x', OTHER: 'y' } }, production: {} } })).toEqual([
    "error PS182: In production, LEVEL, OTHER are not set. Write in new KubernetesTarget({ … }): settings: { LEVEL: 'it\\'s', OTHER: '…' }, for all environments or for one.",
  ]);
  expect(of(props, { settings: { LEVEL: '', OTHER: '' } })).toEqual([]);
});

test('work that nobody can ask about is refused where somebody waits for it', () => {
  const stack = app();
  const load = new Service(stack, 'load', { ...SOUND, ports: [], oneShot: true });
  const wait = new Service(stack, 'wait', { ...SOUND, ports: [], dependsOn: [{ service: load }] });
  expect(said(stack)).toEqual([expect.stringMatching(/^error PS183 at shop\/stack\/load \S+: wait waits for it, and nothing can tell a pod that its work is done\. Write: completionCheck/)]);
  load.addSettings({ completionCheck: ['loaded'] });
  expect([said(stack), wait.serviceName]).toEqual([[], 'wait']);
});

describe('the claims of a store', () => {
  const store = (storageSize: string, folder?: Stack, props: ServiceProps = {}) => {
    const stack = app({ mounts: [Mount.volume('data', '/data')], ...props }, { services: { app: { storageSize } } });
    if (folder) write(stack, 'k8s/base/app/stateful-set.yaml', render(folder)['k8s/base/app/stateful-set.yaml']);
    return stack;
  };

  test('may not change, and the way out is said', () => {
    const [line] = said(store('20Gi', store('10Gi')));
    expect(line.replace(/ \(\S+\)/, '')).toBe(
      'error PS185 at shop/stack/app: k8s/base/app/stateful-set.yaml: the claim "data" was 10Gi and is to be 20Gi. Write what it was. Or in each cluster run first, '
      + 'for NAMESPACE in shop-staging, shop: kubectl -n NAMESPACE patch pvc data-app-0 -p \'{"spec":{"resources":{"requests":{"storage":"20Gi"}}}}\' and '
      + 'kubectl -n NAMESPACE delete statefulset app --cascade=orphan, '
      + "which leaves pods and data, and write for one synthesis: stack.accept('PS185', { at: 'app', because: 'its claims were changed' }).",
    );
  });

  test('the way out names the claim of each pod', () => {
    const three = (size: string, folder?: Stack) => {
      const stack = store(size, folder, { replicas: 3 });
      stack.accept('PS187', { at: 'app', because: 'its pods copy from each other' });
      return stack;
    };
    expect(said(three('20Gi', three('10Gi')))).toEqual([expect.stringContaining('patch pvc data-app-0 data-app-1 data-app-2 -p ')]);
  });

  test('may not come or go either', () => {
    const more = { mounts: [Mount.volume('data', '/data'), Mount.volume('log', '/log')] };
    expect(said(store('1Gi', store('1Gi'), more))).toEqual([expect.stringContaining('the claim "log" is new.')]);
    expect(said(store('1Gi', store('1Gi', undefined, more)))).toEqual([expect.stringContaining('the claim "log" is gone.')]);
  });

  test('are fine as they were', () => expect(said(store('1Gi', store('1Gi')))).toEqual([]));
});

describe('what is written once and for all', () => {
  const LOCAL = ({ mounts: [Mount.volume('data', '/data')] });
  const files = (options: KubernetesTargetOptions['services'], before?: Stack, props: ServiceProps = { mounts: [Mount.volume('files', '/files', { volumeName: 'uploads' })] }) => {
    const stack = app(props, { services: options });
    new Service(stack, 'other', { ...SOUND, ports: [], mounts: [Mount.volume('files', '/files', { volumeName: 'uploads' })] });
    for (const [file, text] of before ? Object.entries(render(before)).filter(([each]) => each.startsWith('k8s/base/')) : []) write(stack, file, text);
    return stack;
  };
  const class_ = (storageClass: string, storageSize = '2Gi') => ({ app: { storageClass, storageSize }, other: { storageClass, storageSize } });
  const short = (stack: Stack) => said(stack).map((line) => line.replace(/ \(\S+\)/, ''));

  test('a shared claim may grow, and nothing else', () => {
    expect(short(files(class_('nfs', '3Gi'), files(class_('nfs'))))).toEqual([]);
    expect(short(files(class_('nfs', '512Mi'), files(class_('nfs', '1G'))))).toEqual([
      'error PS185 at shop/stack/other: k8s/base/claims/uploads.yaml: the claim "uploads" was 1G and is to be 512Mi, which is less. Write what it was. '
      + 'Or copy what is in it, in each cluster delete what mounts it and run, for NAMESPACE in shop-staging, shop: kubectl -n NAMESPACE delete pvc uploads, and '
      + "write for one synthesis: stack.accept('PS185', { at: 'other', because: 'its claim is made anew' }).",
    ]);
    expect(short(files(class_('efs'), files(class_('nfs'))))).toEqual([expect.stringContaining('the claim "uploads" was of the class nfs and is to be of efs.')]);
  });

  test('what keeps nothing may not become what does, nor the other way round', () => {
    const one = (props: ServiceProps, before?: Stack) => {
      const stack = app(props);
      for (const [file, text] of before ? Object.entries(render(before)).filter(([each]) => each.startsWith('k8s/base/')) : []) write(stack, file, text);
      return stack;
    };
    expect(short(one(LOCAL, one({})))).toEqual([
      'error PS185 at shop/stack/app: k8s/base/app/deployment.yaml: it was a Deployment and is to be a StatefulSet, which a cluster runs beside the old one. '
      + 'Write what it was. Or in each cluster run first, for NAMESPACE in shop-staging, shop: kubectl -n NAMESPACE delete deployment,service app, and '
      + "write for one synthesis: stack.accept('PS185', { at: 'app', because: 'it is made anew' }).",
    ]);
    expect(short(one({}, one(LOCAL)))).toEqual([expect.stringContaining('which a cluster runs beside the old one, and its data would stay where it is. Write what it was. Or save its data, and in each')]);
    expect(short(one(LOCAL, one(LOCAL)))).toEqual([]);
  });
});

test('a store with several pods is refused, unless somebody says that they copy from each other', () => {
  const line = 'It keeps data, and each of its pods would have its own behind one name. Remove replicas. Where its pods copy from each other, write: '
    + "stack.accept('PS187', { at: 'app', because: 'its pods copy from each other' }).";
  const mounts = [Mount.volume('data', '/data')];
  expect(of({ mounts }, { environments: { production: { replicas: { app: 2 } } } })).toEqual([`error PS187: ${line}`]);
  expect(of({ mounts, replicas: 2 })).toEqual([`error PS187: ${line}`]);
});

describe('options without an effect', () => {
  test.each<[string, ServiceProps, KubernetesTargetOptions, string]>([
    ['a host of what nobody reaches', {}, { environments: { production: { hosts: { app: 'a.example.com' } } } },
      "app has a host name, and nothing is reached under it: no port of it is for browsers, or another service passes requests on to it. Write: services: { 'app': { exposed: true } }, or remove its host."],
    ['a host of what has no port', { ports: [] }, { environments: { production: { hosts: { app: 'a.example.com' } } } },
      'app has a host name, and nothing is reached under it: it has no port. Remove hosts of "app".'],
    ['a size without a volume', {}, { services: { app: { storageSize: '1Gi' } } },
      "The storageSize of app is for nothing: it has no volume. Remove storageSize, or give it one: mounts: [Mount.volume('data', '/data')]."],
    ['a class without a volume', {}, { services: { app: { storageClass: 'fast' } } },
      "The storageClass of app is for nothing: it has no volume. Remove storageClass, or give it one: mounts: [Mount.volume('data', '/data')]."],
    ['an issuer beside a Gateway', {}, { exposure: Exposure.GATEWAY, certificateIssuer: 'ours' },
      'certificateIssuer is for nothing: browsers come in by a Gateway, which has its own class and certificates. Remove certificateIssuer.'],
    ['a class beside a Gateway', {}, { exposure: Exposure.GATEWAY, ingressClass: 'nginx' },
      'ingressClass is for nothing: browsers come in by a Gateway, which has its own class and certificates. Remove ingressClass.'],
    ['a Gateway beside an Ingress', {}, { gateway: 'edge/main' },
      'gateway is for nothing: browsers come in by an Ingress. Remove gateway, or write: exposure: Exposure.GATEWAY.'],
  ])('%s', (_, props, options, line) => expect(of(props, options)).toEqual([`error PS188: ${line}`]));

  test('overrides of a part that it has not', () => {
    const overrides = { kubernetes: { deployment: {}, ingress: {}, cronJob: {} } };
    expect(of({ mounts: [Mount.volume('data', '/data')], overrides })).toEqual(['deployment', 'ingress', 'cronJob'].map((part) => (
      `error PS189: overrides.kubernetes has the part "${part}", and this StatefulSet has none. Write one of: container, pod, statefulSet, serviceAccount, networkPolicy, service.`
    )));
  });

  test('a wait for something that the image cannot ask for', () => {
    const stack = app({ healthCheck: HealthCheck.http('/') });
    const [other] = Service.servicesOf(stack);
    const waiting = new Service(stack, 'waiting', { ...SOUND, ports: [], dependsOn: [{ service: other }] });
    expect(said(stack)).toEqual([expect.stringMatching(
      /^warning PS190 at shop\/stack\/waiting \S+: It does not wait for app: nothing says what its image can ask with\. Write a healthCheck over HTTP or TCP with its client, /,
    )]);
    waiting.addSettings({ ports: [{ name: 'http', port: 81, publish: [] }], healthCheck: HealthCheck.http('/', { client: HealthCheckClient.NODE }) });
    expect(said(stack)).toEqual([]);
  });
});

describe('a finished pod is held against what its namespace takes', () => {
  const container = (securityContext: object) => ({ container: { securityContext } });
  test.each<[string, ServiceProps, string]>([
    ['the network of the node', { overrides: { kubernetes: { pod: { hostNetwork: true } } } }, 'its pods have hostNetwork. Remove hostNetwork.'],
    ['a folder of the node', { overrides: { kubernetes: { pod: { volumes: [{ name: 'a', hostPath: { path: '/' } }] } } } },
      'the volume "a" is a hostPath. Write one of: configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected, secret.'],
    ['a kernel parameter', { sysctls: { 'vm.max_map_count': '262144' } },
      'the kernel parameter vm.max_map_count is no pod\'s own. Remove vm.max_map_count in production, or have it set on the nodes.'],
    ['root', { overrides: { kubernetes: { pod: { securityContext: { runAsUser: 0 } } } } }, 'its pods run as root. Write another number for runAsUser.'],
    ['no profile', { overrides: { kubernetes: { pod: { securityContext: { seccompProfile: { type: 'Unconfined' } } } } } },
      "its pods have the seccomp profile Unconfined. Write: seccompProfile: { type: 'RuntimeDefault' }."],
    ['rights', { overrides: { kubernetes: container({ allowPrivilegeEscalation: true }) } }, 'the container "app" may gain rights. Write: allowPrivilegeEscalation: false.'],
    ['privileges', { overrides: { kubernetes: container({ privileged: true }) } }, 'the container "app" is privileged. Remove privileged.'],
    ['capabilities', { overrides: { kubernetes: container({ capabilities: { drop: null } }) } }, "the container \"app\" keeps capabilities. Write: capabilities: { drop: ['ALL'] }."],
    ['more of them', { overrides: { kubernetes: container({ capabilities: { add: ['SYS_PTRACE'] } }) } },
      'the container "app" is given SYS_PTRACE. Remove it: NET_BIND_SERVICE alone may be given.'],
    ['a user that may be root', { overrides: { kubernetes: container({ runAsNonRoot: false }) } }, 'the container "app" may run as root. Write: runAsNonRoot: true.'],
    ['a port of the node', { overrides: { kubernetes: { container: { ports: [{ name: 'http', containerPort: 8080, hostPort: 80 }] } } } },
      'the container "app" has a port of the node. Remove hostPort: a Service leads to it.'],
    ['another host', { overrides: { kubernetes: { container: { livenessProbe: { httpGet: { host: 'example.com', port: 80 } } } } } },
      'the container "app" asks another host, example.com. Remove host: a probe asks its own pod.'],
    ['a container that is added', { overrides: { kubernetes: { pod: { initContainers: [{ name: 'x', image: 'x:1', securityContext: { capabilities: { drop: ['ALL'] } } }] } } } },
      'the container "x" may gain rights. Write: allowPrivilegeEscalation: false.'],
  ])('%s', (_, props, line) => expect(of(props)).toEqual([`error PS192: app/deployment.yaml: ${line}`]));
});

test('a volume of several services asks for a class that can do that', () => {
  const define = (options: KubernetesTargetOptions) => {
    const stack = app({ mounts: [Mount.volume('files', '/files', { volumeName: 'uploads' })] }, options);
    new Service(stack, 'other', { ...SOUND, ports: [], mounts: [Mount.volume('files', '/files', { volumeName: 'uploads' })] });
    return said(stack);
  };
  expect(define({})).toEqual([expect.stringContaining('PS190 at shop/stack/app'), expect.stringContaining('PS190 at shop/stack/other')]);
  expect(define({ services: { app: { storageClass: 'nfs' }, other: { storageClass: 'nfs' } } })).toEqual([]);
});

