import { Construct } from 'constructs';
import { Component, Project } from 'projen';
import { ExternalPostgres, PostgresService, RedisCache, Service, Stack, StackElement } from '../../src';
import { messageOf, newStack } from '../support/stack';
import { tempFolder } from '../support/synth';

const project = () => new Project({ name: 'shop', outdir: tempFolder() });

test.each([
  ['Service', (scope: Construct) => new Service(scope, 'db', { image: 'db:1' })],
  ['PostgresService', (scope: Construct) => new PostgresService(scope, 'db', { version: '17' })],
  ['RedisCache', (scope: Construct) => new RedisCache(scope, 'db')],
  ['ExternalPostgres', (scope: Construct) => new ExternalPostgres(scope, 'db')],
])('a %s without a stack is refused with what to write', (name, make) => {
  expect(messageOf(() => make(project()))).toBe(
    `${name} "db" has no stack above it (its scope is "shop"). Write: new ${name}(stack, 'db', …), where stack is new Stack(project).`,
  );
});

test('a scope that is not the project is named whole', () => {
  const root = project();
  expect(messageOf(() => new Service(new Construct(root, 'group'), 'db', { image: 'db:1' }))).toMatch(/has no stack above it \(its scope is "shop\/group"\)\. Write: new Service\(/);
});

test('what was refused is not left in the tree', () => {
  const root = project();
  expect(() => new PostgresService(root, 'db', { version: '17' })).toThrow();
  expect(root.node.tryFindChild('db')).toBeUndefined();
});

test('a subclass is called by its own name', () => {
  class Search extends Service {
    constructor(scope: Construct, id: string) { super(scope, id, { image: 'search:1' }); }
  }
  expect(messageOf(() => new Search(project(), 'search'))).toMatch(/^Search "search" has no stack above it/);
});

test('a service may stand in a construct of a stack, or in another service', () => {
  const stack = newStack();
  const group = new Construct(stack, 'group');
  const service = new Service(group, 'web', { image: 'nginx:1.29' });
  const inner = new Service(service, 'web-migrate', { image: 'nginx:1.29' });
  expect(stack.model().services).toEqual([service, inner]);
});

test('the elements of a stack are its services and what runs elsewhere, in their order, and no other construct', () => {
  const stack = newStack();
  new Component(stack, 'other');
  const external = new ExternalPostgres(stack, 'db');
  const service = new Service(stack, 'web', { image: 'nginx:1.29' });
  expect(StackElement.elementsOf(stack)).toEqual([external, service]);
  expect(stack.model().elements).toEqual([external, service]);
  expect(stack.model().services).toEqual([service]);
});

test('a setting that two services name is one, as the first of them declares it', () => {
  const stack = newStack();
  const [first, second] = ['first', 'second'].map((id) => {
    const service = new Service(stack, id, { image: 'nginx:1.29' });
    return service.addVariable('SHARED', { description: `What ${id} says` });
  });
  expect(second.description).toBe('What second says');
  expect(stack.model().variables).toEqual([first]);
});

test('two stacks keep their services apart', () => {
  const root = project();
  const [one, two] = ['one', 'two'].map((id) => new Stack(root, id, { directory: id }));
  const a = new Service(one, 'web', { image: 'nginx:1.29' });
  const b = new Service(two, 'web', { image: 'nginx:1.29' });
  expect([one.model().services, two.model().services]).toEqual([[a], [b]]);
});
