import { Mode } from '../../model/mode';
import { MountKind } from '../../model/mount';
import type { Service } from '../../model/service';
import { SmokeCheck } from '../../model/smoke-check';
import { askable } from '../askable-checks';

/** A key that nobody else has. */
const KEY = 'projen_stack_smoke_check';

/**
 * What proves a Redis server.
 *
 * @param server the server
 * @param authenticated whether it asks for a password
 */
export function redisChecks(server: Service, authenticated: boolean): SmokeCheck[] {
  const { mounts = [], command = [] } = server.settings(Mode.DEVELOPMENT);
  const words = command.map((word) => word.developmentText);
  const persists = words[words.indexOf('--appendonly') + 1] === 'yes' && mounts.some((mount) => mount.target === '/data' && mount.kind !== MountKind.TMPFS);
  return askable(server, [
    SmokeCheck.tcp('answers on its published port', { port: 'redis', send: 'PING\r\n', expect: '^([+]PONG|-NOAUTH )' }),
    // redis-cli takes the password from the environment.
    SmokeCheck.exec(authenticated ? 'takes the password' : 'takes commands', { command: ['redis-cli', 'PING'], expect: '^PONG$' }),
    ...(authenticated ? [SmokeCheck.exec('refuses a wrong password', {
      command: ['env', 'REDISCLI_AUTH=projen_stack_smoke_check', 'redis-cli', 'PING'], expect: 'NOAUTH',
    })] : []),
    ...(persists ? [SmokeCheck.persistence('keeps its keys', {
      write: ['redis-cli', 'SET', KEY, 'still here'],
      read: ['sh', '-c', `redis-cli GET ${KEY} && redis-cli DEL ${KEY}`],
      expect: '^still here$',
    })] : []),
  ]);
}
