import { parse } from 'yaml';
import {
  CeleryBeat, CeleryWorker, FastApiBackend, KubernetesTarget, KubernetesTargetOptions, PostgresService, RedisCache, Service, ServiceProps, Stack,
  ViteFrontend,
} from '../../../src';
import { newStack, render } from '../../support/stack';

/** What the full stack needs to be told. */
export const SETTINGS = { POSTGRES_USER: 'shop', POSTGRES_DB: 'shop' };

/** A shop with everything in it. */
export function shop(options: KubernetesTargetOptions = {}): Stack {
  return define(newStack({ targets: [new KubernetesTarget({ settings: SETTINGS, tag: '1.4.0', ...options })] }));
}

/** The services of the shop. */
export function define(stack: Stack): Stack {
  const postgres = new PostgresService(stack, 'postgres', { version: '17', databases: ['analytics'] });
  const redis = new RedisCache(stack, 'redis');
  const backend = new FastApiBackend(stack, 'backend', { database: postgres, cache: redis, broker: redis });
  new CeleryWorker(stack, 'worker', { backend });
  new CeleryBeat(stack, 'beat', { backend });
  new ViteFrontend(stack, 'frontend', { api: backend });
  return stack;
}

/** What a service is at least, for a cluster. */
export const SOUND: ServiceProps = {
  image: 'example.com/app:1.0', rootless: { user: '10001:10001' }, ports: [{ name: 'http', port: 8080, publish: [] }],
};

/** A stack with one service called app. */
export function app(props: ServiceProps = {}, options: KubernetesTargetOptions = {}): Stack {
  const stack = newStack({ targets: [new KubernetesTarget(options)] });
  new Service(stack, 'app', { ...SOUND, ...props });
  return stack;
}

/** The manifests of a stack by their paths in the folder of the manifests; nothing of the other targets. */
export function manifests(stack: Stack): { [filePath: string]: any } {
  const files = Object.entries(render(stack)).filter(([file]) => file.startsWith('k8s/') && file.endsWith('.yaml'));
  return Object.fromEntries(files.map(([file, text]) => [file.slice('k8s/'.length), parse(text)]));
}

/** The pod of a workload. */
export function podOf(stack: Stack, file: string): any {
  return manifests(stack)[`base/${file}`].spec.template.spec;
}

/** The one container of app. */
export function container(props: ServiceProps, options?: KubernetesTargetOptions): any {
  return podOf(app(props, options), 'app/deployment.yaml').containers[0];
}
