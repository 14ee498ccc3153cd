/** What sellers can do, as it is or as it may become. */
export interface Drivers {
  /** Of the working hours, those with buyers: what proposals, training, travel and administration leave. */
  readonly sellingShare: number;
  /** Selling hours that one opportunity takes. */
  readonly hoursAnOpportunity: number;
  readonly closeRate: number;
  /** From the first talk to the decision. */
  readonly cycleDays: number;
}

/** What stays as it is. Shares are of revenue. */
export interface Company {
  readonly revenue: number;
  readonly sellers: number;
  readonly hoursAYear: number;
  /** Open opportunities that one seller can carry at once; absent: time alone is the limit. */
  readonly carries?: number;
  readonly grossMargin: number;
  /** On revenue beyond today's. */
  readonly commission: number;
  /** Selling, general and administrative costs, all fixed but for commissions. */
  readonly sga: number;
  readonly otherFixed: number;
  readonly interest: number;
  readonly softwareAYear: number;
  readonly tax: number;
  readonly shares: number;
}

export interface Statement {
  readonly revenue: number;
  readonly sga: number;
  /** Before tax. */
  readonly profit: number;
  readonly eps: number;
}

/** Opportunities that one seller gets through in a year: by time, or by how many can be open at once (Little's law). */
export function opportunitiesAYear(
  { sellingShare, hoursAnOpportunity, cycleDays }: Drivers,
  { hoursAYear, carries = Number.POSITIVE_INFINITY }: Pick<Company, 'hoursAYear' | 'carries'>,
): { readonly count: number; readonly limit: 'time' | 'carries' } {
  const byTime = (hoursAYear * sellingShare) / hoursAnOpportunity;
  const byCarrying = (carries * 365) / cycleDays;
  return byCarrying < byTime
    ? { count: byCarrying, limit: 'carries' }
    : { count: byTime, limit: 'time' };
}

/** Revenue with the new drivers over revenue with those of today, with as many sellers and deals of the same size. */
export function revenueRatio(now: Drivers, then: Drivers, company: Company): number {
  const [before, after] = [now, then].map((one) => opportunitiesAYear(one, company).count);
  return ((after as number) * then.closeRate) / ((before as number) * now.closeRate);
}

/** A year at so much more revenue: cost of goods goes with revenue, SG&A grows by commissions alone; guidance costs its software. */
export function statementAt(
  company: Company,
  growth: number,
  isGuided: boolean = growth !== 0,
): Statement {
  const { revenue: today, grossMargin, commission, tax, shares } = company;
  const more = growth * today;
  const revenue = today + more;
  const sga = company.sga * today + commission * more;
  const fixed = (company.otherFixed + company.interest) * today;
  const software = isGuided ? company.softwareAYear : 0;
  const profit = revenue * grossMargin - sga - fixed - software;
  // A loss is not taxed.
  const left = profit > 0 ? profit * (1 - tax) : profit;
  return { revenue, sga, profit, eps: left / shares };
}

/** Which driver made how much of the gain: shares of its logarithm, which add up to 1. Empty where carrying is the limit. */
export function shareOfGain(
  now: Drivers,
  then: Drivers,
  company: Company,
): { readonly [driver in 'sellingShare' | 'hoursAnOpportunity' | 'closeRate']?: number } {
  const isTime = [now, then].every((one) => opportunitiesAYear(one, company).limit === 'time');
  const gain = Math.log(revenueRatio(now, then, company));
  if (!isTime || gain === 0) return {};
  return {
    sellingShare: Math.log(then.sellingShare / now.sellingShare) / gain,
    hoursAnOpportunity: Math.log(now.hoursAnOpportunity / then.hoursAnOpportunity) / gain,
    closeRate: Math.log(then.closeRate / now.closeRate) / gain,
  };
}
