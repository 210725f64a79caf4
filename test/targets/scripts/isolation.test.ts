import { parse } from 'yaml';
import { isolationOf } from '../../../src/targets/scripts/isolation';

const ports = (...list: unknown[]) => isolationOf({ services: { a: { ports: list } } });

test.each([
  ['127.0.0.1:${A_PORT:-80}:80', 'A_PORT'], ['${A_PORT:-80}:80', 'A_PORT'], ['$A_PORT:80', 'A_PORT'], ['[::1]:${A_PORT:?set it}:80/udp', 'A_PORT'],
])('the port %s is moved by its variable', (port, variable) => {
  expect(ports(port)).toEqual({ portVariables: [variable], override: '' });
});

test.each([
  ['8080:80', '127.0.0.1::80'], ['0.0.0.0:8080:80', '0.0.0.0::80'], ['[::1]:8080:80/udp', '[::1]::80/udp'], ['1${A_PORT}:80', '127.0.0.1::80'],
])('the port %s becomes a free one', (port, free) => {
  const { portVariables, override } = ports(port);
  expect({ portVariables, override }).toEqual({ portVariables: [], override: `services:\n  "a":\n    ports: !override\n      - ${JSON.stringify(free)}\n` });
});

test('a port of which the host is told nothing stays as it is', () => {
  expect(ports('80', 80, { target: 80 })).toEqual({ portVariables: [], override: '' });
});

test('a stack without names of its own needs nothing', () => {
  expect(isolationOf({ services: { a: { image: 'x', volumes: ['data:/data', './src:/src'] } }, volumes: { data: null } })).toEqual({ portVariables: [], override: '' });
});

test('names, places and addresses that there are once only', () => {
  const { override } = isolationOf({
    services: {
      a: { container_name: 'a', image: 'acme/a', build: '.', volumes: ['/srv/a:/a', '../b:/b:ro', '/etc/c:/c:ro', '/run/x.sock:/x.sock'] },
      b: { image: 'acme/a', networks: { n: { ipv4_address: '10.0.0.2', aliases: ['x'] } } },
    },
    networks: { n: { external: true, name: 'n' } },
    volumes: { v: { name: 'v', driver_opts: { device: '/srv' } } },
  });
  const tags = ['!reset', '!override'].map((tag) => ({ tag, resolve: () => tag }));
  expect(parse(override, { customTags: tags })).toEqual({
    services: {
      a: { container_name: '!reset', image: '${COMPOSE_PROJECT_NAME}-a', volumes: ['${STACK_TEST_DATA}/_srv_a:/a', '${STACK_TEST_ROOT}/../b:/b:ro'] },
      b: { image: '${COMPOSE_PROJECT_NAME}-a', networks: { n: { ipv4_address: '!reset' } } },
    },
    networks: { n: { name: '!reset', external: '!reset' } },
    volumes: { v: { name: '!reset', driver_opts: '!reset' } },
  });
});
