import { spawnSync } from 'child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join, relative } from 'path';
import { app, shop } from './stacks';
import { HealthCheck, KubernetesTargetOptions, Mode, SecretFormat, SecretSource, SmokeCheck, Value, Variable } from '../../../src';
import { render } from '../../support/stack';
import { tempFolder } from '../../support/synth';

const script = (options: KubernetesTargetOptions = {}) => render(shop(options))['scripts/deploy.sh'];
const facts = (text: string) => text.slice(text.indexOf('# What this stack knows'), text.indexOf('\ncd "$(dirname'));

/** How the script is tried: with which kubectl, files and settings, from which folder. */
interface Trial {
  text?: string;
  answers?: string;
  files?: { [file: string]: string };
  options?: KubernetesTargetOptions;
  from?: string;
  env?: { [name: string]: string };
}

/** What the script does in a folder with a kubectl that is pretended: `answers` is a body in which "$*" is what it was asked. */
function run(args: string[], { answers = 'exit 1', files = {}, options = {}, text = script(options), from = '.', env = {} }: Trial = {}) {
  const folder = tempFolder();
  for (const [file, content] of Object.entries({ ...files, 'scripts/deploy.sh': text, 'bin/kubectl': `#!/usr/bin/env bash\necho "$*" >>asked\n${answers}\n` })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
    chmodSync(join(folder, file), 0o755);
  }
  const { status, stdout, stderr } = spawnSync('bash', [join(relative(from, '.'), 'scripts/deploy.sh'), ...args], {
    cwd: join(folder, from), encoding: 'utf8', env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}`, ...env },
  });
  const asked = existsSync(join(folder, 'asked')) ? readFileSync(join(folder, 'asked'), 'utf8').trimEnd().split('\n') : [];
  return { status, stdout, stderr, asked, folder };
}

const REACHED = 'case "$*" in *readyz*) exit 0 ;; esac';
/** The namespace may be seen, and changed. */
const MAY = 'case "$*" in *"get namespace "*) exit 0 ;; *"auth can-i"*) exit 0 ;; esac';

test('knows the stack: its environments, its secrets and who uses them, its images', () => {
  expect(facts(script({ registry: 'ghcr.io/acme', directory: 'deploy/k8s', environments: { production: {}, laptop: { secretSource: SecretSource.ENV_FILE, namespace: 'dev' } } })).split('\n').slice(0, 24)).toEqual([
    '# What this stack knows of itself. The rest of this file is the same for every stack.',
    "directory='deploy/k8s'",
    "default_environment='production'",
    "part_of='shop'",
    "secret_name='shop-secrets'",
    "secret_keys='POSTGRES_PASSWORD REDIS_PASSWORD SECRET_KEY'",
    "optional_secret_keys=''",
    "images='ghcr.io/acme/shop-backend ghcr.io/acme/shop-frontend'",
    'secret_users() {',
    '  # what has pods that must be made anew when one of these keys of the Secret changes',
    '  secret_user StatefulSet/postgres POSTGRES_PASSWORD',
    '  secret_user StatefulSet/redis REDIS_PASSWORD',
    '  secret_user Deployment/backend SECRET_KEY POSTGRES_PASSWORD REDIS_PASSWORD',
    '  secret_user Deployment/worker SECRET_KEY POSTGRES_PASSWORD REDIS_PASSWORD',
    '  secret_user Deployment/beat SECRET_KEY POSTGRES_PASSWORD REDIS_PASSWORD',
    '}',
    'environments() {',
    '  # name namespace secrets',
    '  environment production shop plain',
    '  environment laptop dev env-file',
    '}',
    '# shellcheck disable=SC2016 # what is run in a container is not for this shell',
    'smoke_checks() {',
    '  # title service number-of-the-port path status text, or title workload text program arguments',
  ]);
});

test('asks what the services are proven by, as far as a cluster can', () => {
  const stack = app({ ports: [{ name: 'http', port: 8080 }], environment: { KEY: Value.of(new Variable('KEY', { secret: true })) } });
  const [service] = stack.model().services;
  service.addSmokeCheck(SmokeCheck.http('answers', { path: '/it\'s', status: 204, expect: 'o+k' }));
  service.addSmokeCheck(SmokeCheck.exec('counts', { command: ['sh', '-c', 'echo $((1 + 1))'], expect: '^2$' }));
  service.addSmokeCheck(SmokeCheck.http('is for developers', { path: '/dev' }).forMode(Mode.DEVELOPMENT));
  service.addSmokeCheck(SmokeCheck.reload('follows', { file: 'a', append: 'b', path: '/', expect: 'c' }));
  expect(facts(render(stack)['scripts/deploy.sh'])).toContain([
    "  smoke_http 'app answers' app 8080 '/it'\\''s' 204 'o+k'",
    "  smoke_exec 'app counts' deployment/app '^2$' sh -c 'echo $((1 + 1))'",
    '}',
  ].join('\n'));
});

test('takes a secret that may be missing where it is there', () => {
  const stack = app({
    environment: {
      KEY: Value.of(new Variable('KEY', { secret: true })),
      API_KEY: Value.of(new Variable('API_KEY', { secret: true, secretFormat: SecretFormat.GIVEN, required: false })),
      OTHER_KEY: Value.of(new Variable('OTHER_KEY', { secret: true, secretFormat: SecretFormat.GIVEN, required: false })),
    },
  }, { environments: { laptop: { secretSource: SecretSource.ENV_FILE } } });
  const { folder } = run(['--secrets-from', '.env'], {
    text: render(stack)['scripts/deploy.sh'], answers: `${REACHED}\n${MAY}\nexit 1`, files: { '.env': 'KEY=a\nAPI_KEY=b\nOTHER_KEY=\n', 'k8s/overlays/laptop/kustomization.yaml': '' },
  });
  expect(readFileSync(join(folder, 'k8s/overlays/laptop/secrets.env'), 'utf8')).toBe('KEY=a\nAPI_KEY=b\n');
});

test('asks of the shipped services what holds in production', () => {
  expect(facts(script()).split('\n').slice(24).map((line) => line.slice(0, 110))).toEqual(expect.arrayContaining([
    expect.stringMatching(/^ {2}smoke_exec 'postgres runs a query with the password' statefulset\/postgres '\^42\$' sh -c /),
    "  smoke_exec 'redis takes the password' statefulset/redis '^PONG$' redis-cli PING",
    "  smoke_http 'backend is connected to its database' backend 8000 '/health' 0 '\"database\": *\"connected\"'",
    "  smoke_http 'frontend serves its page' frontend 3000 '/' 200 '/assets/.*[.]js'",
    "  smoke_http 'frontend passes requests on to backend' frontend 3000 '/health' 200 ''",
  ]));
  expect(script()).not.toContain('/@vite/client');
});

test('asks a page for browsers at the path of its health check, where nothing else is known', () => {
  const ports = [{ name: 'http', port: 8080, forBrowsers: true, publish: [] }];
  expect(facts(render(app({ ports, healthCheck: HealthCheck.http('/up') }))['scripts/deploy.sh'])).toContain("  smoke_http 'app answers at /up' app 8080 '/up' 200 ''\n");
});

test('a stack without secrets and checks has none', () => {
  expect(facts(render(app())['scripts/deploy.sh'])).toContain("secret_keys=''\noptional_secret_keys=''\nimages=''\nsecret_users() {\n  :\n}");
});

test('explains itself', () => {
  const { status, stdout, asked } = run(['--help']);
  expect([status, asked]).toEqual([0, []]);
  expect(stdout).toMatch(/^Brings this stack to a Kubernetes cluster[^]*--tag TAG[^]*--dry-run[^]*Exit status: 0 all is well/);
});

test.each([
  ['an unknown option', ['--force'], 'There is no option --force.'],
  ['an unknown environment', ['live'], 'There is no environment "live"; there are: staging production.'],
  ['two environments', ['staging', 'production'], 'There is one environment at a time: staging or production.'],
  ['a missing value', ['--tag'], '--tag needs a value.'],
  ['a tag that is none', ['--tag', 'a;b'], '"a;b" is no tag of an image.'],
  ['an option for a value', ['--context', '--dry-run'], '--context needs a value.'],
  ['an empty value', ['--context='], '--context needs a value.'],
  ['a time that is none', ['--timeout', '5m'], '--timeout needs whole seconds, not "5m".'],
  ['no time', ['--timeout', '00'], '--timeout needs at least one second.'],
])('refuses %s, and asks no cluster', (_, args, message) => {
  const { status, stderr, asked } = run(args);
  expect([status, stderr.split('\n')[0], asked]).toEqual([64, `deploy.sh: ${message}`, []]);
});

test('says in one line that no cluster answers, and why', () => {
  const { status, stdout, stderr } = run([], { answers: 'case "$*" in *current-context*) echo kind-shop ;; *) echo noise >&2; echo "The connection was refused" >&2; exit 1 ;; esac' });
  expect([status, stdout, stderr]).toEqual([2, '', 'deploy.sh: no cluster answers in the context "kind-shop": The connection was refused. Nothing was changed.\n']);
});

test('asks the context that is named', () => {
  for (const args of [['--context', 'staging-1'], ['--context=staging-1']]) {
    expect(run(args).asked[0]).toBe('--context staging-1 get --raw /readyz --request-timeout=10s');
  }
});

test('makes no Secret of a file that lacks a key, and shows no value', () => {
  const { status, stdout, stderr, asked } = run(['--secrets-from', '.env'], {
    answers: `${REACHED}\ncase "$*" in kustomize*) echo 'kind: Namespace' ;; esac`, files: { '.env': 'POSTGRES_PASSWORD=hunter2\nREDIS_PASSWORD=\n#SECRET_KEY=x\n' },
  });
  expect([status, stderr]).toEqual([2, 'deploy.sh: .env has no value for: REDIS_PASSWORD SECRET_KEY. Nothing was changed.\n']);
  expect(stdout + asked.join('\n')).not.toContain('hunter2');
  expect(asked.filter((each) => / apply /.test(each))).toEqual([]);
});

test('takes what is named from another folder from there, and what another program prints', () => {
  const options = { environments: { laptop: { secretSource: SecretSource.ENV_FILE } } };
  const env = 'POSTGRES_PASSWORD=a\nREDIS_PASSWORD=b\nSECRET_KEY=c\n';
  const files = { 'elsewhere/my.env': env, 'k8s/overlays/laptop/kustomization.yaml': '' };
  const { folder, stderr } = run(['--secrets-from', 'my.env'], {
    options, files, from: 'elsewhere', env: { KUBECONFIG: 'mine:/etc/theirs', CDPATH: '/' }, answers: `echo "$KUBECONFIG" >config\n${REACHED}\n${MAY}\nexit 1`,
  });
  expect(stderr).toContain('k8s/overlays/laptop cannot be put together');
  expect(readFileSync(join(folder, 'k8s/overlays/laptop/secrets.env'), 'utf8')).toBe(env);
  expect(readFileSync(join(folder, 'config'), 'utf8')).toMatch(/\/elsewhere\/mine:\/etc\/theirs\n$/);

  // A pipe can be read once.
  const piped = run([], { options, files, answers: `${REACHED}\n${MAY}\nexit 1`, text: script(options).replace('called_from=$PWD', 'called_from=$PWD\nexec 9< <(cat elsewhere/my.env)\nset -- --secrets-from /dev/fd/9') });
  expect(readFileSync(join(piped.folder, 'k8s/overlays/laptop/secrets.env'), 'utf8')).toBe(env);
});

test('writes the file of a developer\'s cluster from the keys that are needed alone, for nobody else to read', () => {
  const options = { environments: { laptop: { secretSource: SecretSource.ENV_FILE } } };
  const env = "export POSTGRES_PASSWORD='a b'\nREDIS_PASSWORD=\"c\"\r\nSECRET_KEY=d=e\nOTHER=f\n";
  const { folder, stderr } = run(['--secrets-from', '.env'], { options, answers: `${REACHED}\n${MAY}\nexit 1`, files: { '.env': env, 'k8s/overlays/laptop/kustomization.yaml': '' } });
  expect(readFileSync(join(folder, 'k8s/overlays/laptop/secrets.env'), 'utf8')).toBe('POSTGRES_PASSWORD=a b\nREDIS_PASSWORD=c\nSECRET_KEY=d=e\n');
  expect(stderr).toContain('k8s/overlays/laptop cannot be put together');
});

test.each([
  [SecretSource.ENV_FILE, 'k8s/overlays/production/secrets.env is missing, which git ignores; --secrets-from .env makes it of .env.'],
  [SecretSource.SEALED_SECRETS, 'k8s/overlays/production/sealed-secrets.yaml is missing: make it with kubeseal from a Secret shop-secrets with the keys: POSTGRES_PASSWORD REDIS_PASSWORD SECRET_KEY.'],
])('says how the file of %s is made', (secretSource, message) => {
  const { status, stderr } = run([], { options: { secretSource }, answers: REACHED });
  expect([status, stderr]).toEqual([2, `deploy.sh: ${message} Nothing was changed.\n`]);
});

test.each([
  ['the namespace', 'get namespace ', 'the namespace shop cannot be seen'],
  ['the Secret', 'get secret ', 'the Secret shop-secrets in the namespace shop cannot be read'],
  ['what runs', 'get pods,', 'what runs in the namespace shop cannot be seen'],
])('says in one line that a user may not see %s', (_, asked, message) => {
  const { status, stderr, order } = deployed(`case "$*" in *"${asked}"*) echo noise >&2; echo "Error from server (Forbidden): not you" >&2; exit 1 ;; *"get namespace "*) echo namespace/shop; exit ;; esac`);
  expect([status, order, stderr]).toEqual([2, [], `deploy.sh: ${message}: Error from server (Forbidden): not you. Nothing was changed.\n`]);
});

test('says what the overlay lacks, without the folders that kustomize went through', () => {
  const complaint = "error: accumulating resources: accumulation err='accumulating resources from '../../base': '/shop/k8s/base' must resolve to a file': "
    + "recursed accumulation of path '/shop/k8s/base': loading KV pairs: env source files: [web/settings.env]: no such file or directory";
  const { status, stderr } = deployed(`case "$*" in kustomize*) cat >&2 <<'END'\n${complaint}\nEND\nexit 1 ;; esac`);
  expect([status, stderr]).toEqual([2, [
    'deploy.sh: k8s/overlays/production cannot be put together: loading KV pairs: env source files: [web/settings.env]: no such file or directory.',
    'Nothing was changed.\n',
  ].join(' ')]);
});

test('a user who may not change the namespace deploys what is in it', () => {
  const { status, stdout, applied } = deployed('case "$*" in *"get namespace "*) echo namespace/shop; exit ;; *"auth can-i patch namespaces/shop") exit 1 ;; esac');
  expect(status).toBe(0);
  expect(stdout).toContain('  the namespace shop stays as it is: this user may not change it\n');
  expect(applied('first').slice(0, 2)).toEqual(['ConfigMap web-settings-5bm2hm5gt4', 'Secret shop-secrets']);
});

/** Interrupts the script itself, of which a pretended kubectl may be run by a subshell. */
const INTERRUPT = 'pid=$PPID; while up=$(ps -o ppid= -p $pid | tr -d " ") && ps -o args= -p $up | grep -q "^bash scripts/deploy.sh"; do pid=$up; done; kill -INT $pid; exit 1';

test.each([
  ['before anything was applied', 'kustomize', 'Nothing was changed.'],
  ['while the namespace is made', 'apply --server-side --field-manager deploy.sh --filename -', 'The namespace or the Secret may have been written, and nothing else.'],
  ['while it waits', 'rollout status StatefulSet', 'What was applied stays, and the cluster goes on with it: run this again to watch, or go back with kubectl rollout undo.'],
])('says what stays when it is interrupted %s, and leaves nothing behind', (_, at, said) => {
  const { status, stderr, folder } = deployed(`case "$*" in *"${at}"*) ${INTERRUPT} ;; esac`, { args: ['--timeout', '5'] });
  expect([status, stderr]).toEqual([130, `deploy.sh: interrupted. ${said}\n`]);
  expect(readdirSync(join(folder, 'k8s'))).toEqual(['overlays']);
});

test('leaves nothing behind in the folder of the manifests', () => {
  const { folder, asked } = run(['--tag', 'v2'], { answers: `${REACHED}\n${MAY}\ncase "$*" in kustomize*) printf 'kind: Job\\nmetadata:\\n  name: x-12345678\\n' ;; *) exit 1 ;; esac` });
  expect(asked.filter((each) => each.startsWith('kustomize'))).toEqual(['kustomize k8s/overlays/production', expect.stringMatching(/^kustomize k8s\/\.deploy-\d+$/)]);
  expect(spawnSync('ls', ['-A', join(folder, 'k8s')], { encoding: 'utf8' }).stdout).toBe('');
});

/** What kustomize puts together of a small shop: a store, work that runs once, and what serves. */
const MANIFESTS = [
  ['v1', 'Namespace', 'shop'], ['v1', 'ConfigMap', 'web-settings-5bm2hm5gt4'], ['v1', 'Secret', 'shop-secrets'], ['v1', 'ServiceAccount', 'web'],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'default-deny'], ['networking.k8s.io/v1', 'NetworkPolicy', 'store'], ['networking.k8s.io/v1', 'NetworkPolicy', 'load'],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'web'], ['v1', 'Service', 'store'], ['v1', 'Service', 'web'], ['apps/v1', 'StatefulSet', 'store'],
  ['batch/v1', 'Job', 'load-12345678'], ['apps/v1', 'Deployment', 'web'], ['policy/v1', 'PodDisruptionBudget', 'web'], ['networking.k8s.io/v1', 'Ingress', 'web'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', 'web'],
].map(([apiVersion, kind, name]) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  name: no\n`).join('---\n');

