import type { item as ja } from '../ja/item.ts'

export const item: typeof ja = {
  orcidOf: (name) => `ORCID iD of ${name}`,
  meaningOf: (subject) => `What ${subject} means in its scheme`,
  moreCollections: (count) => `Show ${count} more`,
  thisAddress: 'Address of this item',

  preview: 'Preview',
  previewOf: (label) => `Preview (${label})`,
  previewTitle: (label) => `Preview of ${label}`,
  openFile: 'Open the file',
  backToItem: 'Back to the item',
  previewFails: 'If nothing is shown here, please open the file.',
  notShown: 'What is in this file cannot be shown in a page.',
  emptyFile: 'There is nothing in this file.',
  textCut: 'This is the beginning. Open the file for the rest.',
  rowsCut: (rows) => `These are the first ${rows} rows. Open the file for the rest.`,
  columnsCut: (columns) => `These are the first ${columns} columns.`,
  pdfPage: 'Page',
  smaller: 'Smaller',
  larger: 'Larger',

  citing: 'Cite this',
  citationStyle: 'Citation style',
  citationStyles: {
    apa: 'APA',
    mla: 'MLA',
    chicago: 'Chicago',
    ieee: 'IEEE',
    vancouver: 'Vancouver',
    sist02: 'SIST 02',
  },
  copyCitation: 'Copy citation',
  copyAddress: 'Copy address',
  copied: 'Copied',
  selected: 'Selected. Please copy it with your keyboard.',
  exports: 'Export the record',

  relatedItems: 'Related items',
  views: (count) => (count === '1' ? '1 view' : `${count} views`),
  downloads: (count) => (count === '1' ? '1 download' : `${count} downloads`),
}
