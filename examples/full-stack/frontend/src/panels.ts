import type { ComponentType } from 'react';
import { HealthPanel } from './HealthPanel';
import { ItemsPanel } from './ItemsPanel';

/** What the page consists of, from top to bottom. */
export const panels: readonly ComponentType[] = [
  HealthPanel,
  ItemsPanel,
];
