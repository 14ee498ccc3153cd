/**
 * What each package offers: its folder, and its public names with the source of each. The build, package.json `exports`
 * and the `paths` of TypeScript follow from this one table (`node scripts/check-package.mjs --write` writes the last two).
 */
export const packages = [
  {
    name: 'opportune',
    folder: '.',
    entries: {
      '.': 'src/index.ts',
      './plan': 'src/plan/compile-playbook.ts',
      './matcher': 'src/core/matcher/create-matcher.ts',
      './matcher/book': 'src/core/matcher/create-book.ts',
      './stores/memory': 'src/stores/memory.ts',
      './stores/indexed-db': 'src/stores/indexed-db.ts',
      './tabs': 'src/share-agent.ts',
      './remote': 'src/remote/remote-agent.ts',
      './remote/browser': 'widget/browser-panel.ts',
      './remote/contract': 'src/remote/gateway-contract.ts',
      './stores/contract': 'src/stores/store-contract.ts',
      './view': 'src/view/view-model.ts',
      './widget/panel': 'widget/opportune-panel.ts',
      './widget/panel/define': 'widget/opportune-panel-define.ts',
      './studio': 'src/studio/studio.ts',
      './widget/studio': 'widget/opportune-studio.ts',
      './widget/studio/define': 'widget/opportune-studio-define.ts',
      './insights': 'src/insights/insights.ts',
      './widget/insights': 'widget/opportune-insights.ts',
      './widget/insights/define': 'widget/opportune-insights-define.ts',
      './widget/roi': 'widget/opportune-roi.ts',
      './widget/roi/define': 'widget/opportune-roi-define.ts',
      './day': 'src/day/day.ts',
      './widget/day': 'widget/opportune-day.ts',
      './widget/day/define': 'widget/opportune-day-define.ts',
      './connectors/contract': 'connectors/connector-contract.ts',
    },
    // Published as they are.
    files: {
      './widget/themes/*.css': './widget/themes/*.css',
      './schema/*.json': './schema/*.json',
    },
  },
  {
    name: '@opportune/connector-csv',
    folder: 'connectors/csv',
    entries: { '.': 'connectors/csv/csv-connector.ts' },
  },
  {
    name: '@opportune/connector-hubspot',
    folder: 'connectors/hubspot',
    entries: { '.': 'connectors/hubspot/hubspot-connector.ts' },
  },
  {
    name: '@opportune/connector-salesforce',
    folder: 'connectors/salesforce',
    entries: { '.': 'connectors/salesforce/salesforce-connector.ts' },
  },
  // A command and no library: its one file is named by `bin`.
  {
    name: '@opportune/gateway',
    folder: 'gateway',
    entries: {
      './main': 'gateway/main.ts',
      // In a thread of its own.
      './analysis-worker': 'gateway/analysis/analysis-worker.ts',
    },
    command: true,
  },
];
