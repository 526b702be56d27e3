/**
 * Other names of columns, and of steps in them: what staff in Japan write above such columns, and what is short for
 * more. A label stands for a path wherever that path leads somewhere.
 */
const LABELS: { readonly [path: string]: readonly string[] } = {
  source: ['元の識別子'],
  number: ['アイテム番号'],
  oaiIdentifier: ['OAI識別子'],
  publicationDate: ['公開日'],
  formerAddress: ['旧アドレス'],
  title: ['タイトル', '題名'],
  alternativeTitle: ['その他のタイトル', '別タイトル'],
  creator: ['著者', '作成者', 'author'],
  contributor: ['寄与者', '協力者'],
  name: ['名前', '名称', '氏名'],
  familyName: ['姓'],
  givenName: ['名'],
  alternativeName: ['別名'],
  affiliation: ['所属', '所属機関'],
  'identifier[e-Rad_Researcher]': ['e-Rad', '研究者番号'],
  accessRights: ['アクセス権'],
  rights: ['権利情報', '権利'],
  rightsHolder: ['権利者'],
  subject: ['主題'],
  'subject[Other]': ['キーワード', 'keyword'],
  description: ['内容記述'],
  'description[Abstract]': ['抄録', '要旨', 'abstract'],
  'description[TableOfContents]': ['目次'],
  publisher: ['出版者'],
  date: ['日付'],
  'date[Issued]': ['発行日', '出版日'],
  dateText: ['日付（原文）'],
  language: ['言語'],
  type: ['資源タイプ', '種別'],
  version: ['バージョン'],
  versionType: ['出版タイプ', '原稿の段階'],
  identifier: ['識別子'],
  'identifier[DOI]': ['doi'],
  'identifier[HDL]': ['handle'],
  'identifier[URI]': ['uri'],
  identifierRegistration: ['DOI登録'],
  relation: ['関連', '関連資料'],
  temporal: ['時間的範囲'],
  'geoLocation.place': ['場所'],
  fundingReference: ['助成', '助成情報'],
  funderName: ['助成機関'],
  awardNumber: ['課題番号'],
  awardTitle: ['課題名'],
  sourceIdentifier: ['収録物識別子'],
  edition: ['版'],
  volumeTitle: ['部編名'],
  originalLanguage: ['原文の言語'],
  extent: ['大きさ'],
  format: ['形態'],
  holdingAgent: ['所蔵機関'],
  sourceTitle: ['収録物名', '掲載誌', '雑誌名', 'journal'],
  volume: ['巻'],
  issue: ['号'],
  numPages: ['ページ数'],
  pageStart: ['開始ページ'],
  pageEnd: ['終了ページ'],
  dissertationNumber: ['学位授与番号'],
  degreeName: ['学位名', '学位'],
  dateGranted: ['学位授与年月日', '学位授与日'],
  degreeGrantor: ['学位授与機関'],
  conference: ['会議', '会議名'],
  file: ['ファイル', 'ファイル名'],
}

/** Names are compared without width, case, blanks and hyphens. */
export const plain = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '')

const paths: ReadonlyMap<string, string> = new Map(
  Object.entries(LABELS).flatMap(([path, labels]) => labels.map((label) => [plain(label), path])),
)

/** The path that a label stands for. */
export const pathOf = (label: string) => paths.get(plain(label))

export const allLabels: readonly string[] = Object.values(LABELS).flat()
