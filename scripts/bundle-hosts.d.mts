export function bundleHost(name: 'frame' | 'insights' | 'lightning' | 'hubspot'): Promise<string>;
