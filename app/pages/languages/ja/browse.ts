/** Words of browse pages. */
export const browse = {
  browse: 'さまざまな探し方',
  people: '著者',
  types: '資料の種類',
  mostRead: 'よく読まれている資料',
  allPeople: '著者の一覧',
  allSubjects: '主題の一覧',

  namesBeginning: 'はじめの文字で絞り込む',
  namesBeginningWith: (prefix: string) => `「${prefix}」で始まるもの`,
  initials: '五十音・アルファベットから選ぶ',
  otherInitials: 'その他',
  initialRow: (initial: string) => (/^[ぁ-ん]$/.test(initial) ? `${initial}行` : initial),
  noNames: 'まだ一つもありません。',
  noNamesBeginning: (prefix: string) => `「${prefix}」で始まるものはありませんでした。`,
  orcidOf: (name: string) => `${name} の ORCID`,
  showAll: 'すべて表示する',
  searchInstead: (words: string) => `「${words}」で資料を検索する`,

  results: '検索結果',
  skipToResults: '検索結果へ移動',
  removeAll: 'すべて外す',
  pageSize: '表示件数',
  closeSheet: '閉じる',
  feed: 'この検索の新着フィード（Atom）',
  takeAlong: '検索結果を書き出す',

  wider: 'このようにすると見つかります',
  without: (part: string) => `「${part}」を外す`,
  withoutFacet: (facet: string) => `${facet}の絞り込みを外す`,
  withoutDates: '発行年の絞り込みを外す',
  withoutLimits: '絞り込みをすべて外す',
  anyOfThem: 'どれか一つの語を含むものを探す',
  apart: (words: string) => `「${words}」と語を分けて探す`,
  namesAlike: 'お探しの名前かもしれません',

  openBranch: (count: string) => `この中の ${count} コレクション`,
}
