import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOpportuneError } from '../../src/core/errors.js';
import { connect, pull } from './files-in-memory.js';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...new TextEncoder().encode(part)] : part,
    ),
  );
const utf16 = (text: string, big: boolean): Uint8Array =>
  Uint8Array.from(
    [...text].flatMap((char) => {
      const code = char.charCodeAt(0);
      return big ? [code >> 8, code & 255] : [code & 255, code >> 8];
    }),
  );

describe('a file that is not as it should be', () => {
  const ONE = `
connection: shop
asOf: 2026-03-31
files:
  a.csv:
    key: id
    columns: { n: { type: number } }
    facts: [{ record: account, set: { name: name, n: n } }]
`;
  const names = async (
    content: string | Uint8Array,
    map: string = ONE,
  ): Promise<{ names: string[]; skips: string[]; repairs: string[] }> => {
    const { facts, skips, repairs } = await pull(connect({ 'a.csv': content }, { map }));
    return {
      names: facts.map(({ data }) => String((data.values as { name: string }).name)),
      skips,
      repairs,
    };
  };
  const good = 'id,name,n\n1,Ana,5\n2,Zoë,6\n';

  const stops: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['empty', '', /^a\.csv: the file is empty\. Export it again/],
    [
      'Latin-1',
      bytes('id,name,n\n1,Ana,5\n2,Zo', [0xeb], ',6\n'),
      /^a\.csv: the file is not UTF-8; it looks like Windows-1252 \(Latin-1\)\. .*"encoding: windows-1252" to map\.yaml:5/,
    ],
    [
      'without a column of the map',
      'id,nmae,n\n1,Ana,5\n',
      /^a\.csv:1: there is no column "name", which the map reads\. Did you mean "nmae"\? Correct map\.yaml/,
    ],
    [
      'that is one line of 70,000 letters',
      'x'.repeat(70_000),
      /^a\.csv:1: there is no column "id", which the map reads\. It has x{30}…; correct map\.yaml$/,
    ],
    [
      'with a header written twice',
      'id,name,n,name\n1,Ana,5,x\n',
      /^a\.csv:1: column "name" is there 2 times/,
    ],
    [
      'parted by semicolons',
      'id;name;n\n1;Ana;5\n',
      /^a\.csv:1: the header is one column.* Add "delimiter: ";"" to map\.yaml:5/,
    ],
    [
      'with broken quotes in its header',
      'id,"name,n\n1,Ana,5\n',
      /^a\.csv:1: the header cannot be read/,
    ],
  ];
  for (const [what, content, message] of stops)
    it(`stops the import with a place and a remedy: ${what}`, async () => {
      await assert.rejects(
        names(content),
        (error) => isOpportuneError(error, 'opportune/csv-source') && message.test(error.message),
      );
    });

  it('stops the import when a file of the map is not there', async () => {
    await assert.rejects(
      pull(connect({}, { map: ONE })),
      /map\.yaml:5: there is no file "a\.csv" in the source folder/,
    );
  });

  const reads: readonly (readonly [string, string | Uint8Array])[] = [
    ['with a byte order mark', bytes([0xef, 0xbb, 0xbf], good)],
    ['with CRLF', good.replaceAll('\n', '\r\n')],
    ['with CR', good.replaceAll('\n', '\r')],
    ['in UTF-16 with a mark', Uint8Array.from([0xff, 0xfe, ...utf16(good, false)])],
    ['in UTF-16, big end first, with a mark', Uint8Array.from([0xfe, 0xff, ...utf16(good, true)])],
    ['in UTF-16 without a mark', utf16(good, false)],
    ['without a last line end', good.trimEnd()],
    ['with a header that is written twice and not read', 'id,name,n,x,x\n1,Ana,5,,\n2,Zoë,6,,\n'],
  ];
  for (const [what, content] of reads)
    it(`is read: ${what}`, async () =>
      assert.deepEqual((await names(content)).names, ['Ana', 'Zoë']));

  it('says which encoding it took', async () => {
    assert.deepEqual((await names(utf16(good, false))).repairs, ['a.csv: utf-16le -> utf-8']);
  });

  it('is read as Windows-1252 where the map says so', async () => {
    const map = ONE.replace('key: id', 'key: id\n    encoding: windows-1252');
    assert.deepEqual(
      (await names(bytes('id,name,n\n1,Ana,5\n2,Zo', [0xeb], ' ', [0x80], ',6\n'), map)).names,
      ['Ana', 'Zoë €'],
    );
  });

  const skipsRow: readonly (readonly [string, string | Uint8Array, string[], string[]])[] = [
    [
      'an open quote',
      'id,name,n\n1,"Ana,5\n2,Zoë,6\n',
      ['Zoë'],
      ['a.csv:2 row: a quote is opened and not closed [a quote is opened and not closed]'],
    ],
    [
      'ragged',
      'id,name,n\n1,Ana\n2,Zoë,6\n',
      ['Zoë'],
      [
        'a.csv:2 row: it has another number of fields than the header [it has 2 fields, and the header has 3]',
      ],
    ],
    ['no key', 'id,name,n\n,Ana,5\n2,Zoë,6\n', ['Zoë'], ['a.csv:2 row: "id" is empty']],
    [
      'bytes that are not UTF-8 in the key',
      bytes('id,name,n\n', [0xff], ',Ana,5\n2,Zoë,6\n3,Zoë,6\n4,ë,6\n5,ë,6\n'),
      ['Zoë', 'Zoë', 'ë', 'ë'],
      ['a.csv:2 row: "id" holds bytes that are not in the encoding of the file'],
    ],
  ];
  for (const [what, content, used, told] of skipsRow)
    it(`loses one row and not the next: ${what}`, async () => {
      const { names: got, skips } = await names(content);
      assert.deepEqual(got, used);
      assert.deepEqual(skips, told);
    });

  it('leaves out one value with bytes that are not UTF-8, with a zero byte, or of 200,000 characters', async () => {
    const content = bytes(
      'id,name,n\n1,A',
      [0xff],
      ',5\n2,Zoë,6\n3,Zoë,6\n4,Zoë,6\n5,B\0b,7\n6,',
      'x'.repeat(200_000),
      ',8\n',
    );
    const { names: got, skips } = await names(content);
    assert.deepEqual(got, ['undefined', 'Zoë', 'Zoë', 'Zoë', 'undefined', 'undefined']);
    assert.deepEqual(skips, [
      'a.csv:2 value: "name" holds bytes that are not in the encoding of the file',
      'a.csv:6 value: "name" holds a zero byte',
      'a.csv:7 value: "name" is longer than 131072 characters',
    ]);
  });

  it('keeps text that looks like a formula as text', async () => {
    const { names: got } = await names(
      'id,name,n\n1,"=HYPERLINK(""http://x.test"")",5\n2,@SUM(A1),6\n3,-2+3,7\n',
    );
    assert.deepEqual(got, ['=HYPERLINK("http://x.test")', '@SUM(A1)', '-2+3']);
  });

  it('tells a cell that was emptied as null, and one that cannot be read not at all', async () => {
    const { facts } = await pull(connect({ 'a.csv': 'id,name,n\n1,,five\n' }, { map: ONE }));
    assert.deepEqual(facts[0]?.data, { values: { name: null } });
  });
});
