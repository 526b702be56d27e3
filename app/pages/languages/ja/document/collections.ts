/** What is said of collections. */
export const collections = {
  'List the collections at the top, or in another': '最上位または下位のコレクションを並べる',
  'One level of the tree, 100 at a time, in their order.': '木の 1 段を、並び順に 100 件ずつ返します。',
  'The collection whose collections are listed': '下位のコレクションを並べるコレクション',
  'A page of collections': 'コレクションの 1 ページ',
  'Make a collection': 'コレクションを作る',
  'The collection': 'コレクション',
  'Read a collection': 'コレクションを読む',
  'There is no such collection, or none that the caller may see': 'そのコレクションはないか、呼び出し元には見えません',
  'Change or move a collection': 'コレクションを変える、移す',
  'Changes what the body names, and leaves the rest.': '本文に書かれたものだけを変えます。',
  'The collection after the change': '変更後のコレクション',
  'Delete a collection': 'コレクションを削除する',
  'Its items stay, in the other collections that they lie in, or in none.':
    '資料は残ります。ほかのコレクションに入っていればそこに、なければどこにも属さずに残ります。',
  'leave: items may lie in it, and leave it. keep: it is refused then':
    'leave：資料が入っていても削除し、資料はそこから外れます。keep：資料が入っていれば削除しません',
  'Collections lie in it, or items that are to stay in it': '下位のコレクションがあるか、外さない資料が入っています',
  'List the items of a collection': 'コレクションの資料を並べる',
  'Those right in it, 100 at a time: the newest first, or as contents by volume, issue and page.':
    '直接入っている資料を 100 件ずつ返します。新しい順、または目次として巻・号・ページの順です。',
  'A page of items': '資料の 1 ページ',
  'List the collections of an item': '資料が入っているコレクションを並べる',
  'In the form in which they can be put.': 'そのまま PUT できる形で返します。',
  'The collections': 'コレクション',
  'Put an item into collections': '資料をコレクションに入れる',
  'It lies in these collections from then on, and in no others.': '以後はここに書いたコレクションだけに入ります。',
  'It lies in these collections': 'これらのコレクションに入りました',

  'The collection that it lies in; null at the top': '上位のコレクション。最上位なら null',
  'The order of its items: the newest first, or contents by volume, issue, heading and page':
    '資料の並べ方。新しい順、または巻・号・見出し・ページによる目次',
  'Items right in it that the caller may read': '直接入っていて、呼び出し元が読める資料の数',
  'Collections right in it that the caller may see': '直接下にあって、呼び出し元に見えるコレクションの数',
  'Position and flags are for those who may change them': '位置や設定は、変更できる人にだけ見えます',
  'A name in Japanese, and in English where there is one': '日本語の名前と、あれば英語の名前',
  'The collections that it lies in, from the top on': '上位のコレクション。最上位から順に',
  'Order among those of one parent': '同じ親の中での順番',
  'Readers see it if all above it are public too': '上位がすべて公開なら、利用者に見えます',
  'Harvesters get an item through any of its collections that is public and harvested with all above it':
    'ハーベスターには、上位も含めて公開・収集対象であるコレクションのどれかを通して資料が渡ります',
  'Headings of the contents, in their order: all of them, those that there are by their id':
    '目次の見出し。順番どおりにすべて書き、すでにあるものは id を付けます',
  'The one beside it that it is to stand right before; null puts it last':
    '同じ段で直後に来るコレクション。null なら最後',
  'A collection, or one with the heading under which its contents have the item':
    'コレクション、または目次で資料を置く見出しを添えたコレクション',
}
