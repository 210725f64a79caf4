export { OwnerRule } from './owner-rule';
export { ProcfileTarget } from './procfile-target';
export { ShopPlatform } from './shop-platform';
export type { ShopPlatformProps } from './shop-platform';
export { ShortenerService } from './shortener-service';
export type { ShortenerProps } from './shortener-service';
