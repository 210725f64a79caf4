import { describeCases, services, told, web } from './support';
import { checkReferences } from '../../../../src/targets/compose/schema/check-references';

const healthy = { depends_on: { db: { condition: 'service_healthy' } } };
const checked = { healthcheck: { test: ['CMD', 'true'] } };

describeCases([
  {
    what: 'a dependency on a service that does not exist',
    bad: services({ web: { depends_on: ['databse'] }, database: {} }),
    says: ['error services.web.depends_on.0 | Service "web" depends on "databse", which is no service of this file. | Did you mean "database"?'],
    good: [services({ web: { depends_on: ['database'] }, database: {} }), services({ web: { depends_on: ['${DB:-database}'] }, database: {} }), web({ depends_on: ['${DB}'] })],
  },
  {
    what: 'a dependency that is not required and does not exist',
    bad: web({ depends_on: { mail: { condition: 'service_started', required: false } } }),
    says: ['error services.web.depends_on.mail | Service "web" depends on "mail", which is no service of this file. | Declare "mail" under "services", or remove the reference.'],
    good: [web({ depends_on: { mail: { condition: 'service_started', required: false } } }, { include: ['mail.yaml'] })],
  },
  {
    what: 'links, volumes_from and shared namespaces of a service that does not exist',
    bad: web({ links: ['a:alias'], volumes_from: ['b:ro'], network_mode: 'service:c', ipc: 'service:d', pid: 'service:e' }),
    says: [
      'error services.web.links.0 | Service "web" depends on "a", which is no service of this file. | Declare "a" under "services", or remove the reference.',
      'error services.web.volumes_from.0 | Service "web" depends on "b", which is no service of this file. | Declare "b" under "services", or remove the reference.',
      'error services.web.network_mode | Service "web" depends on "c", which is no service of this file. | Declare "c" under "services", or remove the reference.',
      'error services.web.ipc | Service "web" depends on "d", which is no service of this file. | Declare "d" under "services", or remove the reference.',
      'error services.web.pid | Service "web" depends on "e", which is no service of this file. | Declare "e" under "services", or remove the reference.',
    ],
    good: [
      services({ web: { links: ['a:alias'], volumes_from: ['a:ro', 'container:x'], network_mode: 'service:a', ipc: 'service:a', pid: 'service:a' }, a: {} }),
      web({ network_mode: 'host', ipc: 'shareable', pid: 'container:x', external_links: ['a:b'] }),
    ],
  },
  {
    what: 'extends of a service that does not exist',
    bad: web({ extends: 'base' }),
    says: ['error services.web.extends | Service "web" extends "base", which is no service of this file. | Declare "base" under "services", or remove the reference.'],
    good: [services({ web: { extends: { service: 'base' } }, base: {} }), web({ extends: { service: 'base', file: 'base.yaml' } })],
  },
  {
    what: 'services that extend one another',
    bad: services({ a: { extends: 'b' }, b: { extends: 'a' } }),
    says: ['error services.b.extends | Services extend one another in a circle: a -> b -> a. | Remove one "extends".'],
    good: [services({ a: { extends: 'b' }, b: {} })],
  },
  {
    what: 'a circle of dependencies',
    bad: services({ a: { depends_on: ['b'] }, b: { links: ['c'] }, c: { network_mode: 'service:b' } }),
    says: ['error services.c.network_mode | Services wait for one another in a circle: b -> c -> b. | Remove one of these dependencies, for example the one of "c" on "b".'],
    good: [services({ a: { depends_on: ['b', 'c'] }, b: { depends_on: ['c'] }, c: {} })],
  },
  {
    what: 'a service that depends on itself',
    bad: web({ depends_on: ['web'] }),
    says: ['error services.web.depends_on.0 | Service "web" depends on itself. | Remove the dependency.'],
    good: [web({ depends_on: [] })],
  },
  {
    what: 'a circle through what is extended',
    bad: services({ base: { depends_on: ['web'] }, web: { extends: 'base' } }),
    says: ['error services.web.depends_on.0 | Service "web" depends on itself. | Remove the dependency.'],
    good: [services({ base: { depends_on: ['db'] }, web: { extends: 'base' }, db: {} })],
  },
  {
    what: 'a service that always runs and needs one of a profile',
    bad: services({ web: { depends_on: ['db'] }, db: { profiles: ['data', 'all'] } }),
    says: ['error services.web.depends_on.0 | Service "web" always runs, and depends on "db", which runs in profile "data" or "all" only. | '
      + 'Give "web" the profile "data", take the profiles of "db" away, or write "required": false.'],
    good: [
      services({ web: { depends_on: ['db'], profiles: ['data'] }, db: { profiles: ['data', 'all'] } }),
      services({ web: { depends_on: { db: { condition: 'service_started', required: false } } }, db: { profiles: ['data'] } }),
      services({ web: { depends_on: ['db'], profiles: ['data'] }, db: {} }),
    ],
  },
  {
    what: 'a service of one profile that needs one of another',
    bad: services({ web: { depends_on: ['db'], profiles: ['data', 'web'] }, db: { profiles: ['data'] } }),
    says: ['warning services.web.depends_on.0 | Service "web" also runs in profile "web", and depends on "db", which runs in profile "data" only. | '
      + 'Add the profile "web" to "db", or write "required": false.'],
    good: [services({ web: { depends_on: ['db'], profiles: ['data', 'web'] }, db: { profiles: ['web', 'data'] } })],
  },
  {
    what: 'the health of a service that reports none',
    bad: services({ web: healthy, db: {} }),
    says: ['warning services.web.depends_on.db.condition | Service "web" waits until "db" is healthy, and "db" has no health check, unless its image defines one. | '
      + 'Give "db" a "healthcheck", or write "service_started".'],
    good: [
      services({ web: healthy, db: checked }), services({ web: healthy, db: { extends: 'base' }, base: checked }),
      services({ web: healthy, db: { extends: { service: 'x', file: 'x.yaml' } } }), services({ web: { depends_on: { db: { condition: 'service_started' } } }, db: {} }),
    ],
  },
  {
    what: 'the health of a service whose check is disabled',
    bad: services({ web: healthy, db: { healthcheck: { disable: true } } }),
    says: ['error services.web.depends_on.db.condition | Service "web" waits until "db" is healthy, and the health check of "db" is disabled. | '
      + 'Write "service_started", or give that service a health check.'],
    good: [services({ web: healthy, db: { healthcheck: { disable: false, test: 'true' } } })],
  },
  {
    what: 'a check that is disabled by its test, in what is extended',
    bad: services({ web: healthy, base: { healthcheck: { test: ['NONE'] } }, db: { extends: 'base' } }),
    says: ['error services.web.depends_on.db.condition | Service "web" waits until "db" is healthy, and the health check of "db" is disabled. | '
      + 'Write "service_started", or give that service a health check.'],
    good: [services({ web: healthy, base: { healthcheck: { test: ['NONE'] } }, db: { extends: 'base', healthcheck: { test: ['CMD', 'true'] } } })],
  },
  {
    what: 'a network that is not declared, as list and as mapping',
    bad: services({ a: { networks: ['bcak', 'default'] }, b: { networks: { host: null } }, c: { networks: ['back'] } }, { networks: { back: null } }),
    says: [
      'error services.a.networks.0 | Service "a" uses the network "bcak", which is not declared under "networks". | Did you mean "back"?',
      'error services.b.networks.host | Service "b" uses the network "host", which is not declared under "networks". | Declare "host" under "networks", or remove the reference.',
    ],
    good: [web({ networks: ['back', 'default'] }, { networks: { back: null } }), web({ networks: ['default'] }), web({ networks: ['back'] }, { include: ['a.yaml'] })],
  },
  {
    what: 'a volume that is not declared, in short and in long syntax',
    bad: web({ volumes: ['data:/a:ro', { type: 'volume', source: './x', target: '/b' }, '${V:-cache}:/c'] }),
    says: [
      'error services.web.volumes.0 | Service "web" uses the volume "data", which is not declared under "volumes". | Declare "data" under "volumes", or remove the reference.',
      'error services.web.volumes.1.source | Service "web" uses the volume "./x", which is not declared under "volumes". | Declare "./x" under "volumes", or remove the reference.',
      'error services.web.volumes.2 | Service "web" uses the volume "cache", which is not declared under "volumes". | Declare "cache" under "volumes", or remove the reference.',
    ],
    good: [
      web({ volumes: ['data:/a:ro', { type: 'volume', source: 'data', target: '/b' }, '/c', './d:/d', '~/e:/e', '../f:/f', 'C:\\g:/g', '${V:?set it}:/h'] }, { volumes: { data: null } }),
      web({ volumes: [{ type: 'volume', target: '/a' }, { type: 'tmpfs', target: '/b' }, { type: 'bind', source: 'c', target: '/c' }, '${V:-./x}:/d'] }),
    ],
  },
  {
    what: 'a secret and a config that are not declared',
    bad: web({ secrets: ['s'], configs: [{ source: 'c' }], build: { context: '.', secrets: ['b'] } }),
    says: [
      'error services.web.secrets.0 | Service "web" uses the secret "s", which is not declared under "secrets". | Declare "s" under "secrets", or remove the reference.',
      'error services.web.configs.0.source | Service "web" uses the config "c", which is not declared under "configs". | Declare "c" under "configs", or remove the reference.',
      'error services.web.build.secrets.0 | Service "web" uses the secret "b", which is not declared under "secrets". | Declare "b" under "secrets", or remove the reference.',
    ],
    good: [web({ secrets: ['s'], configs: [{ source: 'c' }], build: { context: '.', secrets: ['s'] } }, { secrets: { s: { file: 'x' } }, configs: { c: { content: 'x' } } })],
  },
  {
    what: 'a secret without a source',
    bad: web({ secrets: [{ target: 'x' }] }),
    says: ['error services.web.secrets.0 | This names no secret. | Add "source" with the name of one under "secrets".'],
    good: [web({ secrets: [{ source: 's', target: 'x' }] }, { secrets: { s: { environment: 'X' } } })],
  },
  {
    what: 'a config of credential_spec and a model that are not declared',
    bad: web({ credential_spec: { config: 'c' }, models: ['m'] }),
    says: [
      'error services.web.credential_spec.config | Service "web" uses the config "c", which is not declared under "configs". | Declare "c" under "configs", or remove the reference.',
      'error services.web.models.0 | Service "web" uses the model "m", which is not declared under "models". | Declare "m" under "models", or remove the reference.',
    ],
    good: [web({ credential_spec: { config: 'c' }, models: { m: null } }, { configs: { c: { file: 'x' } }, models: { m: { model: 'x' } } })],
  },
  {
    what: 'what no service uses',
    bad: web({}, { volumes: { v: null }, networks: { n: null, default: null }, secrets: { s: { file: 'x' } }, configs: { c: { file: 'x' } } }),
    says: [
      'warning volumes.v | No service uses the volume "v"; Compose passes over it. | Remove it, or use it in a service.',
      'warning networks.n | No service uses the network "n"; Compose passes over it. | Remove it, or use it in a service.',
      'warning secrets.s | No service uses the secret "s"; Compose passes over it. | Remove it, or use it in a service.',
      'warning configs.c | No service uses the config "c"; Compose passes over it. | Remove it, or use it in a service.',
    ],
    good: [
      web({ volumes: ['vv:/v'], networks: ['n'] }, { volumes: { vv: null }, networks: { n: null, default: null } }),
      web({ volumes: ['${V}:/v'] }, { volumes: { v: null } }), web({}, { volumes: { v: null }, include: ['a.yaml'] }),
      web({ extends: { service: 'a', file: 'a.yaml' } }, { volumes: { v: null } }),
    ],
  },
]);

test('problems come in the order of the document', () => {
  const document = { volumes: { v: null }, services: { z: { restart: 'x', image: 'x', depends_on: ['q'] }, a: { command: 'x' } }, name: 'A' };
  expect(checkReferences(document).map(({ path }) => path.join('.'))).toEqual(['volumes.v', 'services.z.restart', 'services.z.depends_on.0', 'services.a', 'name']);
});

test.each([null, undefined, 5, 'x', [], { services: null }, { services: { web: 5 } }, { services: { web: { ports: 'x', depends_on: 5, volumes: [null], deploy: [] } }, volumes: 'x' }])(
  'a document of a wrong shape is no reason to crash: %j', (document) => {
    expect(() => checkReferences(document)).not.toThrow();
  });

test('names that every object of JavaScript has are names like others', () => {
  expect(told(web({ networks: ['constructor'], depends_on: ['toString'] }))).toEqual([
    'error services.web.networks.0 | Service "web" uses the network "constructor", which is not declared under "networks". | Declare "constructor" under "networks", or remove the reference.',
    'error services.web.depends_on.0 | Service "web" depends on "toString", which is no service of this file. | Declare "toString" under "services", or remove the reference.',
  ]);
});
