import type { Answer } from '../send-answer.js';
import { ApiError } from './api-error.js';
import type { World } from './call.js';

export interface Limits {
  /** Counts a request; an answer when it is one too many. */
  enter(isSearch: boolean): Answer | undefined;
  /** What answers say of it; search says nothing. */
  headers(isSearch: boolean): { readonly [name: string]: string };
}

/** The three limits of an app: in ten seconds, in a day, and of searches in a second, which the first does not count. */
export function createLimits({ now, settings }: World): Limits {
  let recent: number[] = [];
  let searches: number[] = [];
  let today = 0;
  const within = (times: readonly number[], ms: number): number[] =>
    times.filter((at) => at > now() - ms);
  return {
    enter(isSearch) {
      if (++today > settings.requestsADay) return tooMany('DAILY', 'daily');
      if (isSearch) {
        searches = within(searches, 1_000);
        if (searches.length >= settings.searchesASecond) return tooMany('SECONDLY', 'secondly');
        searches.push(now());
        return undefined;
      }
      recent = within(recent, 10_000);
      if (recent.length >= settings.requestsInTenSeconds)
        return tooMany('TEN_SECONDLY_ROLLING', 'ten_secondly_rolling');
      recent.push(now());
      return undefined;
    },
    headers(isSearch) {
      if (isSearch) return {};
      return {
        'x-hubspot-ratelimit-daily': String(settings.requestsADay),
        'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, settings.requestsADay - today)),
        'x-hubspot-ratelimit-interval-milliseconds': '10000',
        'x-hubspot-ratelimit-max': String(settings.requestsInTenSeconds),
        'x-hubspot-ratelimit-remaining': String(
          Math.max(0, settings.requestsInTenSeconds - within(recent, 10_000).length),
        ),
      };
    },
  };
}

/** HubSpot says which limit it was, and not for how long. */
export function tooMany(policyName: string, words: string): Answer {
  const more = {
    errorType: 'RATE_LIMIT',
    policyName,
    groupName: 'publicapi:private-apps:api-calls',
  };
  return {
    status: 429,
    body: new ApiError(429, 'RATE_LIMITS', `You have reached your ${words} limit.`, more).body,
  };
}
