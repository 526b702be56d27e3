/** Words of the reference of the API. What its document says is in document.ts. */
export const reference = {
  api: {
    title: 'API リファレンス',
    description: 'このリポジトリをプログラムから検索・閲覧・登録するための API の説明です。',
    introduction: 'はじめに',
    operations: '操作の一覧',
    schemas: 'データの形',
    schemasText: 'リクエストやレスポンスに現れるデータの形を、名前の順に並べています。',

    forAll: 'だれでも呼び出せます。トークンを付けると、その権限で見えるものが加わることがあります。',
    needs: '必要なスコープ：',
    parameters: 'パラメータ',
    body: 'リクエストの本文',
    example: '呼び出しの例',
    answers: 'レスポンス',
    usual: 'すべての操作に共通のレスポンス：',
    fields: '項目を見る',
    required: '必須',
    or: 'または',
    comma: '、',
    listOf: 'リスト：',
    suchAs: '例：',
    fallback: '省略時：',
    values: (count: string) => `${count} 個の値から 1 つ`,
    most: (count: string) => `${count} 個まで`,
    length(least?: string, most?: string) {
      if (most === undefined) return `${least} 文字以上`
      return least === undefined ? `${most} 文字以内` : `${least}～${most} 文字`
    },
    between(least?: string, most?: string) {
      if (most === undefined) return `${least} 以上`
      return least === undefined ? `${most} 以下` : `${least}～${most}`
    },
    places: { path: 'パス', query: 'クエリ', header: 'ヘッダー' } as { [place: string]: string },
    types: {
      string: '文字列',
      integer: '整数',
      number: '数値',
      boolean: '真偽値',
      object: 'オブジェクト',
      array: 'リスト',
      null: 'null',
      date: '日付（YYYY-MM-DD）',
      'date-time': '日時（UTC）',
      uri: 'URL',
    } as { [type: string]: string },

    lead: 'このリポジトリにあるものは、プログラムからも検索し、読み、登録できます。見たり検索したりするだけなら、申し込みもトークンも要りません。',
    base: 'アドレス',
    baseText: 'どの操作も、次のアドレスから始まります。本文は、特に断りがない限り UTF-8 の JSON です。',
    documentText: 'この説明は、プログラムが読める形でも提供しています：',
    openApi: 'OpenAPI 3.1 の文書（JSON）',
    tokens: 'トークンとスコープ',
    tokensText:
      '登録や編集をするプログラムは、機関から受け取ったトークンをヘッダーで送ります。トークンは発行した機関でだけ有効です。できることはスコープで決まります。',
    scopes: {
      import: '資料を取り込む。ほかのリポジトリから収集する。',
      'items:write': '資料とコレクションを変更する。公開前の資料を見る。',
      'files:read': '登録利用者に限って公開されているファイルを読む。',
      'settings:write': '機関の名称、色、説明文、ロゴなどの設定を変える。',
      transfer: '機関のすべてのデータを書き出し、取り込む。',
    } as { [scope: string]: string },
    problems: 'エラー',
    problemsText:
      '求められたことができないときは、理由を application/problem+json（RFC 9457）で返します。プログラムはステータスで判断し、detail は人に見せてください。送られたものに誤りがあれば、errors に 1 つずつ並びます。',
    statuses: 'どの操作でも起こりうるもの',
    paging: 'ページ送り',
    pagingText:
      '一覧は少しずつ返します。続きがあるときは、本文の next と Link ヘッダー（RFC 8288）に次のページのアドレスがあります。after の値を自分で組み立てず、そのアドレスをたどってください。',
    conditional: '条件付きの変更',
    conditionalText:
      '変更の前に読んだ ETag を If-Match で送ります。その後にほかの人が変更していれば 412 を返し、何も変えません。If-Match がなければ 428 を返します。',
    uploads: '大きなファイル',
    uploadsText:
      'ファイルは 1 回でも、分割しても送れます。分割アップロードは接続が切れても続きから再開できます。方式は tus 1.0（https://tus.io）で、既存のクライアントに、資料ごとのアドレスとトークンを指定するだけで使えます。',
    forms: '資料のほかの形式',
    formsText:
      '資料のメタデータは、ほかの形式でも読めます。ページのアドレスに、求める形式を Accept ヘッダーで伝えるか、形式の名前を付けた固有のアドレスをたどってください。',
    limits: '回数の制限',
    limitsText:
      '短い間に送れるリクエストの数には限りがあります。検索、そのほかの閲覧、変更のそれぞれに制限があり、RateLimit ヘッダーに残りの回数、RateLimit-Policy ヘッダーに制限の内容があります。超えると 429 を返すので、Retry-After の秒数だけ待ってから続けてください。',
    lastingText:
      'レスポンスには項目が加わることがあります。知らない項目は読み飛ばしてください。リクエストに書けるのは、ここにあるものだけです。',
    support: 'X-Request-Id ヘッダーの値を添えてお問い合わせいただくと、記録をたどれます。',
  },
}
