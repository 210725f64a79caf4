import { Plan } from './plan';
import { OutputTask } from '../../model/target';

/** The daily commands of a cluster; what a person adds is the environment, and options. */
export function kubernetesTasks({ stack, directory, environments }: Plan): OutputTask[] {
  const prefix = stack.taskPrefix === 'stack' ? '' : `${stack.taskPrefix}:`;
  const names = environments.map(({ environmentName }) => environmentName);
  const first = names.includes('production') ? 'production' : names[0];
  return [
    { taskName: `${prefix}k8s:render`, description: `Print the manifests of ${first}, put together`, command: ['kubectl', 'kustomize', `${directory}/overlays/${first}`] },
    { taskName: `${prefix}k8s:diff`, description: `Show what a deployment would change: ${names.join(', ')}`, command: ['bash', 'scripts/deploy.sh', '--dry-run'] },
    { taskName: `${prefix}k8s:deploy`, description: `Deploy and watch until it works: ${names.join(', ')}; --tag TAG`, command: ['bash', 'scripts/deploy.sh'] },
    { taskName: `${prefix}k8s:status`, description: `Show what runs: ${names.join(', ')}`, command: ['bash', 'scripts/deploy.sh', '--status'] },
  ];
}
