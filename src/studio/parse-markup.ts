import { OpportuneError } from '../core/errors.js';

interface Policy {
  createHTML(text: string): string;
}

let policy: Policy | undefined;

/**
 * A text as a document that is not shown: nothing in it runs or loads. Where a page has Trusted Types enforced, they must
 * allow the policy `opportune-paste`.
 * @throws OpportuneError `opportune/paste-not-allowed` where they do not.
 */
export function parseMarkup(
  text: string,
  type: 'text/html' | 'application/xml' | 'image/svg+xml',
): Document {
  const { trustedTypes } = globalThis as {
    trustedTypes?: {
      createPolicy(name: string, rules: { createHTML(text: string): string }): Policy;
    };
  };
  try {
    policy ??= trustedTypes?.createPolicy('opportune-paste', { createHTML: (one) => one });
    return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, type);
  } catch (cause) {
    throw new OpportuneError('opportune/paste-not-allowed', 'this page may read no HTML and XML', {
      remedy: 'Add "opportune-paste" to trusted-types in the Content-Security-Policy of the page.',
      cause,
    });
  }
}