/** A cluster in which all goes well but what `answers` says; it keeps what was applied, in order. */
function deployed(answers: string, { args = ['--no-smoke'], options = {} }: { args?: string[]; options?: KubernetesTargetOptions } = {}) {
  const result = run(args, {
    options,
    files: { 'all.yaml': MANIFESTS, 'k8s/overlays/production/secrets.env': 'KEY=a\n', 'k8s/overlays/production/sealed-secrets.yaml': '' },
    answers: [
      REACHED, answers, 'case "$*" in',
      '  kustomize*) cat all.yaml ;;',
      '  *"apply "*--filename*/*) file=${@: -1}; echo "$(basename "$file")" >>order; cp "$file" "$(basename "$file").applied"; echo applied ;;',
      '  *"get secret "*) printf " POSTGRES_PASSWORD  REDIS_PASSWORD  SECRET_KEY " ;;',
      '  *"get job/"*Complete*) printf True ;;',
      '  *"get job/"*Failed*) ;;',
      '  *"rollout status"*) echo successfully rolled out ;;',
      '  *"evision}"*) printf 7 ;;',
      'esac',
    ].join('\n'),
  });
  const applied = (file: string) => {
    const path = join(result.folder, `${file}.yaml.applied`);
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return [...text.matchAll(/^kind: (.*)\nmetadata:\n {2}name: (.*)$/gm)].map(([, kind, name]) => `${kind} ${name}`);
  };
  const order = existsSync(join(result.folder, 'order')) ? readFileSync(join(result.folder, 'order'), 'utf8').trimEnd().split('\n') : [];
  return { ...result, applied, order };
}

