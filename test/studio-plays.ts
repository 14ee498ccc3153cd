import fc from 'fast-check';
import type { Attribute, Playbook } from '../src/domain/playbook.js';
import type { JsonValue } from '../src/domain/value.js';
import { PLAY_SHAPE } from '../src/plan/play-shape.js';
import type { Shape } from '../src/plan/shape.js';
import type { PlayData } from '../src/studio/play-data.js';

/** Plays as files may say them, each field present or not; what the format allows and what nobody would write. */
export const playData = (playbook: Playbook): fc.Arbitrary<PlayData> =>
  ofShape(PLAY_SHAPE, playbook).map((play) => JSON.parse(JSON.stringify(play)) as PlayData);

/** Labels that a reader could take for the words around them. */
const HOSTILE = [
  ...['is', 'either', 'and [Stage]', '"', ']', '[', '= 3', '…', 'not', '', ' ', 'A, B or C'],
  ...['14 days', 'yes', 'If', '(', 'there is', 'a deal', 'or more', 'Café', 'a\nb', 'Stage'],
];

export const hostileLabels: fc.Arbitrary<readonly string[]> = fc.array(
  fc.constantFrom(...HOSTILE),
  { minLength: 1, maxLength: 40 },
);

/** The playbook with these labels, over and over. */
export function withLabels(playbook: Playbook, labels: readonly string[]): Playbook {
  let count = 0;
  const relabel = <T extends object>(one: T): T => ({
    ...one,
    label: labels[count++ % labels.length],
  });
  return {
    ...playbook,
    attributes: playbook.attributes.map((one) => ({
      ...relabel(one),
      ...(one.values && { values: one.values.map(relabel) }),
    })),
    goals: playbook.goals.map(relabel),
    products: playbook.products.map(relabel),
  };
}

const word = fc.constantFrom(
  ...['Evaluation', 'yes', 'is', 'x', '14 days', '= 1', '"', '[a]', ']', '…', 'same', '', ' a '],
  ...[
    '2027-01-31',
    'null',
    '"quoted"',
    'a, b or c',
    'line\nbreak',
    'café',
    'toString',
    '1,200 EUR',
  ],
);
const literal: fc.Arbitrary<JsonValue> = fc.oneof(
  word,
  fc.string(),
  fc.integer({ min: -1000, max: 1_000_000 }),
  fc.constantFrom(0.1, 0.15, 1 / 3, 1e21, -0.007, 1234.5),
  fc.boolean(),
  fc.constant(null),
);
/** JSON has no -0. */
const open: fc.Arbitrary<JsonValue> = fc
  .json({ maxDepth: 2 })
  .map((text) => JSON.parse(text) as JsonValue);

function condition(playbook: Playbook): fc.Arbitrary<JsonValue> {
  const names = fc.oneof(
    fc.constantFrom(...playbook.attributes).chain((one) => nameOf(one)),
    fc.constantFrom('event.brand', 'brand', 'unknown', 'any', 'not', 'has', 'a.b', '__proto__'),
  );
  const value = fc.oneof(
    literal,
    fc.constantFrom(
      ...playbook.attributes.flatMap(({ values = [] }) => values.map(({ id }) => id)),
    ),
  );
  const operators = fc.dictionary(
    fc.constantFrom(
      'gt',
      'gte',
      'lt',
      'lte',
      'in',
      'hasAll',
      'hasNone',
      'startsWith',
      'missing',
      'eq',
    ),
    fc.oneof(value, fc.array(value, { maxLength: 3 })),
    { maxKeys: 3 },
  );
  const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => {
    const inner = tie('tree');
    const children = fc.dictionary(fc.constantFrom('opportunity', 'contact', 'deal'), inner, {
      maxKeys: 2,
    });
    const tests = fc.array(
      fc.tuple(names, fc.oneof(value, fc.array(value, { maxLength: 4 }), operators)),
      { maxLength: 3 },
    );
    const groups = fc.oneof(
      fc.tuple(fc.constantFrom('any', 'all'), fc.array(inner, { maxLength: 3 })),
      fc.tuple(fc.constant('not'), inner),
      fc.tuple(fc.constantFrom('has', 'hasNo'), children),
    );
    return {
      tree: fc.oneof(
        { depthSize: 'small', maxDepth: 4 },
        tests.map((entries): JsonValue => Object.fromEntries(entries)),
        fc
          .tuple(tests, groups)
          .map(([entries, group]): JsonValue => Object.fromEntries([group, ...entries])),
      ),
    };
  });
  return tree;
}

const nameOf = ({ id }: Attribute): fc.Arbitrary<string> =>
  fc.constantFrom(id, id.slice(id.indexOf('.') + 1));

function ofShape(shape: Shape, playbook: Playbook): fc.Arbitrary<JsonValue> {
  switch (shape.is) {
    case 'choice':
      return fc.constantFrom(...shape.options);
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(0.2, 0.15, 1 / 3));
    case 'text':
      return shape.like
        ? fc.oneof(
            fc.constantFrom(shape.like.replaceAll('"', ''), '2 working days', '3 weeks'),
            fc.constantFrom(
              'call-made',
              'meeting-held',
              'page-visited',
              'quote-begun',
              'new-thing',
            ),
            word,
          )
        : fc.oneof(
            word,
            fc.constantFrom('Call {contact.name|the buyer}', 'owner', 'event', 'amount'),
            fc.constantFrom(...playbook.attributes.map(({ id }) => id)),
          );
    case 'literal':
      return literal;
    case 'list':
      return fc.array(ofShape(shape.of, playbook), { minLength: shape.min ?? 0, maxLength: 4 });
    case 'names':
      return fc.dictionary(
        fc.constantFrom('revenue', 'satisfaction', 'topic', 'account.industry', 'job', 'amount'),
        ofShape(shape.of, playbook),
        { maxKeys: 3 },
      );
    case 'either':
      return fc.oneof(...shape.of.map((one) => ofShape(one, playbook)));
    case 'nested':
      return ofShape(shape.of(), playbook);
    case 'condition':
      return condition(playbook);
    case 'fields': {
      const fields = fc.record(
        Object.fromEntries(
          Object.entries(shape.fields).map(([key, one]) => [
            key,
            fc.oneof(
              { weight: 30, arbitrary: ofShape(one, playbook) },
              { weight: 1, arbitrary: open },
            ),
          ]),
        ),
        { requiredKeys: [] },
      );
      const { oneOf } = shape;
      if (!oneOf) return fields.map((value) => value as JsonValue);
      // Mostly exactly one of them, as the format wants it.
      return fc
        .tuple(fields, fc.constantFrom(...oneOf, undefined))
        .map(
          ([value, kept]): JsonValue =>
            Object.fromEntries(
              Object.entries(value as { [key: string]: JsonValue }).filter(
                ([key]) => kept === undefined || key === kept || !oneOf.includes(key),
              ),
            ),
        );
    }
  }
}
