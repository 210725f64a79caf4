import { SecretSource } from './choices';
import { Plan, WorkloadKind } from './plan';
import { Guide, GuideTopic } from '../../model/guide';
import { StackCommand } from '../../model/stack-command';

/** What people should know of a stack on a cluster: a part of the chapter about production. */
export function kubernetesGuide({ directory, environments, secretName, workloads, namespace }: Plan): Guide {
  const names = environments.map(({ environmentName }) => environmentName);
  const stores = workloads.filter(({ kind }) => kind === WorkloadKind.STATEFUL_SET).map(({ name }) => `\`${name}\``);
  const plain = environments.some(({ secretSource }) => secretSource === SecretSource.PLAIN);
  return {
    topic: GuideTopic.PRODUCTION,
    heading: 'Kubernetes',
    text: `On Kubernetes the same stack runs from \`${directory}/\`: \`base\` is what is the same everywhere, \`overlays\` what differs in ${list(names)}. `
      + '`kubectl apply -k` takes an overlay as it is; `scripts/deploy.sh` also waits, asks whether it works, and takes back what does not.',
    commands: [
      StackCommand.host('Show what would change in the cluster', `./scripts/deploy.sh ${names[0]} --dry-run`),
      ...(plain ? [StackCommand.host(`Deploy, and make the Secret ${secretName} of what is in .env`, `./scripts/deploy.sh ${names[0]} --secrets-from .env`)] : []),
      StackCommand.host('Deploy images of another tag', `./scripts/deploy.sh ${names[0]} --tag 1.4.1`),
      StackCommand.host('Show what runs', `./scripts/deploy.sh ${names[0]} --status`),
    ],
    points: stores.length > 0
      ? [`On Kubernetes, the claims of ${list(stores)} in the namespace \`${namespace}\` are backed up too: they stay when a StatefulSet is deleted, and nothing else keeps them.`] : [],
  };
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}