test('applies what keeps data and runs once with what these need, and what serves when that is done', () => {
  const { status, stdout, order, applied, asked } = deployed('');
  expect([status, order]).toEqual([0, ['first.yaml', 'second.yaml']]);
  expect(applied('first')).toEqual([
    'Namespace shop', 'ConfigMap web-settings-5bm2hm5gt4', 'Secret shop-secrets', 'ServiceAccount web', 'NetworkPolicy default-deny', 'NetworkPolicy store',
    'NetworkPolicy load', 'Service store', 'StatefulSet store', 'Job load-12345678',
  ]);
  expect(applied('second')).toEqual(['NetworkPolicy web', 'Service web', 'Deployment web', 'PodDisruptionBudget web', 'Ingress web', 'HorizontalPodAutoscaler web']);
  const at = (words: string) => asked.findIndex((each) => each.includes(words));
  expect(at('second.yaml')).toBeGreaterThan(at('job/load-12345678'));
  expect(stdout).toContain('the Job load-12345678 is done');
});

test('a file of secrets is summed up as it will be, so that one deployment makes those anew that use what changed', () => {
  const { status, order, asked } = deployed('', { options: { environments: { production: { secretSource: SecretSource.ENV_FILE } } } });
  expect([status, order]).toEqual([0, ['secrets.yaml', 'first.yaml', 'second.yaml']]);
  expect(asked.filter((each) => each.includes('--from-env-file'))[0]).toMatch(/^create secret generic shop-secrets --from-env-file k8s\/overlays\/production\/secrets\.env --dry-run=client/);
});

