import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JsonValue } from '../src/domain/value.js';
import { compilePlaybook, formatProblem } from '../src/plan/compile-playbook.js';
import { ask, choose, group, say, unsay } from '../src/studio/choose.js';
import { readYaml, rewriteYaml } from '../src/studio/edit-yaml.js';
import { optionsFor } from '../src/studio/options-for.js';
import { getAt, type PlayData } from '../src/studio/play-data.js';
import { readSentence } from '../src/studio/read-sentence.js';
import { sentenceText } from '../src/studio/sentence.js';
import { toSentence } from '../src/studio/to-sentence.js';
import {
  files,
  playbook,
  playIn,
  plays,
  slotAt,
  slotsOf,
  texts,
  vocabulary,
} from './studio-crm.js';
import { playData } from './studio-plays.js';

/** The values in it; whether a name is written with its kind makes no difference. */
function words(data: JsonValue | undefined): readonly string[] {
  if (data === undefined || data === null) return [];
  if (typeof data !== 'object')
    return [String(data).replace(/^(account|opportunity|contact)\./, '')];
  return Object.values(data).flatMap(words);
}

describe('choosing', () => {
  it('another value changes this value alone', () => {
    const play = playIn('business-case');
    const slot = slotAt(play, 'trigger.becomes.stage');
    assert.deepEqual(choose(play, slot, 'Proposal', vocabulary), {
      play: {
        ...play,
        trigger: {
          becomes: { ...(getAt(play, ['trigger', 'becomes']) as object), stage: 'Proposal' },
        },
      },
      dropped: [],
    });
  });

  it('another attribute keeps its place, and tells which values it could not take over', () => {
    const play: PlayData = {
      about: 'account',
      eligibility: { status: ['Customer', 'Prospect'], region: 'West' },
    };
    const slot = slotAt(play, 'eligibility.status', 'key');
    const { play: chosen, dropped } = choose(play, slot, 'channel', vocabulary);
    assert.equal(JSON.stringify(chosen.eligibility), '{"channel":null,"region":"West"}');
    assert.deepEqual(
      dropped.map(({ value, because }) => [value, because]),
      [
        ['Customer', 'is no value of "Sold through"'],
        ['Prospect', 'is no value of "Sold through"'],
      ],
    );
  });

  it('another operator takes the value over', () => {
    const play: PlayData = { about: 'account', eligibility: { openCases: { gte: 3, lte: 9 } } };
    const more = choose(play, slotAt(play, 'eligibility.openCases.gte', 'form'), 'gt', vocabulary);
    assert.deepEqual(more.play.eligibility, { openCases: { gt: 3, lte: 9 } });
    const is = choose(play, slotAt(play, 'eligibility.openCases.gte', 'form'), 'is', vocabulary);
    assert.deepEqual(is.play.eligibility, { openCases: 3 });
    assert.deepEqual(
      is.dropped.map(({ value }) => value),
      [9],
    );
  });

  it('an attribute that is called like an operator is none', () => {
    const play: PlayData = { about: 'account', eligibility: { missing: 'Retail', in: 'West' } };
    const chosen = choose(play, slotAt(play, 'eligibility.missing', 'form'), 'list', vocabulary);
    assert.deepEqual(chosen.play.eligibility, { missing: ['Retail'], in: 'West' });
    assert.deepEqual(chosen.dropped, []);
  });

  it('another form of trigger keeps the event and until', () => {
    const play = playIn('callback');
    const { play: chosen, dropped } = choose(
      play,
      slotAt(play, 'trigger', 'form'),
      'pattern',
      vocabulary,
    );
    assert.deepEqual(chosen.trigger, {
      pattern: { sequence: ['callback-requested'] },
      until: { lastCallBy: 'seller' },
    });
    assert.deepEqual(dropped, []);
  });

  it('another kind of record keeps what can still be read, and tells what cannot', () => {
    const play = playIn('business-case');
    const { play: chosen, dropped } = choose(play, slotAt(play, 'about'), 'account', vocabulary);
    assert.deepEqual(chosen.trigger, { becomes: {} });
    assert.deepEqual(chosen.suitability, {
      'account.askedForQuiet': false,
      'account.budgetClosed': false,
    });
    assert.deepEqual(
      dropped.map(({ path }) => path.join('.')),
      [
        ...['trigger.becomes.job', 'trigger.becomes.stage', 'trigger.becomes.amount'],
        ...['trigger.becomes.open', 'applicability.daysSinceBuyerAct', 'serves.revenue'],
      ],
    );
  });

  it('does not merge two conditions into one untold', () => {
    const play: PlayData = {
      about: 'account',
      eligibility: { region: 'West', 'account.region': 'Central' },
    };
    const { play: chosen, dropped } = choose(
      play,
      slotAt(play, 'about'),
      'opportunity',
      vocabulary,
    );
    assert.deepEqual(chosen.eligibility, { 'account.region': 'West' });
    assert.deepEqual(
      dropped.map(({ value }) => value),
      ['Central'],
    );
  });

  it('the kind of an action that is open begins it', () => {
    const play: PlayData = { about: 'account' };
    const { play: chosen } = choose(play, slotAt(play, 'action'), 'email', vocabulary);
    assert.deepEqual(chosen.action, { kind: 'email' });
    assert.equal(slotAt(chosen, 'action.minutes').text, '…');
  });

  it('a name that stands there already is refused', () => {
    const play: PlayData = {
      about: 'account',
      eligibility: { status: 'Customer', region: 'West' },
    };
    assert.throws(
      () => choose(play, slotAt(play, 'eligibility.status', 'key'), 'region', vocabulary),
      /eligibility: "region" stands there already/,
    );
  });

  it('loses nothing untold, whatever is chosen', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...plays), playData(playbook)),
        fc.nat(),
        fc.nat(),
        (play, which, what) => {
          const slots = slotsOf(play);
          const slot = slots[which % slots.length];
          const options = slot ? optionsFor(play, slot, '', vocabulary) : [];
          const option = options[what % options.length];
          if (!slot || !option) return;
          let chosen: ReturnType<typeof choose>;
          try {
            chosen = choose(play, slot, option.value, vocabulary);
          } catch (error) {
            assert.match(String(error), /stands there already/);
            return;
          }
          const kept = [
            chosen.play,
            ...chosen.dropped.map(({ value }) => value),
            slot.value ?? null,
            // Whether it is known is said by the operator itself.
            ...(['missing', 'known'].includes(String(slot.value)) ? [true, false] : []),
          ].flatMap(words);
          for (const word of words(play))
            assert.ok(
              kept.includes(word),
              `${word} of ${slot.kind} at ${slot.path} for ${JSON.stringify(option)}: ${JSON.stringify(chosen)}`,
            );
          const text = sentenceText(toSentence(chosen.play, vocabulary));
          assert.deepEqual(readSentence(text, vocabulary), { play: chosen.play }, text);
        },
      ),
      { numRuns: 500, includeErrorInReport: true },
    );
  });

  it('is written into the file of the play, whose comments stay', () => {
    fc.assert(
      fc.property(fc.constantFrom(...plays.keys()), fc.nat(), fc.nat(), (index, which, what) => {
        const play = plays[index] ?? assert.fail();
        const text = `# Kept.\n${texts[index]}# At the end.\n`;
        const slots = slotsOf(play);
        const slot = slots[which % slots.length] ?? assert.fail();
        const options = optionsFor(play, slot, '', vocabulary);
        const option = options[what % options.length];
        const home = getAt(play, slot.path.slice(0, -1)) ?? {};
        const isTaken = slot.of === 'key' && Object.hasOwn(home as object, String(option?.value));
        if (!option || isTaken) return;
        const chosen = choose(play, slot, option.value, vocabulary).play;
        const written = rewriteYaml(text, chosen, 'plays/one.yaml');
        assert.deepEqual(readYaml(written), chosen);
        assert.match(written, /^# Kept\.\n.*\n# At the end\.\n$/s);
        // A condition put into a group stands further in, its words unchanged.
        const linesOf = (yaml: string) =>
          yaml.split('\n').map((line) => line.replace(/^[ -]+/, ''));
        const before = linesOf(text);
        const changed = linesOf(written).filter((line) => !before.includes(line));
        assert.ok(slot.kind === 'about' || changed.length <= 5, written);
      }),
      { numRuns: 200, includeErrorInReport: true },
    );
  });

  it('a value of the list compiles', () => {
    const kinds = [
      'value',
      'activity',
      'absent',
      'channel',
      'audience',
      'action',
      'contact',
      'goal',
    ];
    const seen = new Set<string>();
    for (const play of plays)
      for (const slot of slotsOf(play)) {
        const about = `${slot.kind} ${slot.attribute}`;
        if (slot.of !== 'value' || !kinds.includes(slot.kind) || seen.has(about)) continue;
        seen.add(about);
        for (const { value } of optionsFor(play, slot, '', vocabulary).slice(0, 1)) {
          if (['ask', 'event', 'self'].includes(String(value))) continue;
          const chosen = choose(play, slot, value, vocabulary).play;
          const changed = files
            .filter(({ path }) => !/^(plays|content)\//.test(path))
            .concat({ path: 'plays/one.yaml', text: JSON.stringify(chosen) });
          const { problems } = compilePlaybook(changed, { today: '2026-11-21' });
          assert.deepEqual(
            problems.filter(({ severity }) => severity === 'error').map(formatProblem),
            [],
            `${about} = ${value}`,
          );
        }
      }
    assert.ok(seen.size > 20);
  });
});

