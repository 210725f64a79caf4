import { badOne, one, RuleCases, service } from './case';
import { HealthCheck } from '../../../src/model/health-check';
import { Mode } from '../../../src/model/mode';

const timed = (timing: { [key: string]: any }) => ({ healthCheck: HealthCheck.exec(['true'], timing) });
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

export const RUNNING_CASES: RuleCases[] = [
  {
    ruleId: 'PS011',
    bad: [
      badOne('no unit', { stopGracePeriod: '30' }, [
        'error PS011 at shop/stack/app: stopGracePeriod "30" is not a duration: whole numbers, each with us, ms, s, m or h. Write: stopGracePeriod: \'30s\'.',
      ]),
      badOne('units that there are not', { ...timed({ interval: '1 minute', timeout: '1.5s', startPeriod: '1d', startInterval: '' }) }, [
        'error PS011 at shop/stack/app: interval "1 minute" is not a duration: whole numbers, each with us, ms, s, m or h. Write: interval: \'1m\'.',
        'error PS011 at shop/stack/app: timeout "1.5s" is not a duration: whole numbers, each with us, ms, s, m or h. Write: timeout: \'5s\'.',
        'error PS011 at shop/stack/app: startPeriod "1d" is not a duration: whole numbers, each with us, ms, s, m or h. Write: startPeriod: \'24h\'.',
        'error PS011 at shop/stack/app: startInterval "" is not a duration: whole numbers, each with us, ms, s, m or h. Write: startInterval: \'1s\'.',
      ]),
      badOne('nothing, and no retries', { ...timed({ interval: '0s', timeout: '500us', startInterval: '0s', retries: 0 }) }, [
        'error PS011 at shop/stack/app: interval "0s" is shorter than the engine takes (1ms). Write: interval: \'10s\'.',
        'error PS011 at shop/stack/app: timeout "500us" is shorter than the engine takes (1ms). Write: timeout: \'5s\'.',
        'error PS011 at shop/stack/app: startInterval "0s" is shorter than the engine takes (1ms). Write: startInterval: \'1s\'.',
        'error PS011 at shop/stack/app: The health check has 0 retries; it takes a whole number from 1. Write: retries: 5.',
      ]),
      badOne('longer than can be counted', { stopGracePeriod: '9999999h', production: timed({ retries: 1.5 }) }, [
        'error PS011 at shop/stack/app: stopGracePeriod "9999999h" is longer than Compose can count (292 years). Write: stopGracePeriod: \'30s\'.',
        'error PS011 at shop/stack/app: In production, the health check has 1.5 retries; it takes a whole number from 1. Write: retries: 5.',
      ]),
    ],
    good: [one('what Compose reads', { stopGracePeriod: '1m30s', ...timed({ interval: '10s', timeout: '500ms', startPeriod: '0s', retries: 1 }) })],
  },
  {
    ruleId: 'PS013',
    bad: [
      {
        name: 'none',
        define: (stack) => { service(stack, 'app', { image: undefined }); },
        findings: [
          'error PS013 at shop/stack/app: The service "app" has neither an image nor a way to build one. Write: image: \'name:tag\', or imageBuild: { context: \'./folder\' }.',
        ],
      },
      badOne('capitals', { image: 'Acme/Shop:1' }, [
        'error PS013 at shop/stack/app: The image "Acme/Shop:1" cannot be read: "Shop" has capitals. Write: image: \'acme/shop:1\'.',
      ]),
      badOne('a path with capitals', { image: 'acme/Shop:1' }, [
        'error PS013 at shop/stack/app: The image "acme/Shop:1" cannot be read: "acme/Shop" has capitals. Write: image: \'acme/shop:1\'.',
      ]),
      badOne('an interpolation', { image: 'postgres:${TAG}' }, [
        'error PS013 at shop/stack/app: The image "postgres:${TAG}" cannot be read: "${TAG}" is no tag: at most 128 letters, digits, "_", "." and hyphens, no "." or hyphen first. Write: image: \'registry.example.com/team/name:1.2.3\'.',
      ]),
      badOne('a bad digest', { image: 'postgres@sha256:12' }, [
        'error PS013 at shop/stack/app: The image "postgres@sha256:12" cannot be read: "sha256:12" is no digest such as sha256: and 64 hexadecimal digits. Write: image: \'registry.example.com/team/name:1.2.3\'.',
      ]),
      badOne('empty', { image: '', production: { image: 'a//b' } }, [
        'error PS013 at shop/stack/app: In development, the image "" cannot be read: it has no name. Write: image: \'registry.example.com/team/name:1.2.3\'.',
        'error PS013 at shop/stack/app: In production, the image "a//b" cannot be read: "" is no part of a name: lower-case letters and digits, with single ".", "_" or hyphens between. Write: image: \'registry.example.com/team/name:1.2.3\'.',
      ]),
      badOne('a registry that is none', { image: 'my_host.example.com:5000/a:1' }, [
        'error PS013 at shop/stack/app: The image "my_host.example.com:5000/a:1" cannot be read: "my_host.example.com:5000" is no registry host. Write: image: \'registry.example.com/team/name:1.2.3\'.',
      ]),
      badOne('64 hexadecimal digits, and a name too long', { image: 'a'.repeat(64), production: { image: `${'a/'.repeat(128)}a` } }, [
        'error PS013 at shop/stack/app: In development, the image "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" cannot be read: its name would be read as an image id. Write: image: \'registry.example.com/team/name:1.2.3\'.',
        'error PS013 at shop/stack/app: In production, the image "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a" cannot be read: its name is longer than 255 characters. Write: image: \'registry.example.com/team/name:1.2.3\'.',
      ]),
    ],
    good: ['postgres:17', 'localhost:5000/a/b__c:x', 'ghcr.io/a-b/c.d:1_2', '[::1]:5000/a:1', `a@${digest}`, `a:1@${digest}`, 'Registry/a:1', 'a/b--c:V.1']
      .map((image) => one(image, { image })).concat(one('built', { image: undefined, imageBuild: {} }), one('built and named', { image: 'shop:1', imageBuild: {} })),
  },
  {
    ruleId: 'PS014',
    bad: [badOne('latest', { image: 'redis:latest' }, [
      'error PS014 at shop/stack/app: In production, the image "redis:latest" has the tag latest. Write: image: \'redis:1.2.3\' with the version that you tested.',
    ]), badOne('no tag', { production: { image: 'localhost:5000/redis' } }, [
      'error PS014 at shop/stack/app: In production, the image "localhost:5000/redis" has no tag, which means latest. Write: image: \'localhost:5000/redis:1.2.3\' with the version that you tested.',
    ])],
    good: [
      one('a tag', { image: 'redis:8' }),
      one('a digest', { image: `redis@${digest}` }),
      one('in development alone', { image: 'adminer', modes: [Mode.DEVELOPMENT] }),
      one('built here', { image: 'shop', imageBuild: {} }),
    ],
  },
  {
    ruleId: 'PS021',
    bad: [
      badOne('a name that the engine refuses', { containerName: 'my shop' }, [
        'error PS021 at shop/stack/app: The container name "my shop" is not two or more letters, digits, "_", "." and hyphens, a letter or digit first. Remove containerName: the engine makes a name from those of the stack and of the service.',
      ]),
      {
        name: 'twice',
        define: (stack) => { service(stack, 'a', { containerName: 'shop' }); service(stack, 'b', { containerName: 'shop' }); },
        findings: [
          'error PS021 at shop/stack/b: The container name "shop" is already that of shop/stack/a. Remove containerName: the engine makes a name from those of the stack and of the service.',
        ],
      },
      badOne('replicas', { containerName: 'shop', replicas: 2 }, [
        'error PS021 at shop/stack/app: 2 containers cannot all have the name "shop". Remove containerName: the engine makes a name from those of the stack and of the service, or write: replicas: 1.',
      ]),
    ],
    good: [
      one('one of a name', { containerName: 'shop-1', replicas: 1 }),
      { name: 'in different modes', define: (stack) => { service(stack, 'a', { containerName: 'shop', modes: [Mode.DEVELOPMENT] }); service(stack, 'b', { containerName: 'shop', modes: [Mode.PRODUCTION] }); } },
    ],
  },
  {
    ruleId: 'PS022',
    bad: [badOne('neither limit nor check', { production: { resources: { memory: '0' } } }, [
      "warning PS022 at shop/stack/app: In production, it has no memory limit. Write: production: { resources: { memory: '512M' } }.",
      "warning PS022 at shop/stack/app: In production, it has no health check. Write: healthCheck: HealthCheck.http('/health'), or tcp, or exec.",
    ]), badOne('no check at all', { healthCheck: HealthCheck.none() }, [
      "warning PS022 at shop/stack/app: In production, it has no health check. Write: healthCheck: HealthCheck.http('/health'), or tcp, or exec.",
    ])],
    good: [
      one('a check, and the limit that there is by default', timed({})),
      one('one that runs once', { oneShot: true }),
      one('development', { modes: [Mode.DEVELOPMENT] }),
    ],
  },
  {
    ruleId: 'PS023',
    bad: [
      badOne('none declared', { networks: ['back'] }, [
        'error PS023 at shop/stack/app: It joins the network "back", which the stack does not declare. Write: stack.addNetwork({ name: \'back\' }).',
      ]),
      {
        name: 'an extension to Compose',
        props: { networks: [{ name: 'x-net' }] },
        define: (stack) => { service(stack, 'app'); },
        findings: [
          'error PS023 at shop/stack: The network name "x-net" is not made of letters, digits, "_", "." and hyphens, a letter or digit first, and not "x-". Write: name: \'net\'.',
        ],
      },
      {
        name: 'not declared, and twice',
        props: { networks: [{ name: 'front' }, { name: 'front' }, { name: 'my net' }] },
        define: (stack) => { service(stack, 'app', { networks: ['front', 'front', 'back'] }); },
        findings: [
          'error PS023 at shop/stack: The network name "my net" is not made of letters, digits, "_", "." and hyphens, a letter or digit first, and not "x-". Write: name: \'my_net\'.',
          'error PS023 at shop/stack: The network "front" is declared twice. Remove one of them.',
          'error PS023 at shop/stack/app: It joins the network "back", which the stack does not declare. Write: stack.addNetwork({ name: \'back\' }), or one of: \'front\', \'my net\'.',
          'error PS023 at shop/stack/app: It joins the network "front" twice. Remove one of them.',
        ],
      },
    ],
    good: [{ name: 'declared', props: { networks: [{ name: 'front' }, { name: 'back' }] }, define: (stack) => { service(stack, 'app', { networks: ['back'] }); } }],
  },
  {
    ruleId: 'PS027',
    bad: [
      badOne('all of them', { user: 'a b', platform: 'amd64', pullPolicy: 'sometimes', stopSignal: 'SIGFOO', workingDir: 'app', hostname: 'my_host' }, [
        'error PS027 at shop/stack/app: user "a b" is not a user, or a user and a group after a colon. Write: user: \'1000:1000\'.',
        'error PS027 at shop/stack/app: platform "amd64" is not a system and an architecture after a slash. Write: platform: \'linux/amd64\'.',
        'error PS027 at shop/stack/app: pullPolicy "sometimes" is not always, never, missing, build, daily, weekly or every_ and a time such as 12h. Write: pullPolicy: \'missing\'.',
        'error PS027 at shop/stack/app: stopSignal "SIGFOO" is not a signal of Linux. Write: stopSignal: \'SIGTERM\'.',
        'error PS027 at shop/stack/app: workingDir "app" is not an absolute path of the container. Write: workingDir: \'/app\'.',
        'error PS027 at shop/stack/app: hostname "my_host" is not a host name: at most 63 letters, digits and hyphens, with dots between labels. Write: hostname: \'app\'.',
      ]),
      badOne('halves', { user: ':1000', platform: 'linux/', pullPolicy: 'every_', stopSignal: '65', hostname: `a${'.a'.repeat(40)}` }, [
        'error PS027 at shop/stack/app: user ":1000" is not a user, or a user and a group after a colon. Write: user: \'1000:1000\'.',
        'error PS027 at shop/stack/app: platform "linux/" is not a system and an architecture after a slash. Write: platform: \'linux/amd64\'.',
        'error PS027 at shop/stack/app: pullPolicy "every_" is not always, never, missing, build, daily, weekly or every_ and a time such as 12h. Write: pullPolicy: \'missing\'.',
        'error PS027 at shop/stack/app: stopSignal "65" is not a signal of Linux. Write: stopSignal: \'SIGTERM\'.',
        'error PS027 at shop/stack/app: hostname "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a" is not a host name: at most 63 letters, digits and hyphens, with dots between labels. Write: hostname: \'app\'.',
      ]),
    ],
    good: [
      one('common ones', { user: '1000:1000', platform: 'linux/arm64/v8', pullPolicy: 'every_12h', stopSignal: 'SIGQUIT', workingDir: '/app', hostname: 'a.b' }),
      one('others', { user: 'app:www-data', platform: 'linux/amd64', pullPolicy: 'build', stopSignal: 'SIGRTMIN+3' }),
      one('numbers', { user: '0', stopSignal: '15' }),
    ],
  },
  {
    ruleId: 'PS033',
    bad: [badOne('development alone', { image: 'adminer', modes: [Mode.DEVELOPMENT] }, [
      'warning PS033 at shop/stack/app: The image "adminer" has no tag, which means latest. Write: image: \'adminer:1.2.3\' with a version.',
    ]), badOne('another image than in production', { development: { image: 'redis:latest' } }, [
      'warning PS033 at shop/stack/app: In development, the image "redis:latest" has the tag latest. Write: image: \'redis:1.2.3\' with a version.',
    ])],
    good: [one('a tag', { image: 'adminer:5', modes: [Mode.DEVELOPMENT] }), one('what the rule of production says already', { image: 'redis' })],
  },
  {
    ruleId: 'PS034',
    bad: [
      badOne('twice', { securityOpt: ['seccomp:a', 'seccomp:a'], capAdd: ['CHOWN', 'CHOWN'] }, [
        'error PS034 at shop/stack/app: capAdd names "CHOWN" twice. Remove one of them.',
        'error PS034 at shop/stack/app: securityOpt names "seccomp:a" twice. Remove one of them.',
      ]),
      badOne('no names', { securityOpt: [''], capDrop: ['all', ''] }, [
        'error PS034 at shop/stack/app: capDrop names "all", which is no capability of Linux. Write: capDrop: [\'NET_ADMIN\'] (capitals), or [\'ALL\'].',
        'error PS034 at shop/stack/app: capDrop names "", which is no capability of Linux. Write: capDrop: [\'NET_ADMIN\'] (capitals), or [\'ALL\'].',
        'error PS034 at shop/stack/app: securityOpt names "", which is no option. Write: securityOpt: [\'no-new-privileges:true\'].',
      ]),
    ],
    good: [one('ordinary ones', { securityOpt: ['no-new-privileges:true', 'seccomp=unconfined'], capDrop: ['ALL'], capAdd: ['NET_BIND_SERVICE'] })],
  },
  {
    ruleId: 'PS035',
    bad: [badOne('empty, interpolated, a space', { imageBuild: { context: '', dockerfile: '${FILE}', target: 'my stage' } }, [
      'error PS035 at shop/stack/app: context "" of the build is empty. Write: imageBuild: { context: \'./backend\' }.',
      'error PS035 at shop/stack/app: dockerfile "${FILE}" of the build is nothing that Compose can pass on unchanged. Write: imageBuild: { dockerfile: \'Dockerfile\' }.',
      'error PS035 at shop/stack/app: target "my stage" of the build is nothing that Compose can pass on unchanged. Write: imageBuild: { target: \'production\' }.',
    ])],
    good: [one('paths', { imageBuild: { context: './my app', dockerfile: '../docker/Dockerfile', target: 'production' } })],
  },
  {
    ruleId: 'PS036',
    bad: [
      ['../infra', 'infra'], ['/srv/infra', 'infra'], ['a/../../b', 'b'], ['C:\\infra', 'infra'], ['..', 'infra'],
    ].map(([directory, better]) => ({
      name: `the folder ${directory}`,
      props: { directory },
      define: (stack) => { service(stack, 'app', { healthCheck: HealthCheck.tcp(), ports: [{ name: 'http', port: 80 }] }); },
      findings: [`error PS036 at shop/stack: The folder ${JSON.stringify(directory)} is not one below the project, written with "/". Write: directory: '${better}'.`],
    })),
    good: ['', 'infra', './infra', 'deploy/infra/', 'a/../b', '.docker', '..infra'].map((directory) => ({
      name: `the folder ${directory}`,
      props: { directory },
      define: (stack) => { service(stack, 'app', { healthCheck: HealthCheck.tcp(), ports: [{ name: 'http', port: 80 }] }); },
    })),
  },
];
