import { Project } from 'projen';
import type * as Library from '../../../src';

/** A project around a stack, with all that comes with it: the README, the workflow, what is remembered. */
export function define(library: typeof Library, outdir: string): Project {
  const { Adminer, CeleryWorker, FastApiBackend, PostgresService, RedisCache, StackProject, ViteFrontend } = library;
  const project = new StackProject({ name: 'shop', outdir });
  const { stack } = project;
  const postgres = new PostgresService(stack, 'postgres', { version: '17' });
  const redis = new RedisCache(stack, 'redis');
  const backend = new FastApiBackend(stack, 'backend', { database: postgres, cache: redis, broker: redis });
  new CeleryWorker(stack, 'worker', { backend });
  new ViteFrontend(stack, 'frontend', { api: backend });
  new Adminer(stack, 'adminer', { database: postgres });
  return project;
}
