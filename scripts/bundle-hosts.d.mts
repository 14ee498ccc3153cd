export function bundleHost(
  name: 'frame' | 'insights' | 'studio' | 'studioWorker' | 'lightning' | 'hubspot',
): Promise<string>;
