import { runSliced } from '../core/run-sliced.js';
import {
  type Correction,
  type TagAttribute,
  type Tagged,
  type TagModel,
  type TagProposal,
  type TagQuality,
  type Tags,
  tagTraining,
} from './tag-model.js';

/** What is learned from a library, and asked about a text. */
export interface TagEngine {
  /** How right its proposals are. What was learned before counts no more. */
  learnTags(
    library: readonly Tagged[],
    attributes: readonly TagAttribute[],
    corrections: readonly Correction[],
  ): Promise<TagQuality>;
  /** By what was learned last; nothing where nothing was. */
  proposeTags(text: string, having: Tags): Promise<readonly TagProposal[]>;
}

export function createTagEngine(pause: () => Promise<void>): TagEngine {
  let model: Promise<TagModel | undefined> = Promise.resolve(undefined);
  return {
    learnTags(library, attributes, corrections) {
      const learned = runSliced(tagTraining(library, attributes, corrections), { pause });
      // Who asks what is to be proposed is not told why nothing was learned.
      model = learned.catch(() => undefined);
      return learned.then(({ quality }) => quality);
    },
    proposeTags: async (text, having) => (await model)?.propose(text, having) ?? [],
  };
}
