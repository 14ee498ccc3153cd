/** The words of a decision for any renderer: a panel in a page, a HubSpot card, an email, a command line. */
export type { LifeView, Nothing, ShownValue } from '../domain/decision.js';
export type {
  CardView,
  HistoryView,
  MaterialView,
  NothingView,
  PanelSession,
  PanelSource,
  PanelView,
  ReceiptView,
  TriesView,
  WhyNotItemView,
  WhyNotView,
} from '../domain/view.js';
export { toCardView } from './card-view.js';
export { createWords, type Words } from './format.js';
export { toLifeText } from './life-text.js';
export { toHistory, toNothing } from './lists.js';
export type { Connection, QueueStore } from './queue.js';
export { createReading, type Reading } from './reading.js';
export { createPanelSource, type PanelSourceOptions } from './source.js';
export { ENGLISH, type Strings } from './strings.js';
export { toWhyNot, toWhyNotItem } from './why-not.js';
