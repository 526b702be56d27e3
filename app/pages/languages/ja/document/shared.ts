/** What is said of the parts, of answers, of search and of the institution's export. */
export const shared = {
  About: 'この API について',
  'What is here, and this description of it.': '何があるかと、この説明そのもの。',
  Search: '検索',
  'Find items by words, dates and facets.': '語、日付、ファセットで資料を探します。',
  Items: '資料',
  'An item is a metadata record with its files under an address that lasts.':
    '資料は、メタデータとファイルをまとめて、変わらないアドレスに置いたものです。',
  Collections: 'コレクション',
  'A tree of collections, each a list or the contents of a journal. An item lies in any number of them.':
    'コレクションは木の形に並び、それぞれが一覧または雑誌の目次です。資料はいくつのコレクションにも入れられます。',
  Imports: '取り込み',
  'Records in many forms come in, with their files, one or a hundred thousand in a call.':
    'さまざまな形式のメタデータを、ファイルとともに受け取ります。1 回に 1 件でも 10 万件でも送れます。',
  Harvests: '収集',
  'What is kept of harvests of other repositories, so that the next run goes on where the last ended.':
    'ほかのリポジトリからの収集について、次回に続きから始められるよう記録していること。',
  Export: '書き出し',
  'Everything that the institution has, to take along.': '機関が持つすべてを、持ち出せる形で。',

  'Where to begin': '最初に見るところ',
  'The addresses that lead to everything else.': 'ほかのすべてへ通じるアドレスです。',
  'The addresses': 'アドレス',
  'This description as an OpenAPI document': 'この説明の OpenAPI 文書',
  'Made from the same schemas that requests are held against.':
    'リクエストの検査に使うものと同じスキーマから作られています。',
  'The document': '文書',
  'The institution’s name': '機関の名称',
  'The description of this API for programs (OpenAPI 3.1)': 'プログラム向けの API の説明（OpenAPI 3.1）',
  'The same to read in a browser': '同じ内容をブラウザーで読むページ',
  'Where harvesters ask (OAI-PMH 2.0)': 'ハーベスターの問い合わせ先（OAI-PMH 2.0）',
  'Take out everything that the institution has': '機関が持つすべてを書き出す',
  'A bag (BagIt, RFC 8493) in a ZIP archive, with a crate (RO-Crate) for each item. It can be imported at another repository of this kind. What breaks off is no archive: begin anew.':
    'BagIt（RFC 8493）のバッグを ZIP にしたもので、資料ごとに RO-Crate が入っています。同じ種類のほかのリポジトリに取り込めます。途中で切れたものは使えないので、最初からやり直してください。',
  'The archive': 'アーカイブ',
  '2 exports of this institution are being read already, or files have not passed the scan for viruses':
    'この機関の書き出しがすでに 2 つ進行中か、ウイルス検査が終わっていないファイルがあります',
  'This server has no room left for what passes through': 'サーバーに一時的な置き場所が残っていません',

  'Search items': '資料を検索する',
  'In records and in the text of files that the caller may read. Without words it lists all items.':
    'メタデータと、呼び出し元が読めるファイルの本文から探します。語がなければ、すべての資料を並べます。',
  'Words, all of which must occur; "phrases"; title:, creator:, subject:, publisher:, source:; AND, OR, NOT, -word, brackets':
    'すべてを含む語、"フレーズ"、title:、creator:、subject:、publisher:、source:、AND、OR、NOT、-語、括弧',
  'Of one of these types (COAR)': 'この資料種別（COAR）のどれか',
  'Issued in one of these years': 'この発行年のどれか',
  'In one of these languages (ISO 639-3)': 'この言語（ISO 639-3）のどれか',
  'With one of these rights of access': 'このアクセス権のどれか',
  'Lying in one of these collections': 'このコレクションのどれかに入っているもの',
  'With one of these subjects, as a facet has it': 'この主題のどれか。ファセットにあるとおりに書きます',
  'By one of these creators, as a facet has it': 'この著者のだれか。ファセットにあるとおりに書きます',
  'Issued in this year, month or day, or later': 'この年、月、日以降に発行されたもの',
  'Issued in this year, month or day, or earlier': 'この年、月、日以前に発行されたもの',
  'By relevance if there are words, else what was published last':
    '省略すると、語があれば関連の深い順、なければ公開の新しい順',
  'Results on a page': '1 ページの件数',
  'Whether to count the facets': 'ファセットの件数を数えるかどうか',
  'A page of what was found': '検索結果の 1 ページ',
  'There are more': 'これより多くあります',
  'The first creators, each by one name per language': '最初の著者たち。それぞれ言語ごとに 1 つの名前',
  'A part of the abstract or of a file in which the words stand': '語が現れる抄録またはファイルの一部',
  'A piece of text; "hit" where it is what was searched for': 'テキストの断片。検索した語の部分は "hit" が true',
  'More than 5,000 items are found, and so many were counted': '5,000 件を超えて見つかり、そこまでを数えた値です',
  'The values of a facet that most of the found items have': '見つかった資料に多いファセットの値',

  'The revision that this is (RFC 9110, section 8.8.3): If-Match takes it':
    '版の印（RFC 9110 8.8.3）。If-Match に使います',
  'The address of what was made': '作られたもののアドレス',
  'Where the list goes on (rel="next") and begins (rel="first") (RFC 8288)':
    '一覧の続き（rel="next"）と先頭（rel="first"）（RFC 8288）',
  'Where the page begins: follow "next" in place of making one':
    'ページの始まる位置。自分で作らず "next" をたどってください',
  'Address of the next page; not there on the last': '次のページのアドレス。最後のページにはありません',
  'The ETag that was read: where it is another by now, nothing is changed (412). Without it: 428':
    '読んだときの ETag。いまは違っていれば何も変えず 412、なければ 428 を返します',

  'Why a request is not answered as it was meant (RFC 9457)': '求められたことができない理由（RFC 9457）',
  'about:blank: the status says what kind of problem it is': 'about:blank。種類はステータスで分かります',
  'What kind of problem it is; the same each time': '問題の種類。毎回同じ文です',
  'The status of the answer': 'レスポンスのステータス',
  'What happened this time, and what to do': '今回起きたことと、どうすればよいか',
  'Each thing that is wrong with what was sent, the first hundred of them':
    '送られたものの誤りを 1 つずつ。最初の 100 個まで',
  'The place in what was sent; / for all of it': '送られたものの中の場所。/ は全体',
  'What is wrong there': 'その場所の誤り',
  'The caller has what would be answered, as If-None-Match or If-Modified-Since says':
    'If-None-Match または If-Modified-Since のとおり、呼び出し元の持つものから変わっていません',
  'What would be answered is another than If-Match or If-Unmodified-Since names':
    'If-Match または If-Unmodified-Since が示すものから変わっています',
  'The request cannot be understood, or holds a value that cannot be':
    'リクエストを解釈できないか、ありえない値が含まれています',
  'There is no token, or it is not known here': 'トークンがないか、この機関のものではありません',
  'The token lacks the scope, or this repository takes no changes at present':
    'トークンに必要なスコープがないか、リポジトリが現在変更を受け付けていません',
  'There is nothing at this address': 'このアドレスには何もありません',
  'This repository is closed': 'このリポジトリは閉鎖されています',
  'The body is larger than this takes': '本文が大きすぎます',
  'The body is of a media type that this does not take': '受け付けないメディアタイプの本文です',
  'Something in the request is not as it must be; "errors" says what':
    'リクエストに誤りがあります。内容は "errors" にあります',
  'Too many requests came in too short a time': '短い間にリクエストが多すぎました',
  'Address and headers are longer than 16 KiB together. Nothing has looked at the request any further':
    'アドレスとヘッダーが合わせて 16 KiB を超えています。リクエストはそれ以上調べられていません',
  'This cannot be had just now': 'いまは応答できません',
}
