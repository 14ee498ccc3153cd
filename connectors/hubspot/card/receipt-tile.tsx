/** @jsxRuntime automatic */
import { Button, ButtonRow, Flex, Text, Tile } from '@hubspot/ui-extensions';
import type { PanelSession, PanelSource, ReceiptView } from 'opportune/view';
import type { ReactElement } from 'react';
import { chosen, Helpful } from './card-tile.js';

/** What was just done, in the place of its card, with the way back. */
export function ReceiptTile({
  receipt,
  session,
  strings,
}: {
  readonly receipt: ReceiptView;
  readonly session: PanelSession;
  readonly strings: PanelSource['strings'];
}): ReactElement {
  const { id, responseId, question, note, written, undoable, askHelpful } = receipt;
  return (
    <Tile testId={`receipt ${id}`} compact>
      <Flex direction="column" gap="small">
        <Flex justify="between" align="center">
          <Text>{[receipt.text, receipt.detail].filter(Boolean).join(' ')}</Text>
          {undoable && responseId ? (
            <Button testId={`undo ${id}`} size="xs" onClick={() => void session.undo(responseId)}>
              {strings.undo}
            </Button>
          ) : null}
        </Flex>
        {written ? (
          <Text testId={`written ${id}`} variant="microcopy">
            {written}
          </Text>
        ) : null}
        {question ? (
          <>
            <Text>{question.text}</Text>
            <ButtonRow>
              {question.choices.map(({ id: choice, label }) => (
                <Button
                  key={choice}
                  size="xs"
                  variant={question.chosen === choice ? 'primary' : 'secondary'}
                  onClick={() => void session.answer(id, { kind: 'outcome', choice })}
                >
                  {chosen(label, question.chosen === choice)}
                </Button>
              ))}
            </ButtonRow>
          </>
        ) : null}
        {note ? <Text variant="microcopy">{note}</Text> : null}
        {askHelpful ? <Helpful {...{ id, was: receipt.helpful, session, strings }} /> : null}
      </Flex>
    </Tile>
  );
}
