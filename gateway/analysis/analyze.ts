import { writeFileSync } from 'node:fs';
import type { Playbook } from 'opportune';
import { answer } from '../../src/insights/answer.js';
import type { Question } from '../../src/insights/question.js';
import { toReportHtml } from '../../src/insights/report-html.js';
import { plural } from '../../src/view/count.js';
import {
  type Command,
  type Given,
  JSON_OPTION,
  type Option,
  type Terminal,
  textOption,
  usageError,
} from '../command.js';
import { printable } from '../text.js';
import { actionsTopic } from './actions.js';
import { forecastTopic } from './forecast.js';
import { groundOf } from './ground-of.js';
import { patternsTopic } from './patterns.js';
import { proofTopic } from './proof.js';
import { rampTopic } from './ramp.js';
import { reasonsTopic } from './reasons.js';
import { toReportText } from './report-text.js';
import { retentionTopic } from './retention.js';
import { roiTopic } from './roi.js';
import { tradeoffTopic } from './tradeoff.js';
import { triesTopic } from './tries.js';
import { walletTopic } from './wallet.js';
import { whitespaceTopic } from './whitespace.js';

/** One kind of analysis. */
export interface Topic {
  readonly name: string;
  /** Beside those that every topic knows. */
  readonly options: readonly Option[];
  read(given: Given, playbook: Playbook): Question;
}

const TOPICS: readonly Topic[] = [
  patternsTopic,
  whitespaceTopic,
  walletTopic,
  retentionTopic,
  forecastTopic,
  rampTopic,
  actionsTopic,
  triesTopic,
  reasonsTopic,
  proofTopic,
  roiTopic,
  tradeoffTopic,
];

const COMMON: readonly Option[] = [
  {
    name: 'playbook',
    value: 'P',
    about: 'the playbook folder: its attributes are what is looked at',
    needed: true,
  },
  {
    name: 'facts',
    value: 'FILE',
    about: 'facts as JSON Lines, or the folder of a store; - is standard input',
    needed: true,
  },
  { name: 'html', value: 'FILE', about: 'write the report there as a page, too' },
  JSON_OPTION,
];

const NAMES = TOPICS.map(({ name }) => name).join(' | ');

export const analyzeCommand: Command = {
  name: 'analyze',
  summary: 'What recorded facts add up to: what wins, and whether so much data can tell.',
  usage: `analyze (${NAMES}) --playbook P --facts FILE [--html FILE] [--json]`,
  options: [...COMMON, ...ownOptions()],
  positionals: ['TOPIC'],
  run: analyze,
};

/** Of several topics that know an option it is named once, with all of them. */
function ownOptions(): readonly Option[] {
  const byName = new Map<string, Option & { readonly topics: string[] }>();
  for (const { name: topic, options } of TOPICS)
    for (const option of options) {
      const known = byName.get(option.name);
      if (known) known.topics.push(topic);
      else byName.set(option.name, { ...option, topics: [topic] });
    }
  return Array.from(byName.values(), ({ topics, ...option }) => ({
    ...option,
    about: `${topics.join(', ')}: ${option.about}`,
  }));
}

async function analyze(given: Given, terminal: Terminal): Promise<number> {
  const [name = ''] = given.positionals;
  const topic = TOPICS.find((one) => one.name === name);
  if (!topic) throw usageError(`there is no analysis "${printable(name)}"`, `Use one of ${NAMES}`);
  const own = new Set([...COMMON, ...topic.options].map((option) => option.name));
  for (const option of Object.keys(given.values))
    if (!own.has(option))
      throw usageError(
        `--${option} has no meaning for analyze ${name}`,
        'Leave it out, or see opportune analyze --help',
      );
  const { ground, futureFacts } = groundOf(given, terminal);
  const { result, report, found } = await answer(topic.read(given, ground.playbook), ground);
  terminal.progress?.('');
  const future = futureFacts();
  if (future > 0)
    terminal.problem(
      `${plural(future, 'fact')} of a time to come, taken as of now: are the dates right?`,
    );
  const html = textOption(given, 'html');
  if (html !== undefined) writeFileSync(html, toReportHtml(report));
  terminal.out(
    given.values.json === true ? `${JSON.stringify(result, null, 2)}\n` : toReportText(report),
  );
  return found ? 0 : 1;
}
