import { Severity } from '../../model/finding';
import { Mode } from '../../model/mode';
import { Mount, MountKind } from '../../model/mount';
import { pathOf } from '../../model/path';
import { Service } from '../../model/service';
import { ModeRule, ServiceProblem } from '../mode-rule';
import { literal, quote } from '../text';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

interface Named {
  readonly service: Service;
  readonly mount: Mount;
  readonly name: string;
}

/** A volume has a name that Compose and the engine take, and that means one thing. */
export class VolumeNameRule extends ModeRule {
  constructor() {
    super({
      ruleId: 'PS019',
      severity: Severity.ERROR,
      title: 'The names of volumes and configs can be written, and each means one thing',
      reason: 'To Compose, a volume of one letter is a Windows drive; two mounts of one name would show the same data without anybody meaning it.',
    });
  }

  protected inMode(mode: Mode, services: readonly Service[]): ServiceProblem[] {
    const named = services.flatMap((service) => (service.settings(mode).mounts ?? [])
      .filter((mount) => mount.kind === MountKind.VOLUME || mount.kind === MountKind.CONFIG)
      .map((mount) => ({ service, mount, name: mount.nameFor(service.serviceName) })));
    return [...named.flatMap(invalid), ...shared(named)];
  }
}

function invalid({ service, mount, name }: Named): ServiceProblem[] {
  const word = mount.volumeName ?? mount.mountName ?? '';
  const [key, example] = mount.volumeName === undefined ? ['The mount name', 'data'] : ['volumeName', `${service.serviceName}_data`];
  if (word.length === 1 && mount.volumeName !== undefined) {
    const message = `${key} ${quote(word)} is one character, which Compose takes for a Windows drive.`;
    return [{ service, message, fix: `Write: ${literal(`${service.serviceName}_${word}`)}.` }];
  }
  if (word !== '' && NAME.test(name)) return [];
  const message = `${key} ${quote(word)} is not made of letters, digits, "_", "." and hyphens, a letter or digit first.`;
  const fixed = word.replace(/[^a-zA-Z0-9_.-]+/g, '_').replace(/^[_.-]+|_+$/g, '');
  return [{ service, message, fix: `Write: ${literal(fixed.length > 1 ? fixed : example)}.` }];
}

/** Names that two mounts have without having asked for it: by their own service's name, or with different texts. */
function shared(named: readonly Named[]): ServiceProblem[] {
  const first = new Map<string, Named>();
  return named.flatMap((each) => {
    const key = `${each.mount.kind} ${each.name}`;
    const other = first.get(key);
    if (!other) first.set(key, each);
    if (!other || !accidental(each, other)) return [];
    return [{
      service: each.service,
      message: `The mounts ${other.mount.target} (${pathOf(other.service)}) and ${each.mount.target} both have the ${each.mount.kind} ${quote(each.name)}.`,
      fix: each.mount.kind === MountKind.CONFIG
        ? 'Write: another name for one of them.'
        : 'Write: another name for one of them, or the same volumeName on both to share the data.',
    }];
  });
}

/** Whoever writes volumeName knows the other mount and means to share it. */
function accidental(each: Named, other: Named): boolean {
  if (each.mount.kind === MountKind.CONFIG) return each.mount.content !== other.mount.content;
  return each.mount.volumeName === undefined && other.mount.volumeName === undefined;
}
