import type { Component } from 'vue';
import HealthPanel from './HealthPanel.vue'; // part: api
import ItemsPanel from './ItemsPanel.vue'; // part: items

/** What the page consists of, from top to bottom. */
export const panels: readonly Component[] = [
  HealthPanel, // part: api
  ItemsPanel, // part: items
];
