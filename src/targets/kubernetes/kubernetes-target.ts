import { backupFindings } from './check-backups';
import { cloudNativePgFindings } from './check-cloud-native-pg';
import { definitionFindings } from './check-definition';
import { documentFindings } from './check-documents';
import { optionFindings } from './check-options';
import { SecretSource } from './choices';
import { kubernetesGuide } from './guide';
import { baseFolder, KustomizeFolder, overlayFolder } from './kustomization';
import { notesOf } from './notes';
import { KubernetesTargetOptions } from './options';
import { planOf } from './plan';
import { deployScript } from './script';
import { SECRETS_FILE } from './secrets';
import { kubernetesTasks } from './tasks';
import { trialOf } from './trial';
import { understood } from '../../model/given';
import { StackModel } from '../../model/stack-model';
import { OutputFile, Target, TargetOutput } from '../../model/target';
import { writeYaml } from '../yaml-writer';

/**
 * Renders a stack as manifests of Kubernetes: what is the same everywhere in `k8s/base`, what differs by environment in
 * `k8s/overlays`, put together by kustomize. It is what the definition says for production.
 *
 * @see https://kubernetes.io/docs/concepts/
 * @experimental
 */
export class KubernetesTarget extends Target {
  private readonly options: KubernetesTargetOptions;

  /**
   * @param options what a cluster must be told beyond the definition
   */
  constructor(options: KubernetesTargetOptions = {}) {
    super('kubernetes');
    options = understood('KubernetesTargetOptions', options, this, new.target !== KubernetesTarget);
    this.options = options;
  }

  public render(stack: StackModel): TargetOutput {
    const plan = planOf(stack, this.options);
    if (plan.workloads.length === 0) return { files: [] };
    const base = baseFolder(plan);
    const folders = [base, ...plan.environments.map((environment) => overlayFolder(plan, environment, base))];
    return {
      files: [...folders.flatMap((folder) => filesOf(folder, plan.directory)), deployScript(plan)],
      findings: [
        ...optionFindings(plan), ...definitionFindings(plan), ...backupFindings(plan), ...cloudNativePgFindings(plan),
        ...documentFindings(plan, base),
      ],
      tasks: kubernetesTasks(plan),
      guides: [kubernetesGuide(plan)],
      trial: trialOf(plan),
      gitIgnore: [
        `/${plan.directory}/.deploy-*/`,
        ...plan.environments.filter(({ secretSource }) => secretSource === SecretSource.ENV_FILE).map(({ environmentName }) => (
          `/${plan.directory}/overlays/${environmentName}/${SECRETS_FILE}`
        )),
      ],
      notes: notesOf(plan),
    };
  }
}

function filesOf({ folder, manifests, kustomization, remarks, texts }: KustomizeFolder, directory: string): OutputFile[] {
  const at = (filePath: string) => `${directory}/${folder}/${filePath}`;
  return [
    { filePath: at('kustomization.yaml'), content: writeYaml(kustomization, remarks, { spaced: false }) },
    ...manifests.map(({ filePath, content }) => ({ filePath: at(filePath), content: writeYaml(content, [], { spaced: false }) })),
    ...texts.map((file) => ({ ...file, filePath: at(file.filePath) })),
  ];
}
