import type { site as ja } from '../ja/site.ts'

export const site: typeof ja = {
  about: 'About this repository',
  policies: 'Policies',
  accessibility: 'Accessibility',
  aboutSite: 'About this site',
  partOf: 'Part of ',
  newItemsBy: (format) => `New items (${format})`,
  forPrograms: 'For programs',
  apiName: 'API',

  accessibilityStatement: (
    contact,
  ) => `The pages of this repository are made to meet the Web Content Accessibility Guidelines (WCAG) 2.2 at level AA.

- Everything can be done by keyboard alone, and what has the focus is always outlined.
- Colours follow the light or dark setting of your device. Text has enough contrast with its ground in both.
- Pages can be read without scrolling sideways at 200 % zoom and on narrow screens.
- All content can be read without scripts (JavaScript).

Each kind of page is checked by program in Japanese and English, in light and in dark colours. Such checks find some problems and not all. The pages have not been assessed by an independent body.

## Published files

Articles and other files were made by their authors and publishers. Some cannot be read aloud, such as scanned PDFs without text.

## If you need help

If there is a page or a file that you cannot read, please write to <${contact}>.`,

  home: 'Go to the front page',
  askInstitution: 'If that does not help, please write to the address at the foot of this page.',
  referenceNumber: 'Reference number',
  searchHere: 'You can search this repository.',
  guessed: 'Would you like to search for the words in this address?',
  otherWays: 'You can also start from these pages.',
  tryAgainIn: (seconds) => `Please try again after ${seconds} seconds.`,
  opensOn: (date) => `This file will open on ${date}.`,
  toItem: 'See what this item is about',
  errors: {
    'not-found': {
      title: 'Page not found',
      text: 'There is no such page here. Please check the address, or try the search.',
    },
    gone: {
      title: 'This page is gone',
      text: 'What was here is no longer published.',
    },
    embargoed: {
      title: 'Not open yet',
      text: 'This file is under embargo.',
    },
    forbidden: {
      title: 'Not open',
      text: 'This file is not open to everyone.',
    },
    checked: {
      title: 'Being checked',
      text: 'This file is being checked for viruses, and can be read once that is done.',
    },
    'too-many': {
      title: 'Too many requests',
      text: 'So many requests came in a short time that this one is not answered.',
    },
    unexpected: {
      title: 'Something went wrong',
      text: 'The server could not answer. Please try again in a while.',
    },
    unavailable: {
      title: 'Unavailable just now',
      text: 'This repository cannot be used at the moment. Please try again in a few minutes.',
    },
    closed: {
      title: 'This repository is closed',
      text: 'The institution has closed this repository to readers.',
    },
    refused: {
      title: 'This request cannot be answered',
      text: 'The address or what was entered seems to be wrong. Please go back and try again.',
    },
  },
}
