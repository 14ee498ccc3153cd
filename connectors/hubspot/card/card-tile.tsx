/** @jsxRuntime automatic */
import {
  Accordion,
  Button,
  ButtonRow,
  DescriptionList,
  DescriptionListItem,
  Flex,
  Heading,
  Link,
  List,
  Select,
  StatusTag,
  Text,
  TextArea,
  Tile,
} from '@hubspot/ui-extensions';
import type { CardView, PanelSession, PanelSource } from 'opportune/view';
import { type ReactElement, useState } from 'react';
import { plainText, safeHref } from './plain-text.js';

export interface CardTileProps {
  readonly card: CardView;
  readonly session: PanelSession;
  readonly strings: PanelSource['strings'];
  /** It stands open. */
  readonly first: boolean;
}

/** One action: what to do, why, with what; and every answer that the panel takes. */
export function CardTile(props: CardTileProps): ReactElement {
  const { card, first } = props;
  return (
    <Tile testId={`card ${card.id}`} compact>
      {first ? (
        <>
          <Heading>{card.title}</Heading>
          <Unfolded {...props} />
        </>
      ) : (
        <Accordion title={card.title} size="sm">
          <Unfolded {...props} />
        </Accordion>
      )}
    </Tile>
  );
}

function Unfolded({ card, session, strings }: CardTileProps): ReactElement {
  const [choosing, setChoosing] = useState<'snooze' | 'reasons'>();
  const { id, changed, primary, options, touches } = card;
  const toggle = (what: 'snooze' | 'reasons') => (): void =>
    setChoosing(choosing === what ? undefined : what);
  return (
    <Flex direction="column" gap="small">
      <Text testId={`why ${id}`}>{card.why}</Text>
      {card.ownTry ? <Text testId={`try ${id}`}>{card.ownTry}</Text> : null}
      {changed ? (
        <Text variant="microcopy">
          {[changed.text, changed.when, changed.compared].filter(Boolean).join(' · ')}
        </Text>
      ) : null}
      {options ? (
        <>
          <Text format={{ fontWeight: 'bold' }}>{options.question}</Text>
          <ButtonRow>
            {options.choices.map(({ id: choice, label }) => (
              <Button
                key={choice}
                size="sm"
                onClick={() => void session.answer(id, { kind: 'option', choice })}
              >
                {label}
              </Button>
            ))}
          </ButtonRow>
        </>
      ) : null}
      <ButtonRow>
        {options ? null : (
          <Button
            testId={`primary ${id}`}
            variant="primary"
            size="sm"
            onClick={() => void session.answer(id, { kind: 'primary' })}
          >
            {primary.label}
          </Button>
        )}
        <Button testId={`snooze ${id}`} variant="secondary" size="sm" onClick={toggle('snooze')}>
          {strings.snooze}
        </Button>
        <Button testId={`reasons ${id}`} variant="secondary" size="sm" onClick={toggle('reasons')}>
          {strings.notRelevant}
        </Button>
      </ButtonRow>
      <Way card={card} />
      {choosing === 'snooze' ? <Snooze {...{ card, session, strings }} /> : null}
      {choosing === 'reasons' ? <Reasons {...{ card, session, strings }} /> : null}
      {touches ? <StatusTag>{touches.text}</StatusTag> : null}
      <DescriptionList direction="row">
        {card.facts.map(({ label, strong, text }) => (
          <DescriptionListItem key={label} label={label}>
            <Text>{`${strong} ${text}`.trim()}</Text>
          </DescriptionListItem>
        ))}
      </DescriptionList>
      <More {...{ card, strings }} />
      <Helpful {...{ id, was: card.helpful, session, strings }} />
    </Flex>
  );
}

/** How to reach whom it is about. A card cannot open an address by itself, so it offers one. */
function Way({ card: { id, primary } }: Pick<CardTileProps, 'card'>): ReactElement | null {
  const href = safeHref(primary.href);
  return href === undefined ? null : (
    <Link href={href} testId={`way ${id}`}>
      {href.replace(/^(tel|mailto):/i, '')}
    </Link>
  );
}

