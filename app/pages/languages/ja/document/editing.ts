/** What is said of making and changing items, of files and uploads, and of taking along what was found. */
export const editing = {
  Files: 'ファイル',
  Uploads: '分割アップロード',
  'The files of an item, each sent in one go. Their bytes are read at their "url".':
    '資料のファイルです。1 つずつまとめて送ります。実体は "url" で読めます。',
  'Files that are sent in parts, and go on where a connection broke: tus 1.0, for which there are clients.':
    'ファイルを分けて送り、接続が切れても続きから再開できます。方式は tus 1.0 で、既存のクライアントが使えます。',

  'List the items': '資料を並べる',
  'Whole items by their number, page after page; those that the caller may read. What has changed since a moment is told by OAI-PMH, in whose order nothing is missed.':
    '呼び出し元が読める資料の全体を、番号順に 1 ページずつ返します。ある時点からの変更を知るには、漏れのない順序を持つ OAI-PMH を使ってください。',
  'Items with higher numbers than this': 'この番号より後の資料',
  'Items of a page at most': '1 ページの資料の上限',
  'A page': '1 ページ分',
  'A page of items by their number. It may be shorter where records are long':
    '番号順の資料の 1 ページ分。メタデータが長いときは少なくなることがあります',
  'Make an item': '資料を作る',
  'Its files are sent next. Who wants them to be there first gives a publicationDate ahead, sends them, and then sets the date to today by PATCH.':
    'ファイルはこの後に送ります。公開前にファイルをそろえるには、先の日付の publicationDate を付けて作り、ファイルを送ってから、PATCH で日付を今日にします。',
  'Names the request: sent again with the same body within a week, it makes no second item':
    'リクエストの名前。1 週間以内に同じ本文で送り直しても、2 件目は作られません',
  'The item that was made': '作られた資料',
  'The body is no JSON': '本文が JSON ではありません',
  'The source or a former address is another item’s, or the key is in use':
    'source または以前のアドレスがほかの資料のものか、キーが使用中です',
  'The body is longer than 20 MiB': '本文が 20 MiB を超えています',
  'The body is not said to be JSON': '本文のメディアタイプが JSON ではありません',
  'What is wrong with the record and what stands beside it: each with its place in "errors"':
    'メタデータや添えられた値の誤り。場所とともに "errors" に並びます',
  'Replace the record of an item': '資料のメタデータを置き換える',
  'Publication date, files and collections stay. An entry of "files" belongs to the file that it names: by its address as "uri", by a relative "uri", or by its name as "label".':
    '公開日、ファイル、コレクションはそのままです。"files" の各項目は、"uri" のアドレス、相対的な "uri"、または "label" の名前が示すファイルの説明になります。',
  'Change an item': '資料を変える',
  'Changes what the body names of its record, its publication date and its files’ access, and leaves the rest.':
    'メタデータ、公開日、ファイルの公開の条件のうち、本文に書かれたものだけを変えます。',
  'The depositor’s name for it: imports of this source change the item later':
    '登録する側での名前。後から同じ source を取り込むと、この資料が変わります',
  'The collections that it is to lie in': '入れるコレクション',
  'Where it, or the file of a name, was to be found before: these addresses lead to it':
    '資料やファイルの以前のアドレス。ここへ転送されるようになります',
  'What changes in the record, as a merge patch (RFC 7396): a field that is null goes, a list is replaced whole':
    'メタデータの変更（RFC 7396 のマージパッチ）。null の項目は消え、リストは全体が置き換わります',
  'The day on which an embargo ends: with "embargoed" alone': 'エンバーゴが終わる日。"embargoed" のときだけ',

  'List the files of an item': '資料のファイルを並べる',
  'The files that the caller may know of, in their order.': '呼び出し元に見えるファイルを、並び順に返します。',
  'The files': 'ファイルの一覧',
  'The item was withdrawn or deleted': '資料は取り下げられたか削除されました',
  'Read what there is to say of a file': 'ファイルの情報を読む',
  'Its bytes are at its "url". The ETag is the item’s.': '実体は "url" にあります。ETag は資料のものです。',
  'Its name, percent-encoded; slashes in it may stand as they are':
    'パーセントエンコードした名前。スラッシュはそのままでかまいません',
  'The file': 'ファイル',
  'There is no such item, or it has no such file': 'その資料がないか、その名前のファイルがありません',
  'Let a file go that could not be scanned': 'ウイルス検査ができなかったファイルを公開させる',
  'For a file whose "scan" is "unscannable": it is too large, holds too much, or needs a password. Whoever lets it go answers for it. An infected file cannot be let go.':
    '"scan" が "unscannable" のファイルに使います。大きすぎるか、含むものが多すぎるか、パスワードが必要なファイルです。公開させる人が責任を負います。ウイルスが検出されたファイルには使えません。',
  'Whoever may have it gets it': '読める人に渡すようになりました',
  'The scan says another thing of the file, so that it needs no release or gets none':
    '検査の結果が別のものなので、この操作は不要か、できません',
  'Send a file': 'ファイルを送る',
  'The body is its bytes, as they are. A file of this name is replaced; versions keep the one that they hold. The same bytes again change nothing. Large files are better sent in parts, as an upload.':
    '本文がそのままファイルになります。同じ名前のファイルは置き換わり、バージョンには元のものが残ります。同じ内容を送り直しても何も変わりません。大きなファイルには分割アップロードが向いています。',
  'Who may have it. Where nothing is said: as the one before, or as the record says':
    '公開の条件。書かなければ、前のファイルかメタデータに従います',
  'The ETag of the item: where it is another by now, nothing is changed (412). It may be left out':
    '資料の ETag。すでに変わっていれば何も変えません（412）。省略できます',
  'The SHA-256 of what is sent (RFC 9530): where another one arrives, nothing is changed (422)':
    '送る内容の SHA-256（RFC 9530）。届いたものと違えば何も変えません（422）',
  'The file, where one was there': '同じ名前のファイルがあったとき',
  'The file, where none was there': '新しいファイルのとき',
  'A digest is not written as one': 'ダイジェストの書き方が正しくありません',
  'The file is larger than the institution may send, or than it has room for':
    'ファイルが、機関が送れる大きさか残りの容量を超えています',
  'The body came compressed (Content-Encoding)': '本文が圧縮されています（Content-Encoding）',
  'The name or the access is none, or what arrived has another digest':
    '名前か公開の条件が正しくないか、届いた内容のダイジェストが違います',
  'Take a file away': 'ファイルを外す',
  'The record’s entry for it goes too. Versions that hold the file keep it.':
    'メタデータの該当する項目も消えます。そのファイルを含むバージョンには残ります。',
  'The item has it no more': '資料から外しました',

  'Ask what is understood, and how large a file may be': '対応する機能とファイルの上限を調べる',
  'It is in the headers': 'ヘッダーにあります',
  'The version of the protocol': 'プロトコルのバージョン',
  'Extensions of the protocol': 'プロトコルの拡張',
  'Bytes of a file at most': 'ファイルの上限（バイト）',
  'Begin to send a file in parts': '分割アップロードを始める',
  'The protocol is tus 1.0 (https://tus.io) with its extensions creation, creation-with-upload, termination and expiration: any tus client can be pointed here. With the last byte the file is on the item.':
    '方式は tus 1.0（https://tus.io）で、拡張は creation、creation-with-upload、termination、expiration です。どの tus クライアントも使えます。最後のバイトが届くと、ファイルが資料に加わります。',
  'Bytes of the whole file': 'ファイル全体のバイト数',
  'Words with their values in base64, with commas between: filename; and if wanted filetype, access and until':
    '名前と base64 の値の組を、コンマで区切って並べます。filename は必須、filetype、access、until は任意です',
  'It has begun': '始まりました',
  'Address of the upload': 'アップロードのアドレス',
  'When it will be forgotten': '破棄される日時',
  'A header is missing or wrong': 'ヘッダーが足りないか、正しくありません',
  'Tus-Resumable is missing, or names another version': 'Tus-Resumable がないか、別のバージョンです',
  'The metadata name no file, or an access that is none': 'ファイル名がないか、公開の条件が正しくありません',
  'The length is to be said later (Upload-Defer-Length), which is not understood':
    '長さを後で知らせる方法（Upload-Defer-Length）には対応していません',
  'Read how far an upload has come': 'アップロードの進み具合を読む',
  'HEAD, with Tus-Resumable, says in the headers of the protocol where to go on: Upload-Offset.':
    'Tus-Resumable を付けた HEAD には、続きの位置を Upload-Offset ヘッダーで返します。',
  'The upload': 'アップロード',
  'There is no such upload (any more)': 'そのアップロードはありません（期限が切れたか、取り消されました）',
  'Send a part of a file': '一部を送る',
  'What has arrived stays, also where the connection breaks. The last byte puts the file on the item.':
    '接続が切れても、届いた分は残ります。最後のバイトが届くと、ファイルが資料に加わります。',
  'Where the part begins': 'この部分の始まる位置',
  'The part is here': '届きました',
  'Bytes that are here': '届いているバイト数',
  'The part begins elsewhere than where the upload ends; or the item is withdrawn':
    '届いた分の続きではないか、資料が取り下げられています',
  'It has expired, or the item was deleted': '期限が切れたか、資料が削除されました',
  'The part is longer than what is left of the file': 'ファイルの残りより長い部分です',
  'Another request works on the upload, and did not end within a minute':
    'ほかのリクエストが処理中で、1 分たっても終わりませんでした',
  'Give an upload up': 'アップロードを取り消す',
  'A file that the item has already stays.': 'すでに資料に加わったファイルは残ります。',
  'It is forgotten': '取り消しました',
  'Name of the file': 'ファイル名',
  'Bytes that are here; all of them only once the item has the file':
    '届いているバイト数。全体になるのは、ファイルが資料に加わったときです',
  'Whether the item has the file': 'ファイルが資料に加わったかどうか',
  'Where the API speaks of the file, once the item has it': '資料に加わった後の、ファイルの情報のアドレス',

  'Take along what a search finds': '検索結果を書き出す',
  'The first 10,000 of the items that a search finds, in its order and in one document. Where there are more, the header X-Cut-At says so: narrow the search, by year for example.':
    '見つかった資料のうち最初の 10,000 件を、検索と同じ順で 1 つの文書にします。それより多いときは X-Cut-At ヘッダーで知らせるので、年などで絞り込んでください。',
  'ndjson and csv can be imported again; the others are those of single items, put together':
    'ndjson と csv はそのまま取り込めます。ほかは、資料 1 件ごとの形式を 1 つにまとめたものです',
  'The items': '資料',
  'Items that are here, where more were found': '件数が上限を超えたとき、ここに含まれる件数',
  'A parameter that cannot be, or a table that would be too wide':
    'パラメーターが正しくないか、表の列が多くなりすぎます',
}
