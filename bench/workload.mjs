// biome-ignore-all lint: kept as it is, so that the same seed gives the same workload everywhere
// biome-ignore-all format: as above
// biome-ignore-all assist: as above
// Deterministic workload for boolean-expression matching over CRM accounts.
// Same seed => same schema, plays, accounts and change stream on every machine.
//
//   import { makeWorkload, evalExpr } from './workload.mjs'
//   const w = makeWorkload({ plays: 10_000, accounts: 1_000, changes: 10_000 })
//   w.schema   [{ name, kind: 'enum'|'num'|'bool', values?, weights?, ... }]      60 attributes
//   w.plays    [{ id: 0.., expr }]   plays are nested: the first 100 of 10,000 are the plays of P = 100
//   w.accounts [{ industry: 'industry_3', employees: 540, isPartner: false, ... }]
//   w.changes  [{ account: index, attr: name, value }]   value always differs from the value then held
//
// Expression grammar (JSON):
//   { op:'and'|'or', args:[expr, ...] }   { op:'not', arg: expr }
//   { op:'eq', attr, value }              enum or boolean
//   { op:'in', attr, values:[...] }       enum
//   { op:'gt'|'ge'|'lt'|'le', attr, value } { op:'between', attr, lo, hi }   numeric, inclusive

// ---------------------------------------------------------------- random
export function rng(seed) {            // sfc32 seeded by splitmix32
  let s = seed >>> 0
  const sm = () => { s = (s + 0x9e3779b9) | 0; let t = s ^ (s >>> 16); t = Math.imul(t, 0x21f0aaad); t ^= t >>> 15; t = Math.imul(t, 0x735a2d97); return (t ^ (t >>> 15)) >>> 0 }
  let a = sm(), b = sm(), c = sm(), d = 1
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0; a = b ^ (b >>> 9); b = (c + (c << 3)) | 0; c = (c << 21) | (c >>> 11); c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i++) next()
  const r = {
    next,
    int: (n) => Math.floor(next() * n),
    range: (lo, hi) => lo + Math.floor(next() * (hi - lo + 1)),
    chance: (p) => next() < p,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    weighted: (cum) => { const x = next() * cum[cum.length - 1]; let lo = 0, hi = cum.length - 1; while (lo < hi) { const m = (lo + hi) >> 1; if (cum[m] > x) hi = m; else lo = m + 1 } return lo },
  }
  return r
}
const zipf = (n, s) => { const w = []; let t = 0; for (let i = 0; i < n; i++) { w.push((i + 1) ** -s); t += w[i] } return w.map((x) => x / t) }
const cumulate = (w) => { let t = 0; return w.map((x) => (t += x)) }

// ---------------------------------------------------------------- schema
const ENUMS = ['industry', 'segment', 'stage', 'region', 'country', 'leadSource', 'ownerRole', 'tier', 'plan', 'lifecycle',
  'currency', 'language', 'timezone', 'subIndustry', 'parentType', 'billingCycle', 'paymentTerms', 'crmSource', 'competitor', 'renewalStatus',
  'riskBand', 'productLine', 'contactSeniority', 'department', 'lastChannel', 'lastOutcome', 'campaign', 'territory', 'partnerType', 'supportTier',
  'onboardingStep', 'contractType', 'dataRegion', 'techStack', 'fundingRound', 'growthBand', 'persona', 'intentTopic', 'npsBand', 'usageBand']
const NUMS = ['employees', 'annualRevenueK', 'daysSinceLastActivity', 'openOpportunities', 'healthScore', 'nps', 'seats', 'openTickets',
  'emailOpens30d', 'meetings90d', 'contractMonthsLeft', 'usageTrendPct']