type AnswerProps = Pick<CardTileProps, 'card' | 'session' | 'strings'>;

function Snooze({ card: { id, snooze }, session, strings }: AnswerProps): ReactElement {
  return (
    <Select
      label={strings.showAgainOn}
      name="until"
      description={strings.returnsOnlyIf}
      options={snooze.days
        .filter(({ enabled }) => enabled)
        .map(({ date, fullLabel }) => ({ value: date, label: fullLabel }))}
      onChange={(until) => void session.answer(id, { kind: 'snooze', until: String(until) })}
    />
  );
}

function Reasons({ card, session, strings }: AnswerProps): ReactElement {
  const [own, setOwn] = useState(false);
  const [text, setText] = useState('');
  const { id, reasons, reasonsNote } = card;
  return (
    <Flex direction="column" gap="small">
      <Text>{strings.whyNotRelevant}</Text>
      {own ? (
        <>
          <TextArea label={strings.anotherReasonLabel} name="reason" onInput={setText} />
          <Button
            testId={`send ${id}`}
            size="sm"
            onClick={() => void session.answer(id, { kind: 'not-relevant', reason: 'other', text })}
          >
            {strings.send}
          </Button>
        </>
      ) : (
        reasons.map(({ id: reason, label }) => (
          <Button
            key={reason}
            testId={`reason ${reason} ${id}`}
            size="xs"
            onClick={() =>
              reason === 'other'
                ? setOwn(true)
                : void session.answer(id, { kind: 'not-relevant', reason })
            }
          >
            {label}
          </Button>
        ))
      )}
      <Text variant="microcopy">{reasonsNote}</Text>
    </Flex>
  );
}

function More({ card, strings }: Pick<CardTileProps, 'card' | 'strings'>): ReactElement {
  const { contents, evidence } = card;
  return (
    <>
      {contents.length > 0 ? (
        <Accordion title={`${strings.useThis} (${contents.length})`} size="xs">
          {contents.map(({ id, title, meta, body, href }) => (
            <Flex key={id} direction="column" gap="flush">
              <Text format={{ fontWeight: 'bold' }}>{title}</Text>
              <Text variant="microcopy">{meta}</Text>
              {plainText(body).map((line, place) => (
                <Text key={place}>{line}</Text>
              ))}
              {safeHref(href) ? (
                <Link href={String(safeHref(href))}>{`${strings.open}: ${title}`}</Link>
              ) : null}
            </Flex>
          ))}
        </Accordion>
      ) : null}
      {evidence.length > 0 ? (
        <Accordion title={`${strings.evidence} (${evidence.length})`} size="xs">
          <List>
            {evidence.map(({ text, gradeLabel, meta }, place) => (
              <Text key={place}>{`${text} (${gradeLabel} · ${meta})`}</Text>
            ))}
          </List>
        </Accordion>
      ) : null}
    </>
  );
}

/** HubSpot's buttons tell nobody that they are pressed, but by their colour. */
export const chosen = (label: string, is: boolean): string => (is ? `✓ ${label}` : label);

/** "Was this helpful?" */
export function Helpful({
  id,
  was,
  session,
  strings,
}: {
  readonly id: string;
  readonly was: boolean | undefined;
  readonly session: PanelSession;
  readonly strings: PanelSource['strings'];
}): ReactElement {
  const choice = (helpful: boolean, label: string): ReactElement => (
    <Button
      size="xs"
      variant={was === helpful ? 'primary' : 'transparent'}
      onClick={() => void session.answer(id, { kind: 'helpful', helpful })}
    >
      {chosen(label, was === helpful)}
    </Button>
  );
  return (
    <Flex align="center" gap="small">
      <Text variant="microcopy">{strings.helpfulQuestion}</Text>
      {choice(true, strings.yes)}
      {choice(false, strings.no)}
    </Flex>
  );
}
