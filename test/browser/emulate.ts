import { executeServerCommand } from '@web/test-runner-commands';

/** What a page finds around it; what is left out is as usual: light, 800 x 600 pixels, online. */
export interface Environment {
  readonly colors?: 'light' | 'dark';
  readonly forcedColors?: boolean;
  /** Default true, unlike most machines: what a test looks at does not move. */
  readonly reducedMotion?: boolean;
  readonly offline?: boolean;
  readonly width?: number;
  readonly height?: number;
}

/** In browser tests: changes the page's environment, until the next call or the end of the test file. */
export async function emulate(environment: Environment): Promise<void> {
  await executeServerCommand('emulate', environment);
}

after(() => emulate({}));
