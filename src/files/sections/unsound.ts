import { findSections } from './find';
import { parseKey, SECTION_ID } from './marks';
import { namespacesOf, WantedSection } from './plan';

/**
 * What is wrong with sections as they are wanted, as sentences without their end.
 *
 * @param wanted the sections of one file
 */
export function unsoundSections(wanted: readonly WantedSection[]): string[] {
  const owners = namespacesOf(wanted.map(({ key }) => key));
  return wanted.flatMap(({ key, content }, index) => {
    const { sectionId } = parseKey(key);
    if (!SECTION_ID.test(sectionId)) return [`the name of the section ${JSON.stringify(sectionId)} is not one of lower-case words with dashes between`];
    if (wanted.findIndex((each) => each.key === key) !== index) return [`the section "${sectionId}" is given twice`];
    const { sections, broken, openFence } = findSections(content, owners);
    if (sections.length > 0 || broken.length > 0) return [`the text of the section "${sectionId}" holds the mark of a section`];
    return openFence ? [`the text of the section "${sectionId}" has a code block in line ${openFence.line} that does not end`] : [];
  });
}
