import type { Component } from 'svelte';
import HealthPanel from './HealthPanel.svelte'; // part: api
import ItemsPanel from './ItemsPanel.svelte'; // part: items

/** What the page consists of, from top to bottom. */
export const panels: readonly Component[] = [
  HealthPanel, // part: api
  ItemsPanel, // part: items
];
