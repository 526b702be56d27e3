/** Columns to begin with, in both languages, and what a row of them may hold. People and works are made up. */
const COLUMNS: readonly [english: string, japanese: string, example: string][] = [
  ['source', '元の識別子', 'kiyo-12-1-03'],
  ['title[ja]', 'タイトル[ja]', '蔵の町における水路の変遷'],
  ['title[ja-Kana]', 'タイトル[ja-Kana]', 'クラ ノ マチ ニ オケル スイロ ノ ヘンセン'],
  ['title[en]', 'タイトル[en]', 'The changing canals of a town of storehouses'],
  ['creator.name[ja]', '著者.名前[ja]', '蔵野, 文|港, 満'],
  ['creator.name[en]', '著者.名前[en]', 'Kurano, Fumi|Minato, Mitsuru'],
  ['creator.orcid', '著者.ORCID', '0000-0000-0000-0001'],
  ['creator.affiliation[ja]', '著者.所属[ja]', '蒼空大学|みさき海洋研究所'],
  ['subject[Other][ja]', 'キーワード[ja]', '水路|町並み'],
  ['subject[NDC]', '主題[NDC]', '517.5'],
  ['description[Abstract][ja]', '抄録[ja]', '江戸末期から現在までの水路の変遷を、地図と聞き取りから明らかにする。'],
  ['publisher[ja]', '出版者[ja]', '蒼空大学'],
  ['date[Issued]', '発行日', '2026-03-18'],
  ['language', '言語', 'jpn'],
  ['type', '資源タイプ', 'departmental bulletin paper'],
  ['versionType', '出版タイプ', 'VoR'],
  ['accessRights', 'アクセス権', 'open access'],
  ['rights[ja]', '権利情報[ja]', 'CC BY 4.0'],
  ['identifier[DOI]', 'DOI', ''],
  ['sourceTitle[ja]', '収録物名[ja]', '蒼空大学紀要'],
  ['sourceIdentifier[PISSN]', '収録物識別子[PISSN]', '9999-9994'],
  ['volume', '巻', '12'],
  ['issue', '号', '1'],
  ['pageStart', '開始ページ', '34'],
  ['pageEnd', '終了ページ', '52'],
  ['file', 'ファイル', 'https://library.aozora-u.example/kiyo/12-1-03.pdf'],
  ['publicationDate', '公開日', ''],
]

/** A table to begin with, in UTF-8 with the mark by which Excel knows it. */
export function template(language: 'ja' | 'en'): string {
  const header = COLUMNS.map(([english, japanese]) => (language === 'ja' ? japanese : english))
  const example = COLUMNS.map(([, , value]) => value)
  return `\ufeff${[header, example].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
