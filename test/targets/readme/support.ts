import { Adminer, FastApiBackend, PostgresService, RedisCache, Severity, Stack, StackProps, ViteFrontend } from '../../../src';
import { newStack } from '../../support/stack';

/** A README as it stands in a new project, without the marks around its sections; empty when there is none. */
export function readmeOf(stack: Stack): string {
  const { findings, outputs } = stack.evaluate();
  const errors = findings.filter(({ rule }) => rule.severity === Severity.ERROR);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  const [file] = outputs.flatMap((output) => output.sectionedFiles ?? []);
  return file ? [file.opening, ...file.sections.map(({ content }) => content)].join('\n') : '';
}

/** One section of a README, from its heading to the next one of its level or a higher one. */
export function partOf(readme: string, heading: string): string {
  const lines = readme.split('\n');
  const begin = lines.indexOf(heading);
  if (begin < 0) throw new Error(`There is no "${heading}" in: ${lines.filter((line) => line.startsWith('#')).join(' ')}`);
  const level = heading.indexOf(' ');
  let fenced = false;
  const length = lines.slice(begin + 1).findIndex((line) => {
    if (/^\s*```/.test(line)) fenced = !fenced;
    return !fenced && /^#+ /.test(line) && line.indexOf(' ') <= level;
  });
  return lines.slice(begin, length < 0 ? undefined : begin + 1 + length).join('\n');
}

/** A sentence, whatever the lines that it is wrapped into. */
export const unwrapped = (text: string) => text.replace(/\n(?!\n)\s*/g, ' ');

/** The stack of a database alone. */
export function databaseOnly(props: StackProps = {}): Stack {
  const stack = newStack(props);
  new PostgresService(stack, 'postgres', { version: '17' });
  return stack;
}

/** The stack with everything. */
export function fullStack(props: StackProps = {}): Stack {
  const stack = databaseOnly(props);
  const postgres = stack.model().services[0] as PostgresService;
  const redis = new RedisCache(stack, 'redis');
  const backend = new FastApiBackend(stack, 'backend', { database: postgres, cache: redis });
  new ViteFrontend(stack, 'frontend', { api: backend });
  new Adminer(stack, 'adminer', { database: postgres });
  return stack;
}
