import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Block, layOut } from '../src/studio/lay-out.js';
import type { PlayData } from '../src/studio/play-data.js';
import { type Part, sentenceText } from '../src/studio/sentence.js';
import { toSentence } from '../src/studio/to-sentence.js';
import { playbook, playIn, vocabulary } from './studio-crm.js';
import { playData } from './studio-plays.js';

const laidOut = (play: PlayData): readonly Block[] => layOut(toSentence(play, vocabulary));
const linesOf = (play: PlayData, id: Block['id']): readonly string[] =>
  laidOut(play)
    .filter((block) => block.id === id)
    .flatMap(({ lines }) =>
      lines.map(({ parts, depth }) => '  '.repeat(depth) + sentenceText({ parts, unsaid: [] })),
    );

describe('a play in lines', () => {
  it('has each condition on a line of its own', () => {
    assert.deepEqual(linesOf(playIn('business-case'), 'start'), [
      'For [a deal] [when] [Where the buyer stands] [is one of] [Sees the problem] or [Looks for ways]',
      'and [Stage] [is] [Evaluation]',
      'and [Amount] [is] [30,000 USD] or more',
      'and [Open] [is] [yes],',
    ]);
    assert.deepEqual(linesOf(playIn('business-case'), 'suitability'), [
      'if it serves the buyer: [Asked us to be quiet (account)] [is] [no]',
      'and [No budget this year (account)] [is] [no],',
    ]);
  });

  it('has what stands in a group further in', () => {
    const play: PlayData = {
      about: 'opportunity',
      applicability: {
        open: true,
        any: [
          { stage: 'Evaluation' },
          { amount: { gte: 40_000 }, has: { contact: { left: false } } },
        ],
      },
    };
    assert.deepEqual(linesOf(play, 'applicability'), [
      'if it fits now: [Open] [is] [yes]',
      'and [either] (',
      '  [Stage] [is] [Evaluation])',
      '  or ([Amount] [is] [40,000 USD] or more',
      '  and [there is] [a contact] with (',
      '    [Has left] [is] [no])),',
    ]);
  });

  it('has the parts of what is done on lines of their own', () => {
    assert.deepEqual(linesOf(playIn('callback'), 'action'), [
      'suggest [Call {contact.name|the caller} back],',
      'which is [a call] with [whoever caused it] by [call] in [10] minutes,',
      'with content where [topic] [is one of] [answering],',
      'because [They asked for a call.],',
      'for [5 days].',
    ]);
  });

  it('says nothing else than the sentence, and all of it, whatever the play holds', () => {
    fc.assert(
      fc.property(playData(playbook), (play) => {
        const sentence = toSentence(play, vocabulary);
        const blocks = layOut(sentence);
        const spaced = (text: string): string => text.replace(/\s+/g, '');
        const parts = blocks.flatMap(({ lines }) => lines.flatMap((line) => line.parts));
        const said = (of: readonly Part[]): readonly string[] =>
          of.flatMap((part) => (typeof part === 'string' ? [] : [JSON.stringify(part)])).sort();
        assert.deepEqual(said(parts), said(sentence.parts));
        assert.equal(
          spaced(sentenceText({ parts, unsaid: [] })).length,
          spaced(sentenceText(sentence)).length,
        );
        assert.equal(blocks.flatMap(({ unsaid }) => unsaid).length, sentence.unsaid.length);
      }),
    );
  });
});
