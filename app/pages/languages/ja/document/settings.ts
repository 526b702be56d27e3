/** What is said of the institution's settings. */
export const settings = {
  Settings: '設定',
  'The institution’s own name, languages, colours, texts, links and logo.':
    '機関が自分で決める名称、言語、色、文章、リンク、ロゴ。',
  'Read the settings': '設定を読む',
  'The settings': '設定',
  'They are those that the caller has': '呼び出し元が持っているものと同じです',
  'Replace the settings': '設定を置き換える',
  'What is left out is taken away. What was read can be put back as it is.':
    '書かれていない項目はなくなります。読み出したものは、そのまま書き戻せます。',
  'Change some of the settings': '設定の一部を変える',
  'Settings that are to be others, as a merge patch (RFC 7396)': '変える項目だけを書いたマージパッチ（RFC 7396）',
  'The ETag of the settings that were read, or *': '読み出した設定の ETag、または *',
  'The settings after the change': '変更後の設定',
  'The settings are others by now': '設定がその後に変わっています',
  'The body is no application/merge-patch+json': '本文が application/merge-patch+json ではありません',
  'Set the logo': 'ロゴを設定する',
  'The settings with the logo': 'ロゴを含む設定',
  'No PNG, JPEG, WebP or SVG, or one that cannot be a logo':
    'PNG、JPEG、WebP、SVG のいずれでもないか、ロゴに使えない画像です',
  'Take the logo away': 'ロゴを取り除く',
  'There is no logo': 'ロゴはありません',
  'Its own address, /api/v1/settings/logo, changes it': '変更は専用のアドレス /api/v1/settings/logo で行います',
  'Texts are Markdown without HTML and without images': '文章は Markdown で書きます。HTML と画像は使えません',
  'How well the colour can be read in either colour scheme':
    '明るい配色と暗い配色のそれぞれで、その色がどれだけ読みやすいか',
  'Lowest contrast with the grounds of the scheme (WCAG 2.2)': '配色の地の色に対するコントラスト比の最小値（WCAG 2.2）',
  'Whether text in it can be read: 4.5 at least': 'その色の文字が読めるか（4.5 以上）',
  'The nearest shade that can be read. Pages use it in place of a colour whose contrast is not enough':
    '読める色のうち最も近いもの。コントラストが足りない色の代わりに、ページで使われます',
} as const
