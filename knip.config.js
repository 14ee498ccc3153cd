import { packages } from './scripts/entries.mjs';

const entries = (folder) =>
  Object.values(packages.find((one) => one.folder === folder).entries).map((file) =>
    folder === '.' ? file : file.slice(folder.length + 1),
  );

export default {
  ignoreBinaries: ['apt-get'],
  workspaces: {
    '.': {
      entry: [
        ...entries('.'),
        'examples/*/main.ts',
        '{scripts,schema}/*.mjs',
        '{src,widget,connectors,examples,test,scripts}/**/*.test.ts',
      ],
      project: ['{src,widget,examples,test,scripts}/**/*.{ts,mjs}', 'connectors/*.ts'],
    },
    'connectors/csv': { entry: [...entries('connectors/csv'), '**/*.test.ts'], project: '**/*.ts' },
    gateway: { entry: [...entries('gateway'), '**/*.test.ts'], project: '**/*.ts' },
    bench: { entry: '*.bench.ts', project: '**/*.ts' },
  },
};
