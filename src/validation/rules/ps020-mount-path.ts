import * as path from 'path';
import { Severity } from '../../model/finding';
import { Mount, MountKind } from '../../model/mount';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { literal, quote } from '../text';

/** What Compose takes for a path of the host rather than for the name of a volume. */
const HOST_PATH = /^(?:\.{1,2}$|\.{1,2}[\\/]|\/|~$|~\/|[A-Za-z]:[\\/]|\\\\)/;

/** A mount has a place in the container, and a source. */
export class MountPathRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS020',
      severity: Severity.ERROR,
      title: 'Mounts have absolute, different targets, and folders of the host are written as paths',
      reason: 'The engine refuses other targets at start; a source without ./ is the name of a volume to Compose.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    const first = new Map<string, Mount>();
    return (settings.mounts ?? []).flatMap((mount) => {
      const normal = path.posix.join('/', mount.target, '.').replace(/(?<=.)\/+$/, '');
      const other = first.get(normal);
      if (!other) first.set(normal, mount);
      return [
        ...targetProblems(mount, normal),
        ...(other ? [{ message: `Two mounts have the target ${quote(other.target)}${other.target === mount.target ? '' : `, one as ${quote(mount.target)}`}.`, fix: 'Remove one of them, or write another target.' }] : []),
        ...(mount.kind === MountKind.BIND ? sourceProblems(mount.source ?? '') : []),
        ...(mount.kind === MountKind.CONFIG ? fileProblems(mount, normal) : []),
      ];
    });
  }
}

function targetProblems({ target }: Mount, normal: string): Problem[] {
  if (!target.startsWith('/')) {
    const better = target.includes('\\') || target.trim() === '' ? '/data' : normal;
    return [{ message: `The mount target ${quote(target)} is not an absolute path of the container.`, fix: `Write: ${literal(better)}.` }];
  }
  if (normal === '/') return [{ message: `The mount target ${quote(target)} is the root of the container.`, fix: "Write: the folder that is meant, such as '/data'." }];
  return target.includes(':') ? [{ message: `The mount target ${quote(target)} has a colon, which the engine reads as the end of the path.`, fix: 'Write: a path without it.' }] : [];
}

/** A config is a file, and is kept under the path that it has in the container. */
function fileProblems({ target }: Mount, normal: string): Problem[] {
  if (!target.endsWith('/') && !target.split('/').includes('..')) return [];
  return [{ message: `The target ${quote(target)} of a config is not the plain path of a file.`, fix: `Write: Mount.config(…, ${literal(normal)}, …).` }];
}

function sourceProblems(source: string): Problem[] {
  if (source === '') return [{ message: 'A bind mount has an empty source.', fix: "Write: Mount.bind('./folder', …)." }];
  if (HOST_PATH.test(source)) return [];
  return [{ message: `The source ${quote(source)} of a bind mount is the name of a volume to Compose.`, fix: `Write: ${literal(`./${source}`)}.` }];
}
