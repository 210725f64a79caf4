import { healthPanel } from './health-panel'; // part: api
import { itemsPanel } from './items-panel'; // part: items

/** A part of the page, and what ends its work. */
export interface Panel {
  readonly section: HTMLElement;
  readonly leave: () => void;
}

/** What the page consists of, from top to bottom. */
export const panels: readonly (() => Panel)[] = [
  healthPanel, // part: api
  itemsPanel, // part: items
];
