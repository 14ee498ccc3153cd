/**
 * Lightning Web Security, the sandbox in which Salesforce runs components. It is Salesforce's own package under its own
 * licence, so it is no dependency: this fetches it into the system's temporary folder, once.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const sandbox = '@locker/sandbox@0.28.4';
const folder = join(tmpdir(), 'opportune-lws');

/**
 * The script of a page that has the sandbox: `gates(264)` sets the release whose rules hold, `inSandbox(script, given)`
 * runs a script inside, with these as its globals. Where it is not there and may not (OPPORTUNE_NO_INSTALL=1) or cannot
 * be fetched, `missing` says why.
 */
export async function lwsHost() {
  if (!existsSync(join(folder, 'node_modules/@locker/sandbox'))) {
    if (process.env.OPPORTUNE_NO_INSTALL === '1')
      return { missing: 'it is not there, and nothing may be installed' };
    mkdirSync(folder, { recursive: true });
    const args = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save', sandbox];
    const { status } = spawnSync('npm', args, { stdio: ['ignore', 2, 'inherit'] });
    if (status !== 0) return { missing: `npm could not install ${sandbox}` };
  }
  return {
    script: await bundleScript(
      `import { evaluateInSandbox } from '@locker/sandbox';
  import { clearGaterEnabledFeatures, isGaterEnabledFeature, LWS_DEFAULT_GATER_FEATURES, registerGaterEnabledFeatures } from '@locker/shared';
  window.gates = (upTo) => {
    clearGaterEnabledFeatures();
    registerGaterEnabledFeatures(LWS_DEFAULT_GATER_FEATURES.filter((feature) => {
      const since = /changesSince\\.(\\d+)/.exec(feature);
      return !since || Number(since[1]) <= upTo;
    }));
    return isGaterEnabledFeature('changesSince.264');
  };
  window.inSandbox = (script, given) => evaluateInSandbox('c', script, undefined, given);`,
      folder,
    ),
  };
}

/** A script with all that it imports, for a page. */
export async function bundleScript(contents, resolveDir) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    target: 'es2022',
    conditions: ['production'],
    logLevel: 'error',
  });
  return outputFiles[0].text;
}
