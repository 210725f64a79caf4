import { Severity } from '../../model/finding';
import { Service } from '../../model/service';
import { ServiceSettings } from '../../model/settings';
import { Problem, ServiceRule } from '../mode-rule';
import { literal, quote } from '../text';

interface Grammar {
  readonly key: 'user' | 'platform' | 'pullPolicy' | 'stopSignal' | 'workingDir' | 'hostname';
  readonly pattern: RegExp;
  readonly is: string;
  readonly example: string;
}

const SIGNALS = 'HUP|INT|QUIT|ILL|TRAP|ABRT|BUS|FPE|KILL|USR1|SEGV|USR2|PIPE|ALRM|TERM|STKFLT|CHLD|CONT|STOP|TSTP|TTIN|TTOU|URG|XCPU|XFSZ|VTALRM|PROF|WINCH|IO|PWR|SYS';
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';

const GRAMMARS: readonly Grammar[] = [
  {
    key: 'user',
    pattern: /^(?:\d{1,10}|[A-Za-z_][\w.-]*)(?::(?:\d{1,10}|[A-Za-z_][\w.-]*))?$/,
    is: 'a user, or a user and a group after a colon',
    example: '1000:1000',
  },
  {
    key: 'platform',
    pattern: /^(?:linux|windows|darwin|freebsd|wasip1)\/[a-z0-9_]+(?:\/[a-z0-9_.]+)?$/,
    is: 'a system and an architecture after a slash',
    example: 'linux/amd64',
  },
  {
    key: 'pullPolicy',
    pattern: /^(?:always|never|missing|if_not_present|build|refresh|daily|weekly|every_(?:\d+[wdhms])+)$/,
    is: 'always, never, missing, build, daily, weekly or every_ and a time such as 12h',
    example: 'missing',
  },
  {
    key: 'stopSignal',
    pattern: new RegExp(`^(?:(?:SIG)?(?:${SIGNALS}|RTMIN(?:\\+(?:[1-9]|1[0-5]))?|RTMAX(?:-(?:[1-9]|1[0-4]))?)|[1-9]|[1-5]\\d|6[0-4])$`),
    is: 'a signal of Linux',
    example: 'SIGTERM',
  },
  { key: 'workingDir', pattern: /^\/[^\n]*$/, is: 'an absolute path of the container', example: '/app' },
  {
    key: 'hostname',
    pattern: new RegExp(`^(?=.{1,63}$)${LABEL}(?:\\.${LABEL})*$`),
    is: 'a host name: at most 63 letters, digits and hyphens, with dots between labels',
    example: 'app',
  },
];

/** What Compose passes on, the engine takes. */
export class RunOptionsRule extends ServiceRule {
  constructor() {
    super({
      ruleId: 'PS027',
      severity: Severity.ERROR,
      title: 'User, platform, pull policy, stop signal, working directory and host name can be read by the engine',
      reason: 'Compose passes nearly any text on, and the engine refuses it when the container is made.',
    });
  }

  protected inspect(_service: Service, settings: ServiceSettings): Problem[] {
    return GRAMMARS.flatMap(({ key, pattern, is, example }) => {
      const text = settings[key];
      if (text === undefined || pattern.test(text)) return [];
      return [{ message: `${key} ${quote(text)} is not ${is}.`, fix: `Write: ${key}: ${literal(example)}.` }];
    });
  }
}