const from = (secretSource: SecretSource) => ({ options: { environments: { production: { secretSource } } }, args: ['--no-smoke', '--timeout', '2'] });

test.each([
  [SecretSource.EXTERNAL_SECRETS, 'externalsecret', 'at=$(wc -l <asked) True', 1],
  [SecretSource.SEALED_SECRETS, 'sealedsecret', '2=$([ $(grep -c "get sealedsecret" asked) -gt 2 ] && echo 2 || echo 1) True', 0],
])('waits until %s says that the Secret is what it is to be, and then sums it up', (secretSource, kind, answer, annotated) => {
  const { status, stderr, order, asked } = deployed(`case "$*" in *"get ${kind}"*) echo "${answer}"; exit ;; esac`, from(secretSource));
  expect([status, order, stderr]).toEqual([0, ['secrets.yaml', 'first.yaml', 'second.yaml'], '']);
  const last = (words: string) => asked.map((each) => each.includes(words)).lastIndexOf(true);
  expect(asked.filter((each) => / annotate externalsecret shop-secrets --overwrite force-sync=\d+$/.test(each))).toHaveLength(annotated);
  expect(last('kustomize k8s/.deploy')).toBeGreaterThan(last(`get ${kind}`));
});

test.each([
  ['is not what it is to be', 'at=1 False no such key', ' is not what it is to be: external-secrets says: no such key. '],
  ['is not what it is to be, as an event tells', 'at=1 False could not', ' is not what it is to be: external-secrets says: could not: no key SECRET_KEY. '],
  ['lacks a key', 'at=2 True', ' lacks: SECRET_KEY after 2 s; external-secrets says: nothing. '],
  ['is not there', 'at=2 True', ' lacks: POSTGRES_PASSWORD REDIS_PASSWORD SECRET_KEY after 2 s; external-secrets says: nothing. '],
])('says that the Secret %s, and applies nothing else', (_, answer, message) => {
  const found = message.includes('lacks: SECRET_KEY') ? 'printf " POSTGRES_PASSWORD  REDIS_PASSWORD "; exit' : 'exit';
  const lacking = message.includes('lacks') ? `*"get secret "*) ${found} ;;` : '';
  const event = message.includes('could not:') ? '*"get events "*involvedObject.kind=ExternalSecret,involvedObject.name=shop-secrets*) printf "no key SECRET_KEY\nand more\n"; exit ;;' : '';
  const { status, stderr, order } = deployed(`case "$*" in *"get externalsecret"*) echo "${answer}"; exit ;; ${lacking} ${event} esac`, from(SecretSource.EXTERNAL_SECRETS));
  expect([status, order]).toEqual([1, ['secrets.yaml']]);
  expect(stderr).toContain(`deploy.sh: the Secret shop-secrets in the namespace shop${message}`);
});

