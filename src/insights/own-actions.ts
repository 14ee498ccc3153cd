import type { RecordId } from '../domain/value.js';
import type { Preset } from './menu.js';

/** The id of the preset that is about the reader. */
export const OWN_ACTIONS = 'own-actions';

export const ownActions = (rep: RecordId): Preset => ({
  id: OWN_ACTIONS,
  label: 'What my actions achieve',
  question: { topic: 'actions', rep },
});
