import { type Literal, malformed, readTokens, type Token } from './soql-tokens.js';

export interface Query {
  /** Paths such as `Owner.Name`, or an aggregate over one. */
  readonly select: readonly Selected[];
  readonly from: string;
  readonly where?: Test;
  readonly orderBy: readonly { readonly path: string; readonly down: boolean }[];
  readonly limit?: number;
  readonly offset: number;
}

export type Selected =
  | { readonly path: string }
  | {
      readonly aggregate: 'count' | 'min' | 'max';
      readonly path?: string;
      readonly alias?: string;
    };

export type Test =
  | { readonly op: 'and'; readonly tests: readonly Test[] }
  | { readonly op: 'or'; readonly tests: readonly Test[] }
  | { readonly op: 'not'; readonly test: Test }
  | {
      readonly op: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like';
      readonly path: string;
      readonly value: Literal;
    }
  | {
      readonly op: 'in';
      readonly not: boolean;
      readonly path: string;
      readonly values: readonly Literal[];
    };

const AGGREGATES = ['count', 'min', 'max'];
const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='];

/** The part of SOQL that is understood; everything else is refused as Salesforce refuses what it does not understand. */
export function parseSoql(soql: string): Query {
  const tokens = readTokens(soql);
  let next = 0;

  const peek = (): Token => tokens[next] as Token;
  const textOf = (token: Token): string => ('text' in token ? token.text : '');
  const isWord = (word: string): boolean =>
    peek().kind === 'word' && textOf(peek()).toLowerCase() === word;
  const isSign = (sign: string): boolean => peek().kind === 'sign' && textOf(peek()) === sign;
  const fail = (): never => {
    const token = peek();
    const met =
      token.kind === 'end'
        ? "unexpected token: '<EOF>'"
        : `unexpected token: '${textOf(token) || 'value'}'`;
    throw malformed(soql, token.at, met);
  };
  const takeWord = (word: string): boolean => {
    if (!isWord(word)) return false;
    next++;
    return true;
  };
  const takeSign = (sign: string): boolean => {
    if (!isSign(sign)) return false;
    next++;
    return true;
  };
  const need = (taken: boolean): void => {
    if (!taken) fail();
  };
  const name = (): string => {
    const token = peek();
    if (token.kind !== 'word') return fail();
    next++;
    return token.text;
  };
  const literal = (): Literal => {
    const token = peek();
    if (token.kind !== 'value') return fail();
    next++;
    return token.value;
  };
  const list = <Item>(item: () => Item): Item[] => {
    const items = [item()];
    while (takeSign(',')) items.push(item());
    return items;
  };
  const wholeNumber = (): number => {
    const value = literal();
    if (value.type !== 'number' || !Number.isInteger(value.number) || value.number < 0)
      throw malformed(soql, peek().at, 'expecting a whole number');
    return value.number;
  };

  function selected(): Selected {
    const first = name();
    if (!takeSign('(')) return { path: first };
    const aggregate = first.toLowerCase();
    if (!AGGREGATES.includes(aggregate))
      throw malformed(soql, peek().at, `unknown function: ${first}`);
    const path = isSign(')') ? undefined : name();
    need(takeSign(')'));
    const alias = peek().kind === 'word' && !isWord('from') ? name() : undefined;
    return {
      aggregate: aggregate as 'count',
      ...(path === undefined ? {} : { path }),
      ...(alias === undefined ? {} : { alias }),
    };
  }

  function either(): Test {
    const first = unary();
    const op = isWord('and') ? 'and' : isWord('or') ? 'or' : undefined;
    if (op === undefined) return first;
    const tests = [first];
    while (takeWord(op)) tests.push(unary());
    // Salesforce takes no mixture without brackets.
    if (isWord('and') || isWord('or')) fail();
    return { op, tests };
  }

  function unary(): Test {
    if (takeWord('not')) return { op: 'not', test: unary() };
    if (takeSign('(')) {
      const test = either();
      need(takeSign(')'));
      return test;
    }
    const path = name();
    const isNot = takeWord('not');
    if (isNot || isWord('in')) {
      need(takeWord('in'));
      need(takeSign('('));
      const values = list(literal);
      need(takeSign(')'));
      return { op: 'in', not: isNot, path, values };
    }
    if (takeWord('like')) return { op: 'like', path, value: literal() };
    const token = peek();
    const op = token.kind === 'sign' ? token.text.replace('<>', '!=') : '';
    if (!COMPARISONS.includes(op)) fail();
    next++;
    return { op: op as '=', path, value: literal() };
  }

  need(takeWord('select'));
  const select = list(selected);
  need(takeWord('from'));
  const from = name();
  const where = takeWord('where') ? either() : undefined;
  const orderBy: { path: string; down: boolean }[] = [];
  if (takeWord('order')) {
    need(takeWord('by'));
    orderBy.push(
      ...list(() => {
        const path = name();
        const down = takeWord('desc');
        if (!down) takeWord('asc');
        return { path, down };
      }),
    );
  }
  const limit = takeWord('limit') ? wholeNumber() : undefined;
  const offset = takeWord('offset') ? wholeNumber() : 0;
  if (peek().kind !== 'end') fail();
  if (offset > 2_000) throw malformed(soql, 0, 'Maximum SOQL offset allowed is 2000');
  return {
    select,
    from,
    ...(where === undefined ? {} : { where }),
    orderBy,
    ...(limit === undefined ? {} : { limit }),
    offset,
  };
}
