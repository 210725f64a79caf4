import { generalTroubles } from './general-troubles';
import { Trouble } from '../../../model/guide';
import { Chapter } from '../chapter';
import { heading, prose } from '../markdown';

/** What goes wrong, and what helps: what holds for every stack of this shape, and what each service brings. */
export function troubleshooting(chapter: Chapter): string[] {
  if (chapter.services.length === 0) return [];
  const general = generalTroubles(chapter);
  const own = chapter.stack.elements.flatMap((element) => element.troubles());
  const known = new Set<string>();
  return [
    ...general.map((trouble) => ({ ...trouble, lines: trouble.blocks })),
    ...own.map((trouble) => ({ ...trouble, lines: ownBlocks(chapter, trouble) })),
  ]
    .filter(({ symptom, cause, fix, lines }) => {
      const text = JSON.stringify([symptom, cause, fix, lines]);
      return known.has(text) ? false : known.add(text);
    })
    .flatMap(({ symptom, cause, fix, lines }) => [heading(3, symptom), prose(`${cause} ${fix}`), ...lines]);
}

function ownBlocks(chapter: Chapter, { checks, remedies }: Trouble): string[] {
  return chapter.blocks([...(checks ?? []), ...(remedies ?? [])]);
}
