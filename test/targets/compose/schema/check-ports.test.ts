import { describeCases, services, told, web } from './support';

const two = (a: unknown, b: unknown) => services({ a: { ports: [a] }, b: { ports: [b] } });

describeCases([
  {
    what: 'one host port in two services',
    bad: two('8080:80', { target: 81, published: 8080 }),
    says: ['error services.b.ports.0 | Host port 8080 is taken already by services.a.ports[0]. | Publish one of the two on another port, for example 8081.'],
    good: [two('8080:80', '8081:80'), two('8080:80', '8080:80/udp'), two('80', '80'), two(80, 80), two('0:80', '0:80'), two(':80', ':80')],
  },
  {
    what: 'the defaults of two variables',
    bad: two('127.0.0.1:${A_PORT:-8080}:80', '127.0.0.1:${B_PORT:-${C_PORT:-8080}}:80'),
    says: ['error services.b.ports.0 | Host port 8080 on 127.0.0.1 is taken already by services.a.ports[0]. | Publish one of the two on another port, for example 8081.'],
    good: [two('127.0.0.1:${A_PORT:-8080}:80', '127.0.0.1:${B_PORT:-8081}:80'), two('${A}:80', '${B:?set it}:80'), two('${A:-}:80', '${B:-}:80')],
  },
  {
    what: 'one variable without a default',
    bad: two('127.0.0.1:${PORT:?set it}:80', '${PORT}:81'),
    says: ['error services.b.ports.0 | Host port of ${PORT} is taken already by services.a.ports[0], on 127.0.0.1. | Use another variable for one of the two.'],
    good: [two('${PORT}:80', '${PORT}:80/udp'), two('${PORT}1:80', '${PORT}2:80')],
  },
  {
    what: 'one port on an address and on every address',
    bad: two('127.0.0.1:8080:80', '0.0.0.0:8080:80'),
    says: ['error services.b.ports.0 | Host port 8080 on 0.0.0.0 is taken already by services.a.ports[0], on 127.0.0.1. | Publish one of the two on another port, for example 8081.'],
    good: [two('127.0.0.1:8080:80', '127.0.0.2:8080:80'), two('127.0.0.1:8080:80', '[::]:8080:80'), two('127.0.0.1:8080:80', '[::1]:8080:80')],
  },
  {
    what: 'one port on an address of the sixth version and without an address',
    bad: two('8080:80', '[::1]:8080:80'),
    says: ['error services.b.ports.0 | Host port 8080 on ::1 is taken already by services.a.ports[0], on every address. | Publish one of the two on another port, for example 8081.'],
    good: [two('0.0.0.0:8080:80', '[::1]:8080:80')],
  },
  {
    what: 'a port within a range',
    bad: two('9000-9002:9000-9002', '9001:80'),
    says: ['error services.b.ports.0 | Host port 9001 is taken already by services.a.ports[0]. | Publish one of the two on another port, for example 9003.'],
    good: [two('9000-9002:9000-9002', '9003:80'), two('9000-9002:80', '9001:80'), two('9000-9002:80', '9000-9002:80')],
  },
  {
    what: 'a range of which nothing is left',
    bad: services({ a: { ports: ['9000-9001:80'] }, b: { ports: ['9000:80'] }, c: { ports: ['9001:80'] } }),
    says: ['error services.a.ports.0 | Every host port of 9000-9001 is taken by other entries. | Publish on a range that has a port left.'],
    good: [services({ a: { ports: ['9000-9002:80'] }, b: { ports: ['9000:80'] }, c: { ports: ['9001:80'] } })],
  },
  {
    what: 'one port twice in one service',
    bad: web({ ports: ['8080:80', '8080:81'] }),
    says: ['error services.web.ports.1 | Host port 8080 is taken already by services.web.ports[0]. | Publish one of the two on another port, for example 8081.'],
    good: [web({ ports: ['8080:80', { target: 80, published: '8080' }] })],
  },
  {
    what: 'a port that is taken over from another service',
    bad: services({ base: { ports: ['8080:80'] }, web: { extends: 'base' } }),
    says: ['error services.web | Host port 8080 is taken already by services.base.ports[0]. | Publish one of the two on another port, for example 8081.'],
    good: [services({ base: { ports: ['80'] }, web: { extends: 'base' } })],
  },
  {
    what: 'one port of a service that always runs and one of a profile',
    bad: services({ a: { ports: ['80:80'] }, b: { ports: ['80:80'], profiles: ['p'] } }),
    says: ['error services.b.ports.0 | Host port 80 is taken already by services.a.ports[0]. | Publish one of the two on another port, for example 81.'],
    good: [services({ a: { ports: ['80:80'], profiles: ['q'] }, b: { ports: ['80:80'], profiles: ['p'] } }), services({ a: { ports: ['80:80'], scale: 0 }, b: { ports: ['80:80'] } })],
  },
  {
    what: 'a host port with replicas',
    bad: web({ ports: ['8080:80'], deploy: { replicas: 3 } }),
    says: ['error services.web.ports.0 | Service "web" has 3 replicas, and they cannot share host port 8080. | Publish on a range of 3 ports: "8080-8082", or on none.'],
    good: [web({ ports: ['8080-8082:80', '81'], deploy: { replicas: 3 } }), web({ ports: ['8080:80'], deploy: { replicas: 1 } })],
  },
  {
    what: 'ports in the network of another container',
    bad: services({ a: { ports: ['80:80'], network_mode: 'service:b' }, b: {} }),
    says: ['error services.a.ports | Service "a" has the network mode "service:b", in which it cannot publish ports. | Publish them on the service whose network it shares.'],
    good: [services({ a: { network_mode: 'service:b' }, b: { ports: ['80:80'] } }), web({ network_mode: 'bridge', ports: ['80:80'] })],
  },
  {
    what: 'ports in the network of the host',
    bad: web({ ports: ['80:80'], network_mode: 'host' }),
    says: ['warning services.web.ports | Service "web" has the network mode "host", in which it cannot publish ports. | Remove "ports": what it listens on is open on the host.'],
    good: [web({ network_mode: 'host' })],
  },
]);

