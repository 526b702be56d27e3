import type { browse as ja } from '../ja/browse.ts'

export const browse: typeof ja = {
  browse: 'Ways to browse',
  people: 'People',
  types: 'Types',
  mostRead: 'Most read',
  allPeople: 'All people',
  allSubjects: 'All subjects',

  namesBeginning: 'Names that begin with',
  namesBeginningWith: (prefix) => `Beginning with “${prefix}”`,
  initials: 'Go to an initial',
  otherInitials: 'Other',
  initialRow: (initial) => initial,
  noNames: 'There are none yet.',
  noNamesBeginning: (prefix) => `Nothing begins with “${prefix}”.`,
  orcidOf: (name) => `ORCID of ${name}`,
  showAll: 'Show all',
  searchInstead: (words) => `Search items for “${words}”`,

  results: 'Results',
  skipToResults: 'Skip to results',
  removeAll: 'Remove all',
  pageSize: 'Items per page',
  closeSheet: 'Close',
  feed: 'Feed of this search (Atom)',
  takeAlong: 'Export these results',

  wider: 'What would find something',
  without: (part) => `Leave out “${part}”`,
  withoutFacet: (facet) => `Without the limit to ${facet.toLowerCase()}`,
  withoutDates: 'Without the limit to years',
  joinedBy: '; ',
  withoutLimits: 'Without any limits',
  anyOfThem: 'Search for any one of these words',
  apart: (words) => `Search for “${words}”, word by word`,
  namesAlike: 'Perhaps you are looking for',

  openBranch: (count) => (count === '1' ? '1 collection in it' : `${count} collections in it`),
}
