/** The words of the studio around files that are made content. */
export const ARRIVAL_STRINGS = {
  title: 'Files',
  waits: 'waits',
  reading: 'reading…',
  share: '{share} read',
  stop: 'Stop',
  stopped: 'Not read: it was stopped.',
  made: 'is now “{title}”',
  refused: 'Not read: {reason}',
  done: 'Clear this list',
  became: '{count} file became content.|{count} files became content.',
  notRead:
    '{count} file was not read; the list says why.|{count} files were not read; the list says why.',
  firstPages: 'The first {read} of {of} pages were read.',
  drawn: 'This text was read from a picture. Read it over before it is used: letters can be wrong.',
  hardlyDrawn:
    'This picture is hard to read: about {share} of its letters are sure. Compare it with the picture, or type it.',
  drawnPages: 'Of {of} pages that are pictures, the first {read} were read.',
} as const;
