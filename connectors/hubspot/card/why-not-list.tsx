/** @jsxRuntime automatic */
import { Accordion, Button, Flex, Heading, Text } from '@hubspot/ui-extensions';
import type { PanelSource, WhyNotView } from 'opportune/view';
import type { ReactElement } from 'react';

/** Why each of the other plays is not shown, by the stage that stopped it. Looking changes nothing. */
export function WhyNotList({
  view,
  strings,
  back,
}: {
  readonly view: WhyNotView;
  readonly strings: PanelSource['strings'];
  readonly back: () => void;
}): ReactElement {
  return (
    <Flex direction="column" gap="small">
      <Flex justify="between" align="center">
        <Heading>{`${strings.whyNot} ${view.count}`}</Heading>
        <Button testId="back" size="xs" onClick={back}>
          {strings.back}
        </Button>
      </Flex>
      {view.groups.map(({ stage, title, items }) => (
        <Accordion key={stage} title={`${title} (${items.length})`} size="xs">
          {items.map(({ play, record, title: name, need, change, touches, life }) => (
            <Flex key={`${play}|${record}`} direction="column" gap="flush">
              <Text testId={`verdict ${play}|${record}`} format={{ fontWeight: 'bold' }}>
                {name}
              </Text>
              {need.length > 0 ? (
                <Text testId={`need ${play}|${record}`}>
                  {need.map(({ text }) => text).join('')}
                </Text>
              ) : null}
              {touches ? <Text variant="microcopy">{touches.text}</Text> : null}
              {change ? <Text testId={`change ${play}|${record}`}>{change}</Text> : null}
              {life ? <Text variant="microcopy">{life}</Text> : null}
            </Flex>
          ))}
        </Accordion>
      ))}
      <Text variant="microcopy">{view.note}</Text>
    </Flex>
  );
}
