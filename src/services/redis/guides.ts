import type { RedisCache } from './redis-cache';
import { Guide, GuideTopic, Trouble } from '../../model/guide';
import { Mode } from '../../model/mode';
import { StackCommand } from '../../model/stack-command';

/** What people should know of a Redis server. */
export function redisGuides(server: RedisCache): Guide[] {
  if (!server.modes.includes(Mode.DEVELOPMENT)) return [];
  return [{
    topic: GuideTopic.DATABASE,
    heading: server.description,
    commands: [
      StackCommand.exec('Which keys there are, by numbered database', server, ['redis-cli', 'INFO', 'keyspace']),
      StackCommand.exec('A prompt; it knows the password', server, ['redis-cli'], { interactive: true }),
    ],
  }];
}

/** What goes wrong with a Redis server. */
export function redisTroubles(server: RedisCache): Trouble[] {
  if (!server.modes.includes(Mode.DEVELOPMENT)) return [];
  const { passwordVariable } = server;
  return passwordVariable === undefined ? [] : [{
    symptom: `\`NOAUTH\` or \`WRONGPASS\` from \`${server.serviceName}\``,
    cause: `A client has no password, or one from before \`${passwordVariable.variableName}\` was changed. Redis keeps none: what was set at its start holds.`,
    checks: [StackCommand.exec('Answers PONG', server, ['redis-cli', 'PING'])],
    fix: 'Start again: every container that was told another password is made anew.',
    remedies: [StackCommand.start('')],
  }];
}