test('goes on with the Secret that there is when nothing reports that it is the newest, and says so', () => {
  const { status, stderr } = deployed('case "$*" in *"get externalsecret"*) echo "at=1 True"; exit ;; esac', from(SecretSource.EXTERNAL_SECRETS));
  expect([status, stderr]).toEqual([0, '  the Secret shop-secrets may not be the newest: external-secrets did not report it within 2 s\n']);
});

test('prints what the API server warns of', () => {
  const { status, stderr } = deployed('case "$*" in *"apply "*second.yaml) echo "Warning: it is old" >&2 ;; esac');
  expect([status, stderr]).toEqual([0, '  Warning: it is old\n']);
});

test('a half that is refused takes back what was changed', () => {
  const { status, stderr, asked, folder } = deployed([
    'case "$*" in',
    '  *"apply "*second.yaml) touch refused; echo "web is invalid" >&2; exit 1 ;;',
    '  *"get Deployment/web"*revision*) if [ -e refused ] && ! [ -e undone ]; then printf 8; else printf 7; fi; exit ;;',
    '  *"get Deployment/web"*"-o yaml"*) printf "kind: Deployment\\nmetadata:\\n  name: web\\n  uid: u1\\nspec:\\n  replicas: 2\\n  template: old\\nstatus:\\n  replicas: 1\\n"; exit ;;',
    '  *"apply "*kept-Deployment-web.yaml) touch undone ;;',
    '  *"get --filename"*go-template*) if [ -e refused ]; then echo "Service/web b"; else echo "Service/web a"; fi; exit ;;',
    '  *"get --filename"*yaml*) echo "kind: List"; exit ;;',
    'esac',
  ].join('\n'));
  expect([status, stderr]).toEqual([1, [
    'deploy.sh: the cluster refuses the manifests: web is invalid. Taken back to what they were: Deployment/web Service/web.',
    'What Jobs did, settings and secrets stay as they are now; the old version serves where there was one.\n',
  ].join(' ')]);
  // There is an autoscaler: how many pods there are is its affair.
  expect(readFileSync(join(folder, 'kept-Deployment-web.yaml.applied'), 'utf8')).toBe('kind: Deployment\nmetadata:\n  name: web\nspec:\n  template: old\n');
  const restored = asked.flatMap((each, at) => (/apply .*before\.yaml/.test(each) ? [at] : []));
  expect(restored).toEqual([expect.any(Number)]);
  expect(restored[0]).toBeLessThan(asked.findIndex((each) => each.includes('kept-Deployment-web.yaml')));
});