const BOOLS = ['isPartner', 'hasChampion', 'execEngaged', 'inTrial', 'autoRenew', 'optedOut', 'hasOpenEscalation', 'isStrategic']
const clampInt = (x, lo, hi) => Math.max(lo, Math.min(hi, Math.round(x)))
const NUM_DIST = {                     // (rng, z) => integer; z is the account's latent size
  employees: (r, z) => clampInt(Math.exp(5.3 + 1.3 * z + 0.4 * r.normal()), 1, 500000),
  annualRevenueK: (r, z) => clampInt(Math.exp(8.5 + 1.4 * z + 0.6 * r.normal()), 10, 90000000),
  daysSinceLastActivity: (r) => clampInt(-28 * Math.log(1 - r.next()), 0, 730),
  openOpportunities: (r, z) => clampInt(-1.6 * Math.log(1 - r.next()) * Math.exp(0.3 * z), 0, 60),
  healthScore: (r) => clampInt(66 + 18 * r.normal(), 0, 100),
  nps: (r) => clampInt(25 + 40 * r.normal(), -100, 100),
  seats: (r, z) => clampInt(Math.exp(3.6 + 1.1 * z + 0.5 * r.normal()), 1, 50000),
  openTickets: (r) => clampInt(-2.2 * Math.log(1 - r.next()), 0, 80),
  emailOpens30d: (r) => clampInt(-7 * Math.log(1 - r.next()), 0, 300),
  meetings90d: (r) => clampInt(-2.5 * Math.log(1 - r.next()), 0, 60),
  contractMonthsLeft: (r) => r.range(0, 36),
  usageTrendPct: (r) => clampInt(2 + 18 * r.normal(), -100, 300),
}
export function makeSchema(seed = 1) {
  const r = rng(seed * 7919 + 11)
  const schema = []
  for (const name of ENUMS) {
    const n = Math.round(Math.exp(Math.log(3) + r.next() * (Math.log(50) - Math.log(3))))   // 3..50, log-uniform
    const weights = zipf(n, 0.5 + r.next() * 0.8)
    schema.push({ name, kind: 'enum', values: Array.from({ length: n }, (_, i) => `${name}_${i}`), weights, cum: cumulate(weights) })
  }
  for (const name of NUMS) {
    const sample = []
    for (let i = 0; i < 4000; i++) sample.push(NUM_DIST[name](r, r.normal()))
    sample.sort((a, b) => a - b)
    schema.push({ name, kind: 'num', sample, min: sample[0], max: sample[sample.length - 1] })
  }
  for (const name of BOOLS) schema.push({ name, kind: 'bool', p: 0.08 + 0.6 * r.next() })
  return schema
}

// ---------------------------------------------------------------- accounts and changes
const drawValue = (r, a, z) => a.kind === 'enum' ? a.values[r.weighted(a.cum)] : a.kind === 'num' ? NUM_DIST[a.name](r, z) : r.chance(a.p)
export function makeAccounts(schema, n, seed = 1) {
  const r = rng(seed * 104729 + 23)
  const out = []
  for (let i = 0; i < n; i++) {
    const z = r.normal(), acc = {}
    for (const a of schema) acc[a.name] = drawValue(r, a, z)
    out.push(acc)
  }
  return out
}
// one attribute of one account changes; numeric attributes move 3 times as often as the rest
export function makeChanges(schema, accounts, n, seed = 1) {
  const r = rng(seed * 15485863 + 37)
  const cum = cumulate(schema.map((a) => (a.kind === 'num' ? 3 : 1)))
  const now = accounts.map((a) => ({ ...a }))
  const out = []
  while (out.length < n) {
    const account = r.int(accounts.length), a = schema[r.weighted(cum)]
    const old = now[account][a.name]
    let value
    if (a.kind === 'bool') value = !old
    else if (a.kind === 'num' && r.chance(0.6)) value = Math.max(a.min, Math.min(a.max, old + r.range(1, 5) * (r.chance(0.5) ? 1 : -1)))   // small drift
    else value = drawValue(r, a, r.normal())
    if (value === old) continue
    now[account][a.name] = value
    out.push({ account, attr: a.name, value })
  }
  return out
}

