import type { Adminer } from './adminer';
import { Guide, GuideTopic } from '../../model/guide';
import { StackCommand } from '../../model/stack-command';

/** How Adminer is opened. */
export function adminerGuides(adminer: Adminer): Guide[] {
  return [{
    topic: GuideTopic.DATABASE,
    heading: 'Connect',
    text: `In the browser, once it is started: <${adminer.loginUrl.developmentText}>. It asks for the password of the database.`,
    commands: [StackCommand.start('', adminer)],
  }];
}
