/** What is said of the institution's settings. */
export const settings = {
  Settings: '機関の設定',
  'How the institution’s pages name, colour and explain it: its own to change.':
    'ページに表示する名称、色、説明文、リンクなど。機関が自分で変えられます。',
  'Read the settings of the institution': '機関の設定を読む',
  'Its name, colours, texts and links, as its pages show them.':
    '名称、色、説明文、リンクなど、ページに表示されるものです。',
  'The settings': '設定',
  'The settings after the change': '変更後の設定',
  'The settings have changed since they were read: read them again': '読んだ後に設定が変わりました。読み直してください',
  'Replace the settings': '設定を置き換える',
  'What was read can be sent back as it is, with what is to be another. Pages show it at once.':
    '読んだ設定の一部を書き換えて、そのまま送り返せます。変更はすぐにページに反映されます。',
  'Change some of the settings': '設定の一部を変える',
  'A setting that is null goes, a list is replaced whole, and what is not named stays.':
    'null の設定は消え、リストは全体が置き換わり、書かれていない設定はそのまま残ります。',
  'Give the institution a logo': 'ロゴを設定する',
  'A PNG, JPEG, WebP or SVG of 256 KiB at most, whose sides have 4,096 pixels at most.':
    'PNG、JPEG、WebP、SVG のどれかで、256 KiB まで、縦横それぞれ 4,096 ピクセルまでの画像です。',
  'The settings with the logo': 'ロゴを含む設定',
  'It is no image of these kinds, or one that cannot be a logo':
    '受け付けられる種類の画像ではないか、ロゴにできない画像です',
  'Take the logo away': 'ロゴを外す',
  'There is no logo': 'ロゴはありません',

  'Its own address, /api/v1/settings/logo, changes it': '変更には専用のアドレス /api/v1/settings/logo を使います',
  'Passed over, as it was read': '読んだときのまま送れます。内容は無視されます',
  'Lowest contrast with the grounds of the scheme (WCAG 2.2)': '配色の背景とのコントラスト比の最小値（WCAG 2.2）',
  'Whether text in it can be read: 4.5 at least': 'この色の文字が読めるかどうか。4.5 以上なら true です',
  'The nearest shade that can be read. Pages use it in place of a colour whose contrast is not enough':
    '読める色のうち最も近いもの。コントラストが足りないとき、ページでは代わりにこの色を使います',
  'How well the colour can be read in either colour scheme': '明るい配色と暗い配色のそれぞれでの、色の読みやすさ',
  'Texts are Markdown without HTML and without images': '文章は Markdown で書きます。HTML と画像は使えません',
  'Settings that are to be others, as a merge patch (RFC 7396)': '変える設定（RFC 7396 のマージパッチ）',
}
