import { LogicEngine } from 'json-logic-engine';
import { Engine, type TopLevelCondition } from 'json-rules-engine';
import { Query } from 'mingo';
import sift from 'sift';
import type { MatchWorkload, Values } from './match-workload.js';
import type { Account, Expr } from './workload.mjs';

/** How a library is asked which plays match an account, each as its own documentation does it. */
export type Peer = (account: Values) => readonly string[] | Promise<readonly string[]>;

/** What one would write by hand: a function for each test, and a loop. */
export function toClosure(expr: Expr): (account: Account) => boolean {
  switch (expr.op) {
    case 'and': {
      const parts = expr.args.map(toClosure);
      return (account) => {
        for (let i = 0; i < parts.length; i++) if (!parts[i]?.(account)) return false;
        return true;
      };
    }
    case 'or': {
      const parts = expr.args.map(toClosure);
      return (account) => {
        for (let i = 0; i < parts.length; i++) if (parts[i]?.(account)) return true;
        return false;
      };
    }
    case 'not': {
      const part = toClosure(expr.arg);
      return (account) => !part(account);
    }
    case 'eq': {
      const { attr, value } = expr;
      return (account) => account[attr] === value;
    }
    case 'in': {
      const { attr } = expr;
      const values = new Set<unknown>(expr.values);
      return (account) => values.has(account[attr]);
    }
    case 'between': {
      const { attr, lo, hi } = expr;
      return (account) => (account[attr] as number) >= lo && (account[attr] as number) <= hi;
    }
    default: {
      const { attr, value } = expr;
      if (expr.op === 'gt') return (account) => (account[attr] as number) > value;
      if (expr.op === 'ge') return (account) => (account[attr] as number) >= value;
      if (expr.op === 'lt') return (account) => (account[attr] as number) < value;
      return (account) => (account[attr] as number) <= value;
    }
  }
}

export function closures({ source }: MatchWorkload): Peer {
  const plays = source.plays.map(({ id, expr }) => ({ id: `play-${id}`, test: toClosure(expr) }));
  return (account) => {
    const found: string[] = [];
    for (let i = 0; i < plays.length; i++) {
      const play = plays[i] as (typeof plays)[number];
      if (play.test(account as Account)) found.push(play.id);
    }
    return found;
  };
}

export function jsonRulesEngine({ source }: MatchWorkload): Peer {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const { id, expr } of source.plays) {
    const conditions = toRules(expr);
    engine.addRule({
      conditions: ('all' in conditions || 'any' in conditions || 'not' in conditions
        ? conditions
        : { all: [conditions] }) as TopLevelCondition,
      event: { type: `play-${id}` },
    });
  }
  const order = new Map(source.plays.map(({ id }) => [`play-${id}`, id]));
  return async (account) => {
    const { events } = await engine.run(account as Record<string, unknown>);
    const found = events.map(({ type }) => type);
    return found.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  };
}

function toRules(expr: Expr): object {
  switch (expr.op) {
    case 'and':
      return { all: expr.args.map(toRules) };
    case 'or':
      return { any: expr.args.map(toRules) };
    case 'not':
      if (expr.arg.op === 'eq') return { ...toRules(expr.arg), operator: 'notEqual' };
      if (expr.arg.op === 'in') return { ...toRules(expr.arg), operator: 'notIn' };
      return { not: toRules(expr.arg) };
    case 'eq':
      return { fact: expr.attr, operator: 'equal', value: expr.value };
    case 'in':
      return { fact: expr.attr, operator: 'in', value: expr.values };
    case 'between':
      return {
        all: [
          { fact: expr.attr, operator: 'greaterThanInclusive', value: expr.lo },
          { fact: expr.attr, operator: 'lessThanInclusive', value: expr.hi },
        ],
      };
    default: {
      const operator = {
        gt: 'greaterThan',
        ge: 'greaterThanInclusive',
        lt: 'lessThan',
        le: 'lessThanInclusive',
      }[expr.op];
      return { fact: expr.attr, operator, value: expr.value };
    }
  }
}

export function jsonLogicEngine({ source }: MatchWorkload): Peer {
  const engine = new LogicEngine();
  const plays = source.plays.map(({ id, expr }) => ({
    id: `play-${id}`,
    test: engine.build(toLogic(expr)) as (account: Values) => unknown,
  }));
  return (account) => plays.filter(({ test }) => test(account)).map(({ id }) => id);
}

function toLogic(expr: Expr): object {
  switch (expr.op) {
    case 'and':
    case 'or':
      return { [expr.op]: expr.args.map(toLogic) };
    case 'not':
      return { '!': [toLogic(expr.arg)] };
    case 'eq':
      return { '===': [{ var: expr.attr }, expr.value] };
    case 'in':
      return { in: [{ var: expr.attr }, expr.values] };
    case 'between':
      return { '<=': [expr.lo, { var: expr.attr }, expr.hi] };
    default: {
      const operator = { gt: '>', ge: '>=', lt: '<', le: '<=' }[expr.op];
      return { [operator]: [{ var: expr.attr }, expr.value] };
    }
  }
}

export function siftPeer({ source }: MatchWorkload): Peer {
  const make = sift as unknown as (query: object) => (account: Values) => boolean;
  const plays = source.plays.map(({ id, expr }) => ({
    id: `play-${id}`,
    test: make(toQuery(expr)),
  }));
  return (account) => plays.filter(({ test }) => test(account)).map(({ id }) => id);
}

export function mingo({ source }: MatchWorkload): Peer {
  const plays = source.plays.map(({ id, expr }) => ({
    id: `play-${id}`,
    query: new Query(toQuery(expr) as Record<string, never>),
  }));
  return (account) =>
    plays.filter(({ query }) => query.test(account as Record<string, unknown>)).map(({ id }) => id);
}

function toQuery(expr: Expr): object {
  switch (expr.op) {
    case 'and':
      return { $and: expr.args.map(toQuery) };
    case 'or':
      return { $or: expr.args.map(toQuery) };
    case 'not':
      if (expr.arg.op === 'eq') return { [expr.arg.attr]: { $ne: expr.arg.value } };
      if (expr.arg.op === 'in') return { [expr.arg.attr]: { $nin: expr.arg.values } };
      return { $nor: [toQuery(expr.arg)] };
    case 'eq':
      return { [expr.attr]: expr.value };
    case 'in':
      return { [expr.attr]: { $in: expr.values } };
    case 'between':
      return { [expr.attr]: { $gte: expr.lo, $lte: expr.hi } };
    default:
      return {
        [expr.attr]: {
          [`$${expr.op === 'ge' ? 'gte' : expr.op === 'le' ? 'lte' : expr.op}`]: expr.value,
        },
      };
  }
}
