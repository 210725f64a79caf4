import { GuideTopic } from '../../../model/guide';
import { Chapter } from '../chapter';
import { shellBlocks } from '../compose-words';
import { prose } from '../markdown';

/** How the stack and its code are tested. */
export function tests(chapter: Chapter): string[] {
  return [...script(chapter, 'scripts/test-stack.sh', 'Tests the whole stack in a copy of its own, beside the running one:'),
    ...script(chapter, 'scripts/test-database-setup.sh', 'Tests the database alone, in the same way:'),
    ...chapter.guideBlocks(GuideTopic.TESTS)];
}

function script(chapter: Chapter, file: string, purpose: string): string[] {
  return chapter.writes(file) ? [prose(purpose), ...shellBlocks([chapter.shell('', `./${file}`)])] : [];
}
