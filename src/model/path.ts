import { IConstruct } from 'constructs';

/**
 * The path of a construct as a person knows it: `shop/stack/backend` in the project `shop`.
 *
 * `node.path` begins with the root project, whose id names a folder of this machine.
 */
export function pathOf(construct: IConstruct): string {
  return construct.node.scopes.map((scope) => ('outdir' in scope && 'name' in scope ? String(scope.name) : scope.node.id)).join('/');
}
