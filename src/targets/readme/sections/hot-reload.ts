import { GuideTopic } from '../../../model/guide';
import { Mode } from '../../../model/mode';
import { Chapter } from '../chapter';
import { sourceMounts } from '../facts';
import { heading, prose, table } from '../markdown';

/** What follows a change of the sources by itself, and where it does not. */
export function hotReload(chapter: Chapter): string[] {
  const guides = chapter.guideBlocks(GuideTopic.HOT_RELOAD);
  if (guides.length === 0) return [];
  const mounted = sourceMounts(chapter.services).length > 0 || chapter.services.some((service) => service.settings(Mode.DEVELOPMENT).watch);
  return [...guides, ...(mounted ? limits() : [])];
}

function limits(): string[] {
  return [
    heading(3, 'By operating system'),
    table(['where', 'what to expect'], [
      ['Linux', 'Changes arrive at once.'],
      ['macOS', 'Changes arrive, through Docker Desktop\'s file sharing (VirtioFS). Reading many small files is slower than on the host.'],
      ['Windows', 'Keep the repository in the file system of WSL 2 (`~/…`). From a Windows drive (`/mnt/c/…`) no changes arrive, and reading is slow.'],
      ['network drives', 'Often no changes arrive.'],
    ]),
    prose('Where changes do not arrive, polling finds them, at the price of processor time.'),
  ];
}
