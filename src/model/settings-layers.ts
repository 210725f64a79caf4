import { mergeSettings } from './merge';
import { Mode } from './mode';
import { MODE_DEFAULTS, ONE_SHOT_DEFAULTS } from './mode-defaults';
import { ServiceSettings } from './settings';

/**
 * Everything that was said about how a container is run, in the order in which it was said.
 */
export class SettingsLayers {
  private readonly layers: { readonly mode?: Mode; readonly settings: ServiceSettings }[] = [];
  /** What the layers came to, until another one is added: rules and targets ask for it again and again. */
  private merged: { [mode: string]: ServiceSettings } = {};

  constructor(private readonly oneShot: boolean) {}

  /** Says more; what is said later wins. */
  public add(settings: ServiceSettings, mode?: Mode): void {
    this.layers.push({ mode, settings });
    this.merged = {};
  }

  /** All layers of a mode, merged. */
  public of(mode: Mode): ServiceSettings {
    return this.merged[mode] ??= this.layersOf(mode).reduce(mergeSettings, {});
  }

  /** The layers of a mode, lowest first: what is said for one mode lies over what is said for both. */
  private layersOf(mode: Mode): ServiceSettings[] {
    return [
      MODE_DEFAULTS[mode],
      ...(this.oneShot ? [ONE_SHOT_DEFAULTS] : []),
      ...this.layers.filter((layer) => layer.mode === undefined).map((layer) => layer.settings),
      ...this.layers.filter((layer) => layer.mode === mode).map((layer) => layer.settings),
    ];
  }
}
