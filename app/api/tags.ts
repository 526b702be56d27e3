/** The parts of the API, in the order in which they are read. Each operation belongs to one. */
export const tags = [
  { name: 'About', description: 'What is here, and this description of it.' },
  { name: 'Search', description: 'Find items by words, dates and facets.' },
  {
    name: 'Items',
    description: 'An item is a metadata record with its files under an address that lasts.',
  },
  { name: 'Files', description: 'The files of an item, each sent in one go. Their bytes are read at their "url".' },
  {
    name: 'Uploads',
    description:
      'Files that are sent in parts, and go on where a connection broke: tus 1.0, for which there are clients.',
  },
  {
    name: 'Collections',
    description: 'A tree of collections, each a list or the contents of a journal. An item lies in any number of them.',
  },
  {
    name: 'Imports',
    description: 'Records in many forms come in, with their files, one or a hundred thousand in a call.',
  },
  {
    name: 'Harvests',
    description: 'What is kept of harvests of other repositories, so that the next run goes on where the last ended.',
  },
  { name: 'Settings', description: 'How the institution’s pages name, colour and explain it: its own to change.' },
  { name: 'Export', description: 'Everything that the institution has, to take along.' },
]