test('says why a smoke check could not ask, and does not wait for what has ended', () => {
  const began = Date.now();
  const { status, stdout, stderr } = deployed('case "$*" in *" exec "*) printf "%s\\n" 42 analytics PONG NOAUTH; exit ;; *port-forward*) echo "error: not you" >&2; exit 1 ;; esac', { args: [] });
  expect(status).toBe(1);
  expect(stdout).toContain('  ✓ redis takes the password\n');
  expect(stderr).toMatch(/^deploy\.sh: the smoke check "backend answers at \/health" failed: no port-forward leads to backend: error: not you\. What Jobs did, /);
  expect(Date.now() - began).toBeLessThan(10_000);
});

test.each([
  ['what the program printed', 'echo half-way; echo "no such user" >&2; echo >&2; echo "command terminated with exit code 2" >&2; exit 1', 'no such user'],
  ['that it printed nothing', 'echo "command terminated with exit code 2" >&2; exit 1', 'it printed nothing'],
  ['what it printed instead', 'echo 41; exit', '41'],
])('says of a smoke check in a container %s', (_, answer, said) => {
  const { status, stderr } = deployed(`case "$*" in *" exec "*) ${answer} ;; esac`, { args: ['--timeout', '1'] });
  expect(status).toBe(1);
  expect(stderr).toContain(`deploy.sh: the smoke check "postgres runs a query with the password" failed in statefulset/postgres: ${said}. What Jobs did, `);
});

