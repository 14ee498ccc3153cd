import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compilePlaybook, formatProblem } from '../src/plan/compile-playbook.js';
import { readSentence } from '../src/studio/read-sentence.js';
import { sentenceText } from '../src/studio/sentence.js';
import { startPlay, TEMPLATES } from '../src/studio/templates.js';
import { toSentence } from '../src/studio/to-sentence.js';
import { createVocabulary, type Vocabulary } from '../src/studio/vocabulary.js';
import { readPlaybook } from './playbook-folders.js';

const today = '2026-11-21';

describe('a template', () => {
  const [vocabulary, small] = ['examples/crm/playbook/', 'test/playbooks/small/'].map((folder) => {
    const { playbook } = compilePlaybook(readPlaybook(folder), { today });
    return createVocabulary(playbook ?? assert.fail(folder));
  }) as [Vocabulary, Vocabulary];
  const vocabularies = [vocabulary, small];

  it('becomes a play in the words of the playbook, whose open slots are told', () => {
    const [template = assert.fail()] = TEMPLATES;
    const text = sentenceText(toSentence(startPlay(template, vocabulary), vocabulary));
    assert.match(
      text,
      /^For \[a deal\] \[when\] \[Days since the buyer replied\] \[is\] \[14 days\] or more/,
    );
    assert.match(text, /It is kept by \[…\]\. Its id is \[silent-buyer-2\]\.$/);
  });

  for (const template of TEMPLATES)
    it(`${template.id} compiles as soon as its open slots are filled`, () => {
      for (const words of vocabularies) {
        const play = startPlay(template, words);
        const text = sentenceText(toSentence(play, words));
        assert.deepEqual(readSentence(text, words), { play });
        assert.doesNotMatch(text, /= |\?/);
        const source = words === vocabulary ? 'examples/crm/playbook/' : 'test/playbooks/small/';
        const isOpen = JSON.stringify(play.trigger).includes('null');
        const whole = {
          ...play,
          ...(isOpen && { trigger: { opened: true } }),
          owner: 'ana@example.com',
          serves: { satisfaction: { value: 0.2 } },
        };
        const { problems } = compilePlaybook(
          [
            ...readPlaybook(source).filter(({ path }) => !path.startsWith('content/')),
            { path: 'plays/template.yaml', text: JSON.stringify(whole) },
          ],
          { today },
        );
        const errors = problems.filter(({ severity }) => severity === 'error');
        assert.deepEqual(errors.map(formatProblem), [], text);
      }
    });
});
