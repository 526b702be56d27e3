/** What is said of imports and harvests. */
export const imports = {
  'Import records with their files': 'メタデータとファイルを取り込む',
  'A line of JSON is answered for each record, in order and as it happens: a record that is rejected keeps no other out. A record whose source came before replaces that one. The answer ends early where the connection breaks: lines that arrived hold.':
    '1 件処理するごとに、順番どおりに JSON を 1 行返します。受け付けられないものがあっても、ほかは取り込まれます。source が前と同じものは、前のものを置き換えます。接続が切れるとレスポンスもそこで終わりますが、届いた行の結果は有効です。',
  'The depositor’s name for the record, by which it is known when it comes again':
    '登録する側が付ける名前。次に送ったとき、この名前で同じものと分かります',
  'The number of its address, where an institution brings its own': 'アドレスの番号。機関が自分の番号を使う場合',
  'The identifier that harvesters know it by': 'ハーベスターが使う識別子',
  'The day to publish it on; at once where nothing is said': '公開する日。省略するとすぐに公開します',
  'Collections of the records that do not say where they lie: ids with commas between them':
    'コレクションを書いていない資料を入れるコレクション。id をコンマで区切ります',
  'check: says what an import would do, and changes nothing': 'check：取り込むとどうなるかを返し、何も変えません',
  'A name for this call, by which it can be sent again after it broke off':
    'この呼び出しの名前。途中で切れたとき、同じ名前で送り直せます',
  'A record a line, each as in JSON': '1 行に 1 件。それぞれ JSON の場合と同じ形です',
  'A record in JPCOAR 1.0, 2.0 or 2.1, or an answer of OAI-PMH with records':
    'JPCOAR 1.0、2.0、2.1 のメタデータ、またはメタデータを含む OAI-PMH のレスポンス',
  'The same': '同上',
  'A table: a row names the columns, every other row is a record': '表。1 行目が列の名前、以降は 1 行に 1 件です',
  'The same, with tabs': '同じものをタブ区切りで',
  'Records with their files, or a bag (BagIt)': 'メタデータとファイル、または BagIt のバッグ',
  'A line for each record': '1 件につき 1 行',
  'The body is not what its media type says, or Idempotency-Key is no string':
    '本文がメディアタイプと合わないか、Idempotency-Key が文字列ではありません',
  'The token lacks the scope, or this is an export of an institution and it lacks "transfer"':
    'トークンに必要なスコープがありません。機関の書き出しを取り込むには "transfer" も要ります',
  'The call with this Idempotency-Key is still being worked on; Retry-After says when to ask again':
    '同じ Idempotency-Key の呼び出しを処理しています。Retry-After の後にやり直してください',
  'A parameter is wrong, there is no record in the body, or the key was used for another call':
    'パラメータが誤っているか、本文にメタデータがないか、キーがほかの呼び出しに使われています',
  'A table to begin with': '書き始めるための表',
  'A header row with the columns that most records need.': '多くの資料に必要な列を並べた見出し行です。',
  'The language of the labels': '見出しの言語',
  'The table': '表',
  'CSV in UTF-8': 'UTF-8 の CSV',
  'null where not even that could be read': 'それさえ読めなかった場合は null',
  'What aggregators would find fault with; keeps nothing out': '連携先で問題になりそうな点。取り込みは妨げません',
  'Why it is rejected': '受け付けられない理由',
  'What became of a record': '1 件の処理の結果',
  'Addresses that it, or a file of it, had elsewhere: they lead here from then on':
    '資料やファイルの以前のアドレス。以後はここへ転送されます',
  'The collections that it is to lie in: ids, or with the heading under which contents have it':
    '入れるコレクション。id だけ、または目次の見出しを添えて',
  'A record, and what is said beside it': 'メタデータと、それに添えて書くこと',

  'List all harvests': 'すべての収集を並べる',
  'All of them': 'すべて',
  'Read how far a harvest has come': '収集の進み具合を読む',
  'The name of the harvest, chosen by whoever harvests': '収集の名前。収集する側が決めます',
  'The harvest': '収集',
  'There is no such harvest': 'その収集はありません',
  'Say how far a harvest has come': '収集の進み具合を記録する',
  'Of two who harvest the same at once, one is told so (412) and stops.':
    '同じものを 2 か所で同時に収集していると、一方に 412 を返すので、そちらは止まります。',
  'Makes the harvest, if there is none yet': 'まだなければ作ります',
  'The harvest after the change': '変更後の収集',
  'The harvest that was made': '作られた収集',
  'Somebody else has made or changed it: read it again': 'ほかのだれかが作ったか変更しました。読み直してください',
  'If-Match or If-None-Match is missing': 'If-Match か If-None-Match がありません',
  'Forget a harvest': '収集の記録を消す',
  'The next run begins at the beginning. Items stay.': '次回は最初から始まります。資料は残ります。',
  'It is forgotten': '記録を消しました',
  'setSpec; everything is harvested where nothing is said': 'setSpec。省略するとすべてを収集します',
  'responseDate of the last list that was read to its end: up to it nothing is missing':
    '最後まで読んだ一覧の responseDate。ここまでは漏れがありません',
  'The list under way: its responseDate, and where it goes on': '読んでいる途中の一覧。responseDate と続きの位置',
  'What became of the records of the list under way, or of the last one':
    '読んでいる途中の一覧、または最後の一覧の処理の結果',
  'When a list was last read to its end': '最後に一覧を読み終えた日時',
  'Why the last run ended early': '前回が途中で終わった理由',
  'A harvest as it is kept': '記録されている収集',
}
