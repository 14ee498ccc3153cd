export const browserFlags: string[];
export function findBrowser(
  log?: (line: string) => void,
): Promise<{ readonly path: string; readonly extensions: boolean } | undefined>;
