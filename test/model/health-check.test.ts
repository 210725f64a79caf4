import { HealthCheck, HealthCheckClient, HealthCheckKind } from '../../src';

const DEFAULTS = { interval: '10s', timeout: '5s', retries: 5, startPeriod: '30s', startInterval: '1s' };

test.each([
  ['http', HealthCheck.http('/health'), { kind: HealthCheckKind.HTTP, path: '/health' }],
  ['http of a port', HealthCheck.http('/', { port: 'admin' }), { kind: HealthCheckKind.HTTP, path: '/', portName: 'admin' }],
  ['http with a client', HealthCheck.http('/', { client: HealthCheckClient.PYTHON }), { kind: HealthCheckKind.HTTP, path: '/', client: HealthCheckClient.PYTHON }],
  ['tcp', HealthCheck.tcp(), { kind: HealthCheckKind.TCP }],
  ['tcp of a port', HealthCheck.tcp({ port: 'amqp' }), { kind: HealthCheckKind.TCP, portName: 'amqp' }],
  ['a program', HealthCheck.exec(['pg_isready', '-q']), { kind: HealthCheckKind.EXEC, command: ['pg_isready', '-q'] }],
  ['a line of shell', HealthCheck.shell('a | b'), { kind: HealthCheckKind.SHELL, command: ['a | b'] }],
  ['none', HealthCheck.none(), { kind: HealthCheckKind.NONE }],
])('%s is asked every 10 s, and each second while it starts', (_, check, question) => {
  expect(check).toEqual({
    ...DEFAULTS, note: undefined, path: undefined, portName: undefined, client: HealthCheckClient.SHELL, command: undefined, ...question,
  });
});

test('each way of asking takes a timing', () => {
  const timing = { interval: '30s', timeout: '10s', retries: 3, startPeriod: '40s', startInterval: '2s', note: 'Slow.' };
  for (const check of [HealthCheck.http('/', { timing }), HealthCheck.tcp({ timing }), HealthCheck.exec(['x'], timing), HealthCheck.shell('x', timing)]) {
    expect(check).toMatchObject(timing);
  }
});

test('another timing keeps the question, and what it does not name', () => {
  const check = HealthCheck.http('/health', { port: 'http', client: HealthCheckClient.NODE, timing: { interval: '30s', note: 'Why.' } });
  expect(check.withTiming({ retries: 3, interval: undefined })).toEqual({ ...check, retries: 3 });
  expect(check.withTiming({ note: 'Else.' }).note).toBe('Else.');
  expect(HealthCheck.exec(['a'], { retries: 9 }).withTiming({ interval: '1m' }).retries).toBe(9);
  expect(HealthCheck.exec(['a']).withTiming({}).command).toEqual(['a']);
});

test('what says whether the program itself works stands beside the check, and outlives another timing', () => {
  const live = HealthCheck.http('/live', { port: 'http' });
  const check = HealthCheck.http('/health', { timing: { interval: '7s' } }).withLiveness(live).withTiming({ retries: 2 });
  expect(check).toMatchObject({ path: '/health', interval: '7s', retries: 2 });
  expect(check.liveness).toBe(live);
  expect(HealthCheck.tcp().liveness).toBeUndefined();
});
