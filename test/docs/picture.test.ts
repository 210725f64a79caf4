import { readFileSync } from 'fs';
import { join } from 'path';
import { Project } from 'projen';
import * as library from '../../src';
import { ROOT } from '../repository/support';
import { tempFolder } from '../support/synth';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The diagram among the sections that a definition gives. */
function diagramOf(definition: string): string | undefined {
  const stack = new library.Stack(new Project({ name: 'shop', outdir: tempFolder() }));
  new Function('stack', ...Object.keys(library), definition)(stack, ...Object.values(library));
  const sections = stack.evaluate().outputs.flatMap((output) => output.sectionedFiles ?? []).flatMap((file) => file.sections);
  return /```mermaid\n[^]*?```/.exec(sections.find(({ sectionId }) => sectionId === 'topology')?.content ?? '')?.[0];
}

test('the picture of the README is what its definition gives', () => {
  const [, definition] = /```ts\n\/\/ \.projenrc\.ts\n([^]*?)```/.exec(README)!;
  const services = definition.split('\n').filter((line) => /^(const \w+ = )?new (?!StackProject)/.test(line)).join('\n');
  expect(services).toContain('new FastApiBackend(');
  expect(/```mermaid\n[^]*?```/.exec(README)?.[0]).toBe(diagramOf(services));
});

test('another definition gives another picture', () => {
  expect(diagramOf("new RedisCache(stack, 'redis');")).toContain('redis');
  expect(diagramOf("new RedisCache(stack, 'redis');")).not.toBe(diagramOf("new RedisCache(stack, 'cache');"));
});
