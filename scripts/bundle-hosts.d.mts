import type { StudioFiles } from '../gateway/http/page-routes.js';

export function bundleHost(
  name: 'frame' | 'insights' | 'day' | 'dayWorker' | 'lightning' | 'hubspot',
): Promise<string>;

export function bundleStudio(): Promise<StudioFiles>;