// ---------------------------------------------------------------- plays
const nice = (x) => { const s = Math.abs(x); if (s < 20) return x; const m = 10 ** Math.floor(Math.log10(s) - 0.7); return Math.round(x / m) * m }   // a threshold a person would type
const quantile = (a, q) => a.sample[Math.min(a.sample.length - 1, Math.floor(q * a.sample.length))]
const share = (a, lo, hi) => { let n = 0; for (const x of a.sample) if (x >= lo && x <= hi) n++; return n / a.sample.length }
function leaf(r, schema, cum, used) {
  let i; do i = r.weighted(cum); while (used.has(i)); used.add(i)
  const a = schema[i]
  if (a.kind === 'bool') { const value = r.chance(0.5); return { e: { op: 'eq', attr: a.name, value }, s: value ? a.p : 1 - a.p } }
  if (a.kind === 'num') {
    const q = r.next()
    if (q < 0.3) {
      const w = 0.1 + 0.3 * r.next(), from = r.next() * (1 - w)
      let lo = nice(quantile(a, from)), hi = nice(quantile(a, from + w)); if (hi < lo) [lo, hi] = [hi, lo]
      return { e: { op: 'between', attr: a.name, lo, hi }, s: share(a, lo, hi) }
    }
    const t = 0.15 + 0.45 * r.next()
    if (q < 0.65) { const op = r.chance(0.5) ? 'gt' : 'ge', value = nice(quantile(a, 1 - t)); return { e: { op, attr: a.name, value }, s: share(a, op === 'gt' ? value + 1 : value, Infinity) } }
    const op = r.chance(0.5) ? 'lt' : 'le', value = nice(quantile(a, t))
    return { e: { op, attr: a.name, value }, s: share(a, -Infinity, op === 'lt' ? value - 1 : value) }
  }
  const n = a.values.length, pick = () => (r.chance(0.5) ? r.weighted(a.cum) : r.int(n)), q = r.next()
  if (q < 0.5 || n < 4) {
    const v = pick(), e = { op: 'eq', attr: a.name, value: a.values[v] }
    return r.chance(0.1) ? { e: { op: 'not', arg: e }, s: 1 - a.weights[v] } : { e, s: a.weights[v] }
  }
  const set = new Set(), k = Math.min(n - 1, r.range(2, 5)); while (set.size < k) set.add(pick())
  const vs = [...set].sort((x, y) => x - y), p = vs.reduce((t, v) => t + a.weights[v], 0), e = { op: 'in', attr: a.name, values: vs.map((v) => a.values[v]) }
  return q > 0.92 ? { e: { op: 'not', arg: e }, s: 1 - p } : { e, s: p }
}
const LENGTHS = cumulate([0.12, 0.26, 0.30, 0.20, 0.12])     // 2..6 predicates
export function makePlays(schema, n, seed = 1) {
  const r = rng(seed * 32452843 + 41)
  const order = schema.map((_, i) => i); for (let i = order.length - 1; i > 0; i--) { const j = r.int(i + 1);[order[i], order[j]] = [order[j], order[i]] }
  const w = new Array(schema.length); order.forEach((i, rank) => { w[i] = ((rank + 1) ** -0.6) * (schema[i].kind === 'num' ? 2 : 1) })   // some attributes are in many plays
  const cum = cumulate(w)
  const out = []
  while (out.length < n) {
    let left = 2 + r.weighted(LENGTHS)
    const used = new Set(), args = []
    let sel = 1
    const group = left >= 3 && r.chance(0.35) ? r.range(2, Math.min(3, left - 1)) : 0
    if (group) {                       // an OR group across attributes, or NOT (all of them)
      const ls = Array.from({ length: group }, () => leaf(r, schema, cum, used))
      const isNot = r.chance(0.2)
      args.push(isNot ? { op: 'not', arg: { op: 'and', args: ls.map((l) => l.e) } } : { op: 'or', args: ls.map((l) => l.e) })
      sel *= isNot ? 1 - ls.reduce((t, l) => t * l.s, 1) : 1 - ls.reduce((t, l) => t * (1 - l.s), 1)
      left -= group
    }
    for (; left > 0; left--) { const l = leaf(r, schema, cum, used); args.push(l.e); sel *= l.s }
    if (sel > 0.08 || sel < 1e-5) continue                  // a play for everybody, or for nobody, is no play
    for (let i = args.length - 1; i > 0; i--) { const j = r.int(i + 1);[args[i], args[j]] = [args[j], args[i]] }
    out.push({ id: out.length, expr: args.length === 1 ? args[0] : { op: 'and', args } })
  }
  return out
}

// ---------------------------------------------------------------- reference semantics
export function evalExpr(e, acc) {
  switch (e.op) {
    case 'and': return e.args.every((x) => evalExpr(x, acc))
    case 'or': return e.args.some((x) => evalExpr(x, acc))
    case 'not': return !evalExpr(e.arg, acc)
    case 'eq': return acc[e.attr] === e.value
    case 'in': return e.values.includes(acc[e.attr])
    case 'gt': return acc[e.attr] > e.value
    case 'ge': return acc[e.attr] >= e.value
    case 'lt': return acc[e.attr] < e.value
    case 'le': return acc[e.attr] <= e.value
    case 'between': return acc[e.attr] >= e.lo && acc[e.attr] <= e.hi
  }
  throw new Error('op ' + e.op)
}
export function attrsOf(e, out = new Set()) { if (e.attr) out.add(e.attr); if (e.arg) attrsOf(e.arg, out); if (e.args) for (const x of e.args) attrsOf(x, out); return out }

export function makeWorkload({ plays = 1000, accounts = 1000, changes = 0, seed = 1 } = {}) {
  const schema = makeSchema(seed), accs = makeAccounts(schema, accounts, seed)
  return { schema, plays: makePlays(schema, plays, seed), accounts: accs, changes: changes ? makeChanges(schema, accs, changes, seed) : [] }
}