describe('ports that cannot be read', () => {
  const number = 'Write a number up to 65535, or a range such as "8000-8010".';
  test.each([
    ['http', '"http" is no container port.', number],
    ['80:0', '"0" is no container port.', number],
    ['70000:80', '"70000" is no host port.', number],
    ['8001-8000:80', '"8001-8000" is no host port.', number],
    ['80-:80', '"80-" is no host port.', number],
    [70000, '"70000" is no container port.', number],
    [80.5, '"80.5" is no container port.', number],
    ['80:80/icmp', '"icmp" is no protocol of a port.', 'Write "tcp", "udp" or "sctp".'],
    ['localhost:80:80', '"localhost" is no IP address.', 'Write "127.0.0.1".'],
    ['::1:80:80', '"::1" is no IP address.', 'Write an address such as "127.0.0.1" or "[::1]"; Compose looks no name up.'],
    ['8000-8002:80-81', 'The host\'s range "8000-8002" and the container\'s "80-81" differ in length.', 'Write two ranges of one length, or a single container port.'],
  ])('%p', (port, message, fix) => expect(told(web({ ports: [port] }))).toEqual([`error services.web.ports.0 | ${message} | ${fix}`]));

  test.each([
    [{ published: '80' }, '', 'This port names no port of the container.', 'Add "target".'],
    [{ target: 99999 }, '.target', '"99999" is no container port.', number],
    [{ target: 80, published: 'abc' }, '.published', '"abc" is no host port.', number],
    [{ target: 80, host_ip: 'web' }, '.host_ip', '"web" is no IP address.', 'Write an address such as "127.0.0.1" or "[::1]"; Compose looks no name up.'],
    [{ target: 80, protocol: 'icmp' }, '.protocol', '"icmp" is no protocol of a port.', 'Write "tcp", "udp" or "sctp".'],
    [{ target: 80, mode: 'hots' }, '.mode', '"hots" is not one of "host", "ingress".', 'Did you mean "host"?'],
  ])('%j', (port, below, message, fix) => expect(told(web({ ports: [port] }))).toEqual([`error services.web.ports.0${below} | ${message} | ${fix}`]));

  test('a fraction in expose', () => expect(told(web({ expose: [1.5] }))).toEqual([`error services.web.expose.0 | 1.5 is no port. | ${number}`]));

  test('in expose', () => expect(told(web({ expose: ['http'] }))).toEqual([`warning services.web.expose.0 | "http" is no port, and has no effect. | ${number}`]));

  test.each(['80', '8080:80', '127.0.0.1::80', '[::1]:80:80', '6060:6060/UDP', '8000-8010:80', '${P}:${T}', '${IP}:80:80', '127.0.0.1:${P:?set it}:80', 80])(
    '%p can', (port) => expect(told(web({ ports: [port], expose: ['3000', '8000-8010/tcp', 80] }))).toEqual([]));
});
