/** What is said of items and their records. */
export const items = {
  'Read an item': '資料を読む',
  'The item as the caller may see it: its record, its files, and the versions that can be cited.':
    '呼び出し元に見える範囲の資料です。メタデータ、ファイル、引用できるバージョンがあります。',
  'The item': '資料',
  'There is no such item': 'その資料はありません',
  'The item was withdrawn or deleted; the reason is in "detail"':
    '資料は取り下げられたか削除されました。理由は "detail" にあります',
  'The item after the change': '変更後の資料',
  'The item is withdrawn': '資料は取り下げられています',
  'The item was deleted': '資料は削除されました',
  'The item has changed since it was read: read it again': '読んだ後に資料が変わりました。読み直してください',
  'If-Match is missing': 'If-Match がありません',
  'Delete an item for good': '資料を完全に削除する',
  'Its files are removed. Its address answers 410 ever after, and harvesters are told that it is gone.':
    'ファイルは消去されます。以後そのアドレスは 410 を返し、ハーベスターには削除されたことが伝わります。',
  'It is deleted': '削除しました',
  'It was deleted before': 'すでに削除されています',
  'Make a version that can be cited': '引用できるバージョンを作る',
  'Keeps the item as it stands now under an address of its own, which never changes.':
    'いまの状態の資料を、変わらない固有のアドレスに残します。',
  'The version': 'バージョン',
  'Nothing has changed since the last version, or the item is withdrawn':
    '前のバージョンから変わっていないか、資料が取り下げられています',
  'Withdraw an item': '資料を取り下げる',
  'Nobody can read it any more. Its address answers 410 with its title and the reason.':
    'だれも読めなくなります。アドレスは 410 を返し、タイトルと理由を示します。',
  'It is withdrawn': '取り下げました',
  'It is withdrawn already': 'すでに取り下げられています',
  'Take a withdrawal back': '取り下げをやめる',
  'The item can be read again, as it was before.': '資料は以前のとおり、ふたたび読めるようになります。',
  'It can be read again': 'ふたたび読めるようになりました',
  'It is not withdrawn': '取り下げられていません',
  'Count what aggregators would find fault with': '連携先で問題になりそうな点を数える',
  'Looks at every public item anew, so that it takes its time where there are many: how many break which rule.':
    '公開中のすべての資料を調べ直し、どの規則にいくつの資料が反しているかを数えます。資料が多いと時間がかかります。',
  'The rules that are broken': '反している規則',

  'What the scan for viruses says; readers are told of files that wait, tokens with items:write of all. Nobody gets a file that is waiting, infected or unscannable':
    'ウイルス検査の結果。閲覧者には待っているファイルだけ、items:write のトークンにはすべてを示します。waiting、infected、unscannable のファイルはだれにも渡しません',
  'What was found, or why it could not be looked at; for tokens with items:write':
    '検出されたもの、または検査できなかった理由。items:write のトークンに示します',
  'Its number, which its address has': 'アドレスにある番号',
  'Its address for readers': '利用者向けのアドレス',
  'Its identifier for harvesters': 'ハーベスター向けの識別子',
  'Counts its changes; the ETag carries it': '変更の回数。ETag にもあります',
  'The day on which it was made public here, or will be': 'ここで公開された日、または公開される日',
  'The day on which an embargo ends': 'エンバーゴが終わる日',
  'The access that follows from its files': 'ファイルから決まるアクセス権',
  'The newest first': '新しい順',
  'What should be mended in the record; for tokens with items:write':
    'メタデータの直すべき点。items:write のトークンにだけ見えます',
  'Its name in the item': '資料の中での名前',
  'What readers see in place of its name': '利用者に名前の代わりに見えるもの',
  'Where its bytes are; of a link, somewhere else': '実体のある場所。リンクなら外部のアドレス',
  'Whether the caller may read it now': '呼び出し元がいま読めるかどうか',
  'Its media type': 'メディアタイプ',
  'In bytes': 'バイト数',
  'Checksum of its bytes (SHA-256)': 'チェックサム（SHA-256）',
  'Its address, which never changes': '変わらないアドレス',
  'What a reader can cite: the item as it stood at a moment': '引用できるもの。ある時点の資料の姿です',
  'Ahead, the item is hidden until then; today or before, it is public':
    '先の日付ならその日まで非公開、今日以前なら公開',
  'Files whose access changes. An embargo needs "until", a day ahead':
    '公開の条件を変えるファイル。エンバーゴには先の日付の "until" が要ります',
  'Shown to readers who follow a citation': '引用をたどってきた利用者に示されます',
  'Public items that were looked at': '調べた公開資料の数',
  'Items in which this rule is broken': 'この規則に反している資料の数',
  'Numbers of the first of them': 'そのうち最初のいくつかの番号',
  'Stable name of the rule': '規則の名前（変わりません）',
  'The place in the record; / for all of it': 'メタデータの中の場所。/ は全体',
  'What is wrong, and what to write instead': '何が誤りで、どう書けばよいか',
  'What was found in a record': 'メタデータについて見つかったこと',

  'A metadata record. Names follow JPCOAR 2.1; plural where an element repeats':
    'メタデータ。名前は JPCOAR 2.1 に合わせ、繰り返せる要素は複数形です',
  'Text in a language': '言語を示したテキスト',
  'A person or an organisation that made the work': '作品を作った個人または団体',
  'An identifier of a person or an organisation, with its scheme': '個人または団体の識別子と、その体系',
  'An organisation: affiliation, rights holder, degree grantor': '団体。所属、権利者、学位授与機関',
  'A person or an organisation with another part in the work': '作品にほかの形で関わった個人または団体',
  'A date with what happened then; it may be a range': '日付と、その日にあったこと。期間でもかまいません',
  'What the record says of a file. The bytes, their access and our address belong to the item':
    'メタデータに書かれたファイルの説明。実体、公開の条件、アドレスは資料が持ちます',
}
