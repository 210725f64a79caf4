import { Value } from '../model/value';
import { HostFact, Variable } from '../model/variable';

/** The build arguments by which a development image runs as whoever develops: what its containers write into the sources is theirs. */
export function hostUserArguments(): { [name: string]: Value } {
  const setting = (name: string, hostFact: HostFact, description: string) => Value.of(new Variable(name, {
    section: 'Files', defaultValue: Value.literal('1000'), hostFact, description,
  }));
  return {
    APP_UID: setting('APP_UID', HostFact.USER_ID, 'Your user on this machine (id -u), who owns what containers write into the sources'),
    APP_GID: setting('APP_GID', HostFact.GROUP_ID, 'Your group on this machine (id -g)'),
  };
}
