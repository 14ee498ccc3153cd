export function bundleHost(name: 'frame' | 'lightning' | 'hubspot'): Promise<string>;
