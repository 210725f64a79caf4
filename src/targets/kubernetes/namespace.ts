import { Manifest } from './manifest';
import { Plan } from './plan';

/** The namespace, in which a pod that asks for more than Pod Security's `restricted` allows is refused. */
export function namespaceObject({ namespace, stack }: Plan): Manifest {
  const levels = ['enforce', 'warn', 'audit'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']);
  return {
    filePath: 'namespace.yaml',
    content: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, labels: { 'app.kubernetes.io/part-of': stack.stackName, ...Object.fromEntries(levels) } },
    },
  };
}