test('ends the port-forward of a smoke check', () => {
  const { status, folder } = deployed(`case "$*" in
    *" exec "*) printf "%s\\n" 42 analytics PONG NOAUTH; exit ;;
    *port-forward*) echo $$ >forward.pid; (${INTERRUPT}); exec sleep 20 ;;
  esac`, { args: [] });
  expect(status).toBe(130);
  expect(() => process.kill(Number(readFileSync(join(folder, 'forward.pid'), 'utf8')), 0)).toThrow('ESRCH');
});

const LATE = (line: string) => `case "$*" in *"rollout status Deployment"*) exit ;; *"get pods"*go-template*) echo "${line}"; exit ;; esac`;

test('says at once why no node takes a pod, and again when the time is over', () => {
  const { status, stdout, stderr } = deployed(LATE('u1 web-1 Unschedulable - 0/1 nodes are available: 1 Insufficient cpu. preemption: none'), { args: ['--no-smoke', '--timeout', '2'] });
  expect(status).toBe(1);
  expect(stdout.match(/waiting: no node takes web-1: 0\/1 nodes are available: 1 Insufficient cpu$/gm)).toHaveLength(1);
  expect(stderr).toMatch(/^deploy\.sh: Deployment\/web was not ready after 2 s: no node takes web-1: 0\/1 nodes are available: 1 Insufficient cpu\. /);
});

