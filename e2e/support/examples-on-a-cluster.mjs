// The definitions of the examples with the target for Kubernetes, which is theirs to add.
import { readFileSync } from 'node:fs';
import { inRoot } from '../../tools/lib/root.mjs';

/** The definition of an example. */
export const exampleDefinition = (name) => readFileSync(inRoot('examples', name, '.projenrc.ts'), 'utf8');

/** A definition with the target, which is told `options`. */
export function onCluster(definition, options) {
  const target = `new KubernetesTarget(${JSON.stringify(options)})`;
  return `import { KubernetesTarget } from 'projen-stack';\n${definition.replace('project.synth();', `project.stack.addTarget(${target});\n\nproject.synth();`)}`;
}
