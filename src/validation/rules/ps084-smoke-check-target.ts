import { posix } from 'path';
import { Severity } from '../../model/finding';
import { Mode } from '../../model/mode';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { SmokeCheck, SmokeCheckKind } from '../../model/smoke-check';
import { Problem, ServiceRule } from '../mode-rule';
import { literal, quote } from '../text';

/** A smoke check has something to do, with what the stack has. */
export class SmokeCheckTargetRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS084',
      severity: Severity.ERROR,
      title: 'A smoke check runs a program, asks a path, or changes a file of the stack',
      reason: 'It is tried in a copy of the stack\'s folder: what lies elsewhere is not copied, and must not be changed.',
    });
  }

  protected inspect(service: Service, _settings: ServiceSettings, mode: Mode): Problem[] {
    return mode === Mode.DEVELOPMENT ? service.smokeChecks().flatMap(problemsOf) : [];
  }
}

function problemsOf({ kind, title, path, send, command = [], write = [], file = '' }: SmokeCheck): Problem[] {
  const check = `The smoke check ${quote(title)}`;
  const program = (words: readonly string[], key: string) => (
    (words[0] ?? '').trim() === '' ? [{ message: `${check} has nothing to run.`, fix: `Write: ${key}: ['program', 'argument'].` }] : []
  );
  const asked = () => (/^\/[\x21-\x7e]*$/.test(path ?? '') ? [] : [{
    message: `${check} asks ${quote(path ?? '')}, which is no path of a URL.`, fix: `Write: path: ${literal(encodeURI(`/${(path ?? '').replace(/^\/+/, '')}`))}.`,
  }]);
  switch (kind) {
    case SmokeCheckKind.EXEC: return program(command, 'command');
    case SmokeCheckKind.PERSISTENCE: return [...program(write, 'write'), ...program(command, 'read')];
    case SmokeCheckKind.HTTP: return asked();
    case SmokeCheckKind.TCP: return /^[\0-\xff]+$/.test(send ?? '') ? [] : [{
      message: `${check} sends ${quote(send ?? '')}, which is not made of bytes.`, fix: 'Write one character from \\0 to \\xff for each byte: send: \'PING\\r\\n\'.',
    }];
    case SmokeCheckKind.RELOAD: return [...asked(), ...(isWithin(file) ? [] : [{
      message: `${check} changes ${quote(file)}, which is not a file in the folder of the stack.`, fix: "Write a path relative to that folder: file: 'backend/app/main.py'.",
    }])];
  }
}

function isWithin(file: string): boolean {
  const normal = posix.normalize(file);
  return file !== '' && normal !== '.' && !normal.startsWith('..') && !posix.isAbsolute(normal) && !/^[A-Za-z]:|[\\\0]/.test(file);
}