describe('what may be said besides', () => {
  it('is begun open, and taken away with what it leaves empty', () => {
    const play = playIn('callback');
    const { unsaid } = toSentence(play, vocabulary);
    const says = unsaid.map((one) => one.says);
    assert.ok(says.includes('if it fits now:'), says.join('\n'));
    const part = unsaid.find(({ unsaid: path }) => path.join('.') === 'applicability');
    const begun = say(play, part ?? assert.fail());
    const slot = slotAt(begun, 'applicability');
    assert.equal(slot.text, '…');
    const { play: chosen } = choose(begun, slot, 'status', vocabulary);
    assert.deepEqual(chosen.applicability, { status: null });
    assert.deepEqual(unsay(chosen, ['applicability', 'status']), play);
  });
});

describe('conditions', () => {
  it('are added, grouped and taken away again', () => {
    const play: PlayData = { about: 'account', eligibility: { status: 'Customer' } };
    const asked = ask(play, ['eligibility'], 'region');
    assert.deepEqual(asked.eligibility, { status: 'Customer', region: null });
    assert.throws(() => ask(asked, ['eligibility'], 'region'), /"region" stands there already/);
    const grouped = group(play, ['eligibility'], 'any');
    const slot = slotAt(grouped, 'eligibility.any.1');
    assert.equal(slot.kind, 'condition');
    const { play: chosen } = choose(grouped, slot, 'region', vocabulary);
    assert.deepEqual(chosen.eligibility, { any: [{ status: 'Customer' }, { region: null }] });
    assert.deepEqual(unsay(chosen, ['eligibility', 'any', 1, 'region']).eligibility, {
      any: [{ status: 'Customer' }],
    });
    const denied = choose(chosen, slotAt(chosen, 'eligibility.any', 'form'), 'all', vocabulary);
    assert.deepEqual(denied.play.eligibility, { all: [{ status: 'Customer' }, { region: null }] });
  });

  it('tell what a play is worth as an amount or as a share', () => {
    const play = playIn('business-case');
    const worth = slotAt(play, 'serves.revenue', 'form');
    const { play: chosen, dropped } = choose(play, worth, 'value', vocabulary);
    assert.deepEqual(getAt(chosen, ['serves', 'revenue']), { value: null });
    assert.deepEqual(
      dropped.map(({ value }) => value),
      [0.2, 'opportunity.amount'],
    );
  });
});
