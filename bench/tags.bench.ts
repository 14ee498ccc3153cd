/**
 * How well and how fast tags are proposed: on the demo's playbook, and on generated libraries whose truth is known.
 *
 *     npm run bench -- tags [--seed N] [--sizes 200,2000,10000]
 *
 * Held-out figures are the model's own; against the truth stand 500 contents that it never saw. Times are of the processor.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compilePlaybook, type SourceFile } from 'opportune/plan';
import { readItems } from '../src/studio/playbook-folder.js';
import { type TagModel, type TagQuality, tagTraining } from '../src/studio/tag-model.js';
import {
  type TagAttribute,
  type Tagged,
  type Tags,
  tagAttributesOf,
  tagsOf,
  textOf,
} from '../src/studio/tagged.js';
import { createVocabulary } from '../src/studio/vocabulary.js';
import { makeTagLibrary } from '../test/tag-library.js';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    seed: { type: 'string', default: '1' },
    sizes: { type: 'string', default: '200,2000,10000' },
  },
});
const UNSEEN = 500;

for (const name of ['crm', 'maven']) {
  const { library, attributes } = readPlaybook(`examples/${name}/playbook`);
  console.log(
    `\nexamples/${name}/playbook: ${library.length} contents, ${library.reduce((sum, one) => sum + countTags(one.tags), 0)} tags`,
  );
  report(train(library, attributes), library);
}
for (const size of values.sizes.split(',').map(Number)) {
  const made = makeTagLibrary({ size: size + UNSEEN, seed: Number(values.seed) });
  const library = made.contents.slice(0, size);
  console.log(
    `\ngenerated: ${size} contents, ${library.reduce((sum, one) => sum + countTags(one.tags), 0)} tags, 1 in 20 missing or wrong`,
  );
  const model = train(library, made.attributes);
  report(model, library);
  againstTruth(model, made.contents.slice(size));
  calibration(model, made.contents.slice(size));
}

function readPlaybook(folder: string): {
  readonly library: readonly Tagged[];
  readonly attributes: readonly TagAttribute[];
} {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): SourceFile => {
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(folder.length + 1), text: readFileSync(path, 'utf8') };
    });
  const { playbook } = compilePlaybook(files, { today: '2026-11-20' });
  if (!playbook) throw new Error(`${folder} has errors`);
  const attributes = tagAttributesOf(createVocabulary(playbook));
  const library = [...readItems(files).values()]
    .filter(({ file }) => file.startsWith('content/'))
    .map((item) => ({ id: item.id, text: textOf(item), tags: tagsOf(item, attributes) }));
  return { library, attributes };
}

function train(library: readonly Tagged[], attributes: readonly TagAttribute[]): TagModel {
  const from = process.cpuUsage();
  let longest = 0;
  let slices = 0;
  const work = tagTraining(library, attributes, []);
  for (;;) {
    const before = process.cpuUsage();
    const slice = work.next();
    longest = Math.max(longest, millis(before));
    slices++;
    if (!slice.done) continue;
    console.log(
      `  trained in ${millis(from).toFixed(0)} ms, ${slices} slices, the longest ${longest.toFixed(0)} ms`,
    );
    return slice.value;
  }
}

function millis(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

function report({ propose, quality }: TagModel, library: readonly Tagged[]): void {
  printQuality('held out', quality);
  const texts = library.slice(0, 200);
  for (const { text } of texts) propose(text, {});
  const from = process.cpuUsage();
  for (const { text } of texts) propose(text, {});
  console.log(`  one text in ${(millis(from) / texts.length).toFixed(2)} ms`);
}

function againstTruth(
  { propose }: TagModel,
  unseen: ReturnType<typeof makeTagLibrary>['contents'],
): void {
  let proposed = 0;
  let right = 0;
  let wanted = 0;
  for (const { text, truth } of unseen) {
    const found = propose(text, {});
    proposed += found.length;
    wanted += countTags(truth);
    right += found.filter(({ attribute, value }) => truth[attribute]?.includes(value)).length;
  }
  console.log(
    `  unseen: ${unseen.length} contents, precision ${percent(right / proposed)}, recall ${percent(right / wanted)}`,
  );
}

function calibration(
  { propose }: TagModel,
  unseen: ReturnType<typeof makeTagLibrary>['contents'],
): void {
  const bins = new Map<number, { sum: number; right: number; count: number }>();
  for (const { text, truth } of unseen)
    for (const { attribute, value, probability } of propose(text, {})) {
      const bin = Math.min(4, Math.floor(probability * 5));
      const held = bins.get(bin) ?? { sum: 0, right: 0, count: 0 };
      held.sum += probability;
      held.right += Number(truth[attribute]?.includes(value) ?? false);
      held.count++;
      bins.set(bin, held);
    }
  const told = [...bins]
    .sort(([a], [b]) => a - b)
    .map(
      ([, { sum, right, count }]) =>
        `${percent(sum / count)} said, ${percent(right / count)} right of ${count}`,
    );
  console.log(`  probabilities: ${told.join('; ')}`);
}

function printQuality(title: string, { precision, recall, ...counts }: TagQuality): void {
  const { heldOut, proposed, right, wanted } = counts;
  const rate = (
    part: number,
    of: number,
    interval: readonly [number, number] | undefined,
  ): string =>
    interval
      ? `${percent(part / of)} (${percent(interval[0])} to ${percent(interval[1])})`
      : 'too little to say';
  console.log(
    `  ${title}: ${heldOut} contents, ${proposed} proposed, ${right} right of ${wanted}: precision ${rate(right, proposed, precision)}, recall ${rate(right, wanted, recall)}`,
  );
}

function countTags(tags: Tags): number {
  return Object.values(tags).reduce((sum, own) => sum + own.length, 0);
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(0)} %`;
}