test('says why the cluster makes no pod, and waits no longer for what it never will', () => {
  const events = (reason: string) => [
    'case "$*" in',
    '  *"rollout status Deployment"*) exit ;;',
    `  *"get events"*) if [ -e second.yaml.applied ]; then echo 'e1/2 web-7c9 Error creating: pods "web-7c9-x" is forbidden: ${reason}'; fi; exit ;;`,
    'esac',
  ].join('\n');
  const quota = deployed(events('exceeded quota: few, requested: pods=1'), { args: ['--no-smoke', '--timeout', '2'] });
  expect(quota.stdout).toContain('  waiting: no pod of web may be made: exceeded quota: few, requested: pods=1\n');
  expect(quota.stderr).toMatch(/^deploy\.sh: Deployment\/web was not ready after 2 s: no pod of web may be made: exceeded quota/);
  const refused = deployed(events('violates PodSecurity "restricted:latest": runAsNonRoot'), { args: ['--no-smoke', '--timeout', '60'] });
  expect(refused.stderr).toMatch(/^deploy\.sh: no pod of web may be made: violates PodSecurity/);
});

test('deletes the settings of versions to which nothing goes back any more, and no others', () => {
  const { stdout, asked } = deployed([
    'case "$*" in',
    '  *"get configmaps"*) printf "configmap/%s\\n" web-settings-5bm2hm5gt4 web-settings-2222222222 web-settings-4444444444 kube-root-ca.crt; exit ;;',
    '  *replicasets*json*) echo "\\"web-settings-5bm2hm5gt4\\" \\"web-settings-4444444444\\""; exit ;;',
    'esac',
  ].join('\n'));
  expect(asked.filter((each) => each.includes('delete'))).toEqual(['--namespace shop delete configmap web-settings-2222222222']);
  expect(stdout).toContain('  settings of older versions were deleted: 1\n');
});

const CLUSTER = 'case "$*" in kustomize*) printf \'kind: Cluster\\nmetadata:\\n  name: postgres\\n---\\nkind: Job\\nmetadata:\\n  name: migrate-1\\n\'; exit ;; esac';
const operated = (answers: string, args = ['--no-smoke']) => run(args, { text: render(app({}, { environments: { production: {} } }))['scripts/deploy.sh'], answers: `${CLUSTER}\n${answers}` });

test('waits for what an operator runs before what needs the Secret that it makes', () => {
  const { status, asked, stdout, stderr } = operated(`case "$*" in
    *"apply --server-side --force-conflicts"*) grep -h '^kind' "\${!#}" | paste -s -d ' ' - >>asked ;;
    *clusters.postgresql.cnpg.io/postgres*Ready*) echo is=True ;;
    *job/migrate-1*Complete*) echo True ;;
  esac`);
  expect([status, stderr]).toEqual([0, '']);
  expect(asked.filter((line) => /^kind|cnpg|job\/migrate-1 .*Complete/.test(line)).map((line) => /^kind.*|cnpg|Complete/.exec(line)![0])).toEqual([
    'kind: Cluster', 'cnpg', 'kind: Cluster kind: Job', 'Complete',
  ]);
  expect(stdout).toMatch(/Cluster\/postgres is ready\n[^]*the Job migrate-1 is done/);
});

test('says at once that the image of what an operator runs cannot be pulled, and that nothing takes it back', () => {
  const pod = 'u1 postgres-1-initdb-x7k ImagePullBackOff ghcr.io/cloudnative-pg/postgresql:17 initdb';
  const { status, stderr, asked } = operated(`case "$*" in *cnpg.io*) echo "is=False Setting up primary" ;; *"get pods"*go-template*) echo "${pod}" ;; esac`, ['--no-smoke', '--timeout', '3']);
  expect([status, stderr]).toEqual([1, [
    'deploy.sh: the image ghcr.io/cloudnative-pg/postgresql:17 cannot be pulled (ImagePullBackOff).',
    'What Jobs did, settings, Cluster/postgres and secrets stay as they are now; the old version serves where there was one.\n',
  ].join(' ')]);
  expect(asked.filter((each) => each.includes('cnpg.io'))).toHaveLength(1);
});

test.each([
  ['what its operator says', 'is=False Waiting for the instances to become active', 'Waiting for the instances to become active.'],
  ['that there may be no operator', 'is= ', 'is the operator there?'],
])('says %s when time is up', (_, answer, said) => {
  const { status, stderr } = operated(`case "$*" in *cnpg.io*) echo "${answer}" ;; esac`, ['--no-smoke', '--timeout', '1']);
  expect(status).toBe(1);
  expect(stderr).toContain(`deploy.sh: the Cluster postgres was not ready after 1 s: ${said} What Jobs did, `);
});
