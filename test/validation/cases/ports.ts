import { badOne, one, RuleCases, service } from './case';
import { HealthCheck } from '../../../src/model/health-check';
import { Mode, MODES } from '../../../src/model/mode';
import { PortProtocol } from '../../../src/model/port';

const http = (port: number) => ({ name: 'http', port });

export const PORT_CASES: RuleCases[] = [
  {
    ruleId: 'PS008',
    bad: [
      badOne('out of range', { ports: [http(65536)] }, [
        'error PS008 at shop/stack/app: The port "http" listens on 65536, which is no whole number from 1 to 65535. Write: port: 8080 (what the program in the container listens on).',
      ]),
      badOne('no whole number, and a host port of 0', { ports: [{ name: 'a', port: 80.5 }, { name: 'b', port: 81, hostPort: 0 }, { name: 'c', port: NaN, hostPort: -1 }] }, [
        'error PS008 at shop/stack/app: The port "a" listens on 80.5, which is no whole number from 1 to 65535. Write: port: 8080 (what the program in the container listens on).',
        'error PS008 at shop/stack/app: The port "b" has the host port 0, which is no whole number from 1 to 65535. Write: hostPort: 81. For a free one at each start, set its variable to 0 in .env.',
        'error PS008 at shop/stack/app: The port "c" listens on NaN, which is no whole number from 1 to 65535. Write: port: 8080 (what the program in the container listens on).',
        'error PS008 at shop/stack/app: The port "c" has the host port -1, which is no whole number from 1 to 65535. Write: hostPort: 8080.',
      ]),
      badOne('a host name as address', { ports: [{ ...http(80), hostAddress: 'localhost' }, { name: 'b', port: 81, hostAddress: 'fe80::1%eth0' }] }, [
        'error PS008 at shop/stack/app: The port "http" has the host address "localhost", which is no IP address. Write: hostAddress: \'127.0.0.1\' for this machine alone, or \'0.0.0.0\' for the whole network.',
        'error PS008 at shop/stack/app: The port "b" has the host address "fe80::1%eth0", which is no IP address. Write: hostAddress: \'127.0.0.1\' for this machine alone, or \'0.0.0.0\' for the whole network.',
      ]),
    ],
    good: [one('the ends of the range', { ports: [http(1), { name: 'b', port: 65535, hostPort: 65535, hostAddress: '::1' }] })],
  },
  {
    ruleId: 'PS010',
    bad: [
      {
        name: 'two services on one port',
        define: (stack) => { service(stack, 'api', { ports: [http(8080)] }); service(stack, 'web', { ports: [http(8080)] }); },
        findings: [
          'error PS010 at shop/stack/web: In development, the port "http" is published on 127.0.0.1:8080/tcp, as is the port "http" of shop/stack/api. Write: hostPort: 8081 on one of them.',
        ],
      },
      {
        name: 'three, one of them on all addresses, one only in production',
        define: (stack) => {
          service(stack, 'a', { ports: [http(80)] });
          service(stack, 'b', { ports: [{ ...http(80), hostAddress: '0.0.0.0' }] });
          service(stack, 'c', { ports: [{ ...http(80), hostAddress: '10.0.0.1', publish: [...MODES] }] });
          service(stack, 'd', { ports: [{ ...http(80), hostAddress: '10.0.0.1', publish: [Mode.PRODUCTION] }] });
        },
        findings: [
          'error PS010 at shop/stack/b: In development, the port "http" is published on 0.0.0.0:80/tcp, as is the port "http" of shop/stack/a. Write: hostPort: 81 on one of them.',
          'error PS010 at shop/stack/c: In development, the port "http" is published on 10.0.0.1:80/tcp, as is the port "http" of shop/stack/b. Write: hostPort: 82 on one of them.',
          'error PS010 at shop/stack/d: In production, the port "http" is published on 10.0.0.1:80/tcp, as is the port "http" of shop/stack/c. Write: hostPort: 81 on one of them.',
        ],
      },
      badOne('one variable for two ports', { ports: [{ ...http(80), variableName: 'P' }, { name: 'b', port: 81, variableName: 'P' }] }, [
        'error PS010 at shop/stack/app: In development, the port "b" is moved by the variable P, as is the port "http" of shop/stack/app. Write: variableName: \'P_2_PORT\' on one of them.',
      ]),
      badOne('two ports of one service, all addresses of IPv6', {
        ports: [{ ...http(80), hostAddress: '::1' }, { name: 'b', port: 81, hostPort: 80, hostAddress: '::' }],
      }, [
        'error PS010 at shop/stack/app: In development, the port "b" is published on [::]:80/tcp, as is the port "http" of shop/stack/app. Write: hostPort: 81 on one of them.',
      ]),
    ],
    good: [
      {
        name: 'other addresses, protocols, modes and unpublished ones',
        define: (stack) => {
          service(stack, 'a', { ports: [http(80)] });
          service(stack, 'b', { ports: [{ ...http(80), hostAddress: '10.0.0.1' }] });
          service(stack, 'c', { ports: [{ ...http(80), protocol: PortProtocol.UDP }] });
          service(stack, 'd', { ports: [http(80)], modes: [Mode.PRODUCTION] });
          service(stack, 'e', { ports: [{ ...http(80), publish: [] }] });
          service(stack, 'f', { ports: [{ ...http(80), hostAddress: '::' }] });
          service(stack, 'g', { ports: [{ ...http(80), hostPort: 81 }] });
        },
      },
    ],
  },
  {
    ruleId: 'PS025',
    bad: [
      badOne('a port that is not there', { ports: [http(80), { name: 'admin', port: 81 }], healthCheck: HealthCheck.http('/', { port: 'web' }) }, [
        'error PS025 at shop/stack/app: The http health check asks the port "web", which the service does not have. Write: port: \'http\' or \'admin\'.',
      ]),
      badOne('no port at all', { healthCheck: HealthCheck.tcp() }, [
        "error PS025 at shop/stack/app: The tcp health check has no port to ask: the service declares none. Write: ports: [{ name: 'http', port: 8080 }].",
      ]),
      badOne('a question about the program itself that asks no port', { healthCheck: HealthCheck.exec(['true']).withLiveness(HealthCheck.tcp()) }, [
        "error PS025 at shop/stack/app: The tcp health check has no port to ask: the service declares none. Write: ports: [{ name: 'http', port: 8080 }].",
      ]),
      badOne('a path without its slash', { ports: [http(80)], healthCheck: HealthCheck.http('health') }, [
        'error PS025 at shop/stack/app: The path "health" of the http health check has no leading slash. Write: HealthCheck.http(\'/health\').',
      ]),
      badOne('a path that no URL has', { ports: [http(80)], healthCheck: HealthCheck.http("/it's up") }, [
        'error PS025 at shop/stack/app: The path "/it\'s up" of the http health check has characters that no URL has. Write: HealthCheck.http(\'/it%27s%20up\').',
      ]),
      badOne('no program', { healthCheck: HealthCheck.exec([]), production: { healthCheck: HealthCheck.shell(' ') } }, [
        "error PS025 at shop/stack/app: In development, the exec health check has nothing to run. Write: HealthCheck.exec(['program', 'argument']).",
        "error PS025 at shop/stack/app: In production, the shell health check has nothing to run. Write: HealthCheck.exec(['program', 'argument']).",
      ]),
    ],
    good: [
      one('the first port', { ports: [http(80)], healthCheck: HealthCheck.http('/health?full=1&x=%20') }),
      one('a named port', { ports: [http(80), { name: 'b', port: 81 }], healthCheck: HealthCheck.tcp({ port: 'b' }) }),
      one('a program', { healthCheck: HealthCheck.exec(['true']) }),
      one('none', { healthCheck: HealthCheck.none() }),
    ],
  },
  {
    ruleId: 'PS026',
    bad: [
      badOne('no whole number', { replicas: 1.5, production: { replicas: -1 } }, [
        'error PS026 at shop/stack/app: In development, replicas 1.5 is not a whole number from 0. Write: replicas: 2.',
        'error PS026 at shop/stack/app: In production, replicas -1 is not a whole number from 0. Write: replicas: 2.',
      ]),
      badOne('two of which there may be one', { singleton: true, production: { replicas: 2 } }, [
        'error PS026 at shop/stack/app: In production, 2 of a service of which there may be one are too many. Remove replicas.',
      ]),
      badOne('several with a published port', { replicas: 3, ports: [http(80)] }, [
        'error PS026 at shop/stack/app: In development, 3 containers cannot all be published on the host\'s port of "http". Write: publish: [] on that port, or replicas: 1 in development.',
      ]),
    ],
    good: [
      one('several behind nothing', { replicas: 3, ports: [{ ...http(80), publish: [] }] }),
      one('several in production alone', { ports: [http(80)], production: { replicas: 3 } }),
      one('none', { replicas: 0 }),
    ],
  },
];
