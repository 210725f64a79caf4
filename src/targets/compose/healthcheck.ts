import { escapeDollars } from './interpolation';
import { HealthCheck, HealthCheckClient, HealthCheckKind } from '../../model/health-check';
import { pathOf } from '../../model/path';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';

/** How each client asks for a page: it must end with 0 for a status below 400, and with anything else otherwise. */
const ASK: { readonly [client in HealthCheckClient]: (url: string) => string[] } = {
  [HealthCheckClient.SHELL]: (url) => ['CMD-SHELL', `wget -q -O /dev/null '${url}' || curl -f -s -S -o /dev/null '${url}'`],
  [HealthCheckClient.PYTHON]: (url) => ['CMD', 'python', '-c', `import urllib.request as r; r.urlopen('${url}')`],
  [HealthCheckClient.NODE]: (url) => ['CMD', 'node', '-e', `fetch('${url}').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`],
};

/** How each client knocks at a port. */
const KNOCK: { readonly [client in HealthCheckClient]: (port?: number) => string[] } = {
  [HealthCheckClient.SHELL]: (port) => ['CMD-SHELL', `nc -z 127.0.0.1 ${port} || bash -c '</dev/tcp/127.0.0.1/${port}'`],
  [HealthCheckClient.PYTHON]: (port) => ['CMD', 'python', '-c', `import socket; socket.create_connection(('127.0.0.1', ${port}))`],
  [HealthCheckClient.NODE]: (port) => ['CMD', 'node', '-e', `require('net').connect(${port}, '127.0.0.1', () => process.exit(0)).on('error', () => process.exit(1))`],
};

/** When a service is healthy, as Compose writes it; undefined leaves the image's own check. */
export function healthcheck(service: Service, { healthCheck: check, ports }: ServiceSettings): { [key: string]: unknown } | undefined {
  if (!check) return undefined;
  if (check.kind === HealthCheckKind.NONE) return { disable: true };
  const port = ports?.find((candidate) => check.portName === undefined || candidate.name === check.portName)?.port;
  return {
    test: question(service, check, port),
    interval: check.interval,
    timeout: check.timeout,
    retries: check.retries,
    start_period: check.startPeriod,
    start_interval: check.startInterval,
  };
}

function question(service: Service, check: HealthCheck, port: number | undefined): string[] {
  switch (check.kind) {
    case HealthCheckKind.EXEC: return ['CMD', ...(check.command ?? []).map(escapeDollars)];
    case HealthCheckKind.SHELL: return ['CMD-SHELL', ...(check.command ?? []).map(escapeDollars)];
    case HealthCheckKind.TCP: return KNOCK[check.client](port);
    case HealthCheckKind.HTTP: return ASK[check.client](`http://127.0.0.1:${port}${escapeDollars(check.path ?? '/')}`);
    case HealthCheckKind.NONE: throw new Error(`${pathOf(service)}: no health check to render`);
  }
}
