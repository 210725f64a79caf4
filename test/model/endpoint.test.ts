import { Endpoint, Mode, Service, Value } from '../../src';
import { messageOf, newStack } from '../support/stack';

/** A value with the names of its variables in place of what they hold. */
function shape(value: Value): string {
  return value.parts.map((part) => part.text ?? `<${part.variable!.variableName}>`).join('');
}

const web = () => new Service(newStack(), 'web-server', {
  image: 'nginx:1.29',
  ports: [{ name: 'http', port: 8080, hostPort: 80 }, { name: 'https', port: 8443 }, { name: 'metrics', port: 9000, urlScheme: 'prom', variableName: 'PROM_PORT' }],
});

test('an endpoint is reached by the name inside, and by the port that the operator moves outside', () => {
  const http: Endpoint = web().endpoint('http');
  expect(shape(http.internalHost)).toBe('web-server');
  expect(shape(http.internalPort)).toBe('8080');
  expect(shape(http.hostPort)).toBe('<WEB_SERVER_PORT>');
  expect(shape(http.internalUrl)).toBe('http://web-server:8080');
  expect(shape(http.hostUrl)).toBe('http://localhost:<WEB_SERVER_PORT>');
  expect(http.hostUrl.developmentText).toBe('http://localhost:80');
});

test('the scheme of a URL follows the name of the port, or what was said', () => {
  expect(shape(web().endpoint('https').internalUrl)).toBe('https://web-server:8443');
  expect(shape(web().endpoint('metrics').internalUrl)).toBe('prom://web-server:9000');
});

test('the first port has the short variable, a further one its own name in it, and one that was named that name', () => {
  const service = web();
  expect(['http', 'https', 'metrics'].map((name) => service.endpoint(name).hostPortVariable.variableName)).toEqual([
    'WEB_SERVER_PORT', 'WEB_SERVER_HTTPS_PORT', 'PROM_PORT',
  ]);
  expect(service.endpoint('https').hostPortVariable.description).toBe('Port of web-server on the host (https)');
  expect(service.endpoint('https').hostPortVariable.defaultValue?.developmentText).toBe('8443');
});

test('a port that is not there is refused with those that are', () => {
  expect(messageOf(() => web().endpoint('admin'))).toBe('shop/stack/web-server has no port "admin". Write one of: \'http\', \'https\', \'metrics\'.');
  expect(messageOf(() => new Service(newStack(), 'job', { image: 'busybox:1.37' }).endpoint('admin')))
    .toBe("shop/stack/job has no port \"admin\". Write: ports: [{ name: 'admin', port: … }].");
});

test('a port that was added later is found, whatever the mode it was said for', () => {
  const service = new Service(newStack(), 'web', { image: 'nginx:1.29' });
  service.addPort({ name: 'http', port: 80 });
  service.addPort({ name: 'http', port: 80, hostPort: 8080 });
  expect(service.endpoint('http').hostUrl.developmentText).toBe('http://localhost:8080');
  expect(service.settings(Mode.PRODUCTION).ports).toHaveLength(1);
});
