/** @jsxRuntime automatic */
import {
  Alert,
  Button,
  ButtonRow,
  EmptyState,
  Flex,
  Heading,
  List,
  LoadingSpinner,
  Text,
} from '@hubspot/ui-extensions';
import type { PanelSession, PanelSource, PanelView } from 'opportune/view';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { CardTile } from './card-tile.js';
import type { CardPanel } from './open-panel.js';
import { ReceiptTile } from './receipt-tile.js';
import { WhyNotList } from './why-not-list.js';

export interface OpportuneCardProps {
  readonly panel: CardPanel;
  /** HubSpot's own ways: a message over the page, and a page in a frame. */
  readonly actions: {
    addAlert(alert: { message: string; type: 'success' | 'warning' | 'danger' }): void;
    openIframeModal(modal: {
      uri: string;
      width: number;
      height: number;
      title: string;
      flush: boolean;
    }): void;
  };
}

const MODAL = { width: 480, height: 720, flush: true };

/** The cards of a record by HubSpot's own components: what the view says, in its order, and nothing computed. */
export function OpportuneCard({ panel, actions }: OpportuneCardProps): ReactElement {
  const { source } = panel;
  const { strings } = source;
  const { view, session } = usePanel(panel, actions);
  const [whyNot, setWhyNot] = useState<Awaited<ReturnType<PanelSession['whyNot']>>>();

  if (!view || !session || view.status === 'loading')
    return <LoadingSpinner label={strings.readingRecord} layout="centered" />;
  const failed = (): void => actions.addAlert({ message: strings.cannotRead, type: 'danger' });
  const openFull = (): void => {
    panel
      .fullPanel()
      .then((uri) => actions.openIframeModal({ ...MODAL, uri, title: strings.panelTitle }))
      .catch(failed);
  };
  return (
    <Flex direction="column" gap="small">
      {view.notices.map(({ title, text }) => (
        <Alert key={title} title={title} variant="warning">
          {text}
        </Alert>
      ))}
      {whyNot ? (
        <WhyNotList view={whyNot} strings={strings} back={() => setWhyNot(undefined)} />
      ) : (
        <State view={view} session={session} strings={strings} />
      )}
      <ButtonRow>
        {view.whyNotLabel && !whyNot && view.status === 'ready' ? (
          <Button
            testId="why-not"
            size="sm"
            variant="secondary"
            onClick={() => void session.whyNot().then(setWhyNot, failed)}
          >
            {view.whyNotLabel}
          </Button>
        ) : null}
        {view.status === 'ready' ? (
          <Button testId="full" size="sm" variant="secondary" onClick={openFull}>
            {strings.more}
          </Button>
        ) : null}
      </ButtonRow>
      {view.asOf ? <Text variant="microcopy">{view.asOf}</Text> : null}
    </Flex>
  );
}

interface StateProps {
  readonly view: PanelView;
  readonly session: PanelSession;
  readonly strings: PanelSource['strings'];
}

function State({ view, session, strings }: StateProps): ReactElement {
  const { status, problem, nothing } = view;
  if (status === 'error' && problem)
    return (
      <>
        <Alert title={problem.title} variant="danger">
          {problem.text}
        </Alert>
        {problem.lastSeen ? (
          <>
            <Heading>{problem.lastSeen}</Heading>
            <List>
              {view.cards.flatMap((card) =>
                card.type === 'card' ? [<Text key={card.id}>{card.title}</Text>] : [],
              )}
            </List>
          </>
        ) : null}
        <Button testId="retry" onClick={() => session.retry()}>
          {strings.tryNow}
        </Button>
      </>
    );
  if (status === 'no-access')
    return (
      <EmptyState title={strings.noAccessTitle} layout="vertical" flush>
        <Text>{strings.noAccess}</Text>
      </EmptyState>
    );
  if (status === 'no-plays')
    return (
      <EmptyState title={strings.noPlaysTitle} layout="vertical" flush>
        <Text>{strings.noPlays}</Text>
      </EmptyState>
    );
  return (
    <>
      {view.cards.map((card, place) =>
        card.type === 'card' ? (
          <CardTile key={card.id} {...{ card, session, strings }} first={place === 0} />
        ) : (
          <ReceiptTile key={card.id} {...{ receipt: card, session, strings }} />
        ),
      )}
      {nothing ? (
        <Flex direction="column" gap="flush">
          <Heading>{nothing.title}</Heading>
          <Text>{nothing.text}</Text>
          <List variant="unordered-styled">
            {nothing.steps.map(({ text, meta }) => (
              <Text key={text}>{`${text} ${meta}`.trim()}</Text>
            ))}
          </List>
        </Flex>
      ) : null}
      {view.waiting.length > 0 ? (
        <Flex direction="column" gap="flush">
          <Heading>{view.waitingLabel}</Heading>
          {view.waiting.map(({ responseId, text, when }) => (
            <Flex key={responseId} justify="between">
              <Text>{`${text} ${when}`}</Text>
              <Button size="xs" onClick={() => void session.undo(responseId)}>
                {strings.undo}
              </Button>
            </Flex>
          ))}
          <Text variant="microcopy">{strings.waitingNote}</Text>
        </Flex>
      ) : null}
    </>
  );
}

/**
 * The view of the record, for as long as the card stands there. What becomes of an answer is said by a message of
 * HubSpot's, which is all the voice that a card has; what nobody asked for is read where it stands.
 */
function usePanel(
  { source, record, asker }: CardPanel,
  actions: OpportuneCardProps['actions'],
): {
  readonly view: PanelView | undefined;
  readonly session: PanelSession | undefined;
} {
  const [view, setView] = useState<PanelView>();
  const [session, setSession] = useState<PanelSession>();
  const voice = useRef(actions);
  voice.current = actions;
  useEffect(() => {
    let answering = 0;
    let said: PanelView['announcement'];
    const opened = source.open(record, asker, (next) => {
      setView(next);
      const { announcement } = next;
      if (!announcement || announcement === said) return;
      said = announcement;
      const { text, urgent } = announcement;
      if (urgent || answering > 0)
        voice.current.addAlert({ message: text, type: urgent ? 'warning' : 'success' });
    });
    const telling =
      <Given extends unknown[], Result>(act: (...given: Given) => Promise<Result>) =>
      async (...given: Given): Promise<Result> => {
        answering++;
        try {
          return await act(...given);
        } finally {
          answering--;
        }
      };
    setSession({ ...opened, answer: telling(opened.answer), undo: telling(opened.undo) });
    return () => opened.close();
  }, [source, record, asker]);
  // Cards stand before the rep's eyes as soon as they are drawn: HubSpot tells no more.
  useEffect(() => {
    for (const { type, id } of view?.cards ?? []) if (type === 'card') session?.seen(id);
  }, [view, session]);
  return { view, session };
}
