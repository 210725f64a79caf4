import { javascript, Project } from 'projen';

/** What installs the definition of a project on a machine that has nothing yet; undefined when it is not installed by Node's tools. */
export function installCommandOf(project: Project): string | undefined {
  const node = project.node.children.find((child): child is javascript.NodePackage => child instanceof javascript.NodePackage);
  if (!node) return undefined;
  return node.packageManager === javascript.NodePackageManager.NPM ? node.installCommand : `corepack enable && ${node.installCommand}`;
}
