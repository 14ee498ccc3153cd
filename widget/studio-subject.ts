import type { Place } from './studio-state.js';

/** What is looked at; its form is another look at the same. */
export const subjectOf = (place: Place): string => ('id' in place ? place.id : place.kind);
