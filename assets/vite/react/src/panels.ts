import type { ComponentType } from 'react';
import { HealthPanel } from './HealthPanel'; // part: api
import { ItemsPanel } from './ItemsPanel'; // part: items

/** What the page consists of, from top to bottom. */
export const panels: readonly ComponentType[] = [
  HealthPanel, // part: api
  ItemsPanel, // part: items
];
