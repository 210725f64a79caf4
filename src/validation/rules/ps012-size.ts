import { Severity } from '../../model/finding';
import { Resources } from '../../model/resources';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { sizeBytes } from '../../model/units';
import { Problem, ServiceRule } from '../mode-rule';
import { quote } from '../text';

/** The engine starts no container with less. */
const LEAST_MEMORY = 6 * 2 ** 20;

/** What a container may use can be read, and can be given. */
export class SizeRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS012',
      severity: Severity.ERROR,
      title: 'Sizes are written as in Compose, and limits can be kept',
      reason: 'Compose refuses some of these; others fail at start or silently mean "no limit".',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    const { resources, shmSize } = settings;
    return [
      ...size('shmSize', shmSize, '256M'),
      ...(settings.mounts ?? []).flatMap((mount) => [
        ...size(`The size of the mount ${mount.target}:`, mount.size, '64M', 'size'),
        ...(mount.fileMode === undefined || /^[0-7]{3,4}$/.test(mount.fileMode) ? [] : [{
          message: `The fileMode ${quote(mount.fileMode)} of the mount ${mount.target} is not three or four octal digits.`, fix: "Write: fileMode: '1777'.",
        }]),
      ]),
      ...(resources ? [...memory(resources), ...processors(resources), ...processes(resources)] : []),
    ];
  }
}

function size(name: string, text: string | undefined, example: string, key: string = name): Problem[] {
  if (text === undefined) return [];
  const bytes = sizeBytes(text);
  if (bytes !== undefined && bytes > 0 && bytes <= Number.MAX_SAFE_INTEGER) return [];
  const why = bytes === undefined ? 'is not a size: a whole number with b, k, m or g' : bytes === 0 ? 'is zero' : 'is more than any machine has';
  return [{ message: `${name} ${quote(text)} ${why}.`, fix: `Write: ${key}: '${(bytes === undefined && suggestion(text)) || example}'.` }];
}

function memory({ memory: limit, reservedMemory: reserved }: Resources): Problem[] {
  // "0" is how the engine is told that there is no limit.
  const unreadable = [...(limit === '0' ? [] : size('memory', limit, '512M')), ...size('reservedMemory', reserved, '256M')];
  if (unreadable.length > 0) return unreadable;
  const [most, least] = [sizeBytes(limit ?? '0') ?? 0, sizeBytes(reserved ?? '0') ?? 0];
  if (most > 0 && most < LEAST_MEMORY) return [{ message: `memory ${quote(limit)} is less than the engine takes (6M).`, fix: "Write: memory: '64M'." }];
  if (most > 0 && least > most) {
    return [{ message: `reservedMemory ${quote(reserved)} is more than memory ${quote(limit)}.`, fix: `Write: reservedMemory: '${limit}' or less.` }];
  }
  return [];
}

function processors({ cpus, reservedCpus }: Resources): Problem[] {
  const wrong = Object.entries({ cpus, reservedCpus }).filter(([, count]) => count !== undefined && !(count >= 0.01 && Number.isFinite(count)));
  if (wrong.length > 0) {
    return wrong.map(([name, count]) => ({ message: `${name} ${count} is not a number from 0.01 up.`, fix: `Write: ${name}: 0.5.` }));
  }
  if (cpus === undefined || reservedCpus === undefined || reservedCpus <= cpus) return [];
  return [{ message: `reservedCpus ${reservedCpus} is more than cpus ${cpus}.`, fix: `Write: reservedCpus: ${cpus} or less.` }];
}

function processes({ pids }: Resources): Problem[] {
  if (pids === undefined || (Number.isInteger(pids) && pids >= 1)) return [];
  return [{ message: `pids ${pids} is not a whole number from 1.`, fix: 'Write: pids: 512.' }];
}

/** What a person most probably meant: `512 MiB` is `512M`, and a fraction is a whole number of the next smaller unit. */
function suggestion(text: string): string | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt])i?b?$/i.exec(text.trim());
  if (!match) return undefined;
  const units = ['K', 'M', 'G', 'T'];
  let at = units.indexOf(match[2].toUpperCase());
  let amount = Number(match[1]);
  if (!Number.isInteger(amount) || units[at] === 'T') [amount, at] = [amount * 1024, at - 1];
  return at < 0 || amount < 1 ? undefined : `${Math.round(amount)}${units[at]}`;
}
