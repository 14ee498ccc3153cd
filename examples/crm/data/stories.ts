import type { RecordId } from '../../../src/domain/value.js';
import { tellPinecrest, tellQuietHarbor, tellRidgeline } from './stories/aside.js';
import { tellBrightwater, tellOrchard, tellSummit } from './stories/customers.js';
import { tellNorthstar, tellTallgrass } from './stories/groups.js';
import { tellCascade, tellFernwood, tellHarborMills } from './stories/growth.js';
import { tellMarkup, tellOasis } from './stories/hostile.js';
import { tellKestrel } from './stories/kestrel.js';
import { tellBluebird, tellCopperCanyon, tellMeridian } from './stories/pipelines.js';
import { tellGorge, tellLittleFern } from './stories/small-firms.js';
import type { Telling } from './telling.js';

/** The hand-made accounts, each told once. */
export function tellStories(seed: number): readonly Telling[] {
  return [
    tellKestrel,
    tellBrightwater,
    tellOrchard,
    tellSummit,
    tellRidgeline,
    tellPinecrest,
    tellQuietHarbor,
    tellCopperCanyon,
    tellBluebird,
    tellMeridian,
    tellTallgrass,
    tellFernwood,
    tellLittleFern,
    tellHarborMills,
    tellCascade,
    tellGorge,
    tellMarkup,
    tellOasis,
  ]
    .map((tell) => tell(seed))
    .concat(tellNorthstar(seed));
}

/** Where a visitor finds what, for the list page. */
export const WORTH_A_LOOK: readonly { readonly account: RecordId; readonly says: string }[] = [
  {
    account: 'demo:account:kestrel-foods',
    says: 'A renewal gone quiet, a proposal that is read, an open case',
  },
  { account: 'demo:account:brightwater-dairy', says: 'All is well, and nothing is worth doing' },
  {
    account: 'demo:account:orchard-vine-cider',
    says: 'Two colleagues used up the week; he asked for a call himself',
  },
  {
    account: 'demo:account:summit-therapeutics',
    says: 'Notices that the contract demands come first; a meeting within half an hour',
  },
  {
    account: 'demo:account:ridgeline-coatings',
    says: 'Satisfaction is below its floor, so nothing is sold',
  },
  { account: 'demo:account:pinecrest-dairy', says: 'Kept aside to measure what guidance adds' },
  {
    account: 'demo:account:copper-canyon',
    says: 'A competitor, a trial that ends, and nobody called about the proposal',
  },
  { account: 'demo:account:cascade-springs', says: 'Orders fall, and somebody read how to cancel' },
  {
    account: 'demo:account:northstar-snacks',
    says: 'For Ruth, in service: a case that only we closed, and nobody trained',
  },
];
