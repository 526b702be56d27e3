import type { CitationStyle } from './index.ts'

/**
 * The works of `cited.examples.ts` as each style is to cite them, in Japanese and in English; italics stand between
 * asterisks.
 */
export const expected: { readonly [style in CitationStyle]: { readonly [kind: string]: [ja: string, en: string] } } = {
  apa: {
    article: [
      '鈴木太郎, 佐藤花子 (2020). 潮位の変化. 架空大学紀要, *12*(3), 34–57. https://doi.org/10.99999/kura.7',
      'Suzuki, T., & Sato, H. M. (2020). Changes of the tide. *Bulletin of Fictional University*, *12*(3), 34–57. https://doi.org/10.99999/kura.7',
    ],
    book: [
      '鈴木太郎 (2019). 潮の本 (第2版). 架空出版. https://kura.example/items/7',
      'Suzuki, T. (2019). *The book of tides* (2nd ed.). Fictional Press. https://kura.example/items/7',
    ],
    chapter: [
      '鈴木太郎 (2019). 満ち潮. 佐藤花子 (編), 潮の本 (pp. 12–43). 架空出版. https://kura.example/items/7',
      'Suzuki, T. (2019). Rising tide. In H. M. Sato (Ed.), *The book of tides* (pp. 12–43). Fictional Press. https://kura.example/items/7',
    ],
    'conference paper': [
      '鈴木太郎, 佐藤花子 (2021). 潮の測り方. 架空潮位会議論文集 (p. 5). https://kura.example/items/7',
      'Suzuki, T., & Sato, H. M. (2021). How to measure tides. In *Proceedings of the Fictional Conference on Tides* (p. 5). https://kura.example/items/7',
    ],
    presentation: [
      '鈴木太郎 (2021). 潮の聞き方 [会議発表]. 架空潮位会議, 横浜. https://kura.example/items/7',
      'Suzuki, T. (2021). *How to listen to tides* [Conference presentation]. Fictional Conference on Tides, Yokohama. https://kura.example/items/7',
    ],
    thesis: [
      '鈴木太郎 (2017). 潮の研究 [博士論文, 架空大学]. 蔵リポジトリ. https://kura.example/items/7',
      'Suzuki, T. (2017). *A study of tides* [Doctoral dissertation, Fictional University]. Kura Repository. https://kura.example/items/7',
    ],
    dataset: [
      'Fictional Tide Observatory, Kura (2022). 潮位データ (バージョン1.2) [データセット]. 蔵リポジトリ. https://doi.org/10.99999/kura.7',
      'Fictional Tide Observatory, Kura (2022). *Tide data* (Version 1.2) [Data set]. Kura Repository. https://doi.org/10.99999/kura.7',
    ],
    software: [
      'Suzuki, T. (2023). *Tidecount* (Version 0.9) [Computer software]. Kura Repository. https://kura.example/items/7',
      'Suzuki, T. (2023). *Tidecount* (Version 0.9) [Computer software]. Kura Repository. https://kura.example/items/7',
    ],
    report: [
      '鈴木太郎 (2018). 潮位の報告 (架空研究所報告 5). 架空研究所. https://kura.example/items/7',
      'Suzuki, T. (2018). *Report on tides* (Fictional Institute Reports 5). Fictional Institute. https://kura.example/items/7',
    ],
    other: [
      '鈴木太郎 (1890). 潮の絵. 蔵リポジトリ. https://kura.example/items/7',
      'Suzuki, T. (1890). *A picture of tides*. Kura Repository. https://kura.example/items/7',
    ],
    nobody: [
      '*Who counts the tides?* (2026). Kura Repository. https://kura.example/items/7',
      '*Who counts the tides?* (2026). Kura Repository. https://kura.example/items/7',
    ],
  },
  mla: {
    article: [
      '鈴木太郎, 佐藤花子. 「潮位の変化」. 『架空大学紀要』, vol. 12, no. 3, 2020, pp. 34–57, https://doi.org/10.99999/kura.7.',
      'Suzuki, Taro, and Hanako M. Sato. “Changes of the tide.” *Bulletin of Fictional University*, vol. 12, no. 3, 2020, pp. 34–57, https://doi.org/10.99999/kura.7.',
    ],
    book: [
      '鈴木太郎. 『潮の本』. 第2版, 架空出版, 2019, https://kura.example/items/7.',
      'Suzuki, Taro. *The book of tides*. 2nd ed., Fictional Press, 2019, https://kura.example/items/7.',
    ],
    chapter: [
      '鈴木太郎. 「満ち潮」. 『潮の本』, 佐藤花子編, 架空出版, 2019, pp. 12–43, https://kura.example/items/7.',
      'Suzuki, Taro. “Rising tide.” *The book of tides*, edited by Hanako M. Sato, Fictional Press, 2019, pp. 12–43, https://kura.example/items/7.',
    ],
    'conference paper': [
      '鈴木太郎, 佐藤花子. 「潮の測り方」. 『架空潮位会議論文集』, 2021, p. 5, https://kura.example/items/7.',
      'Suzuki, Taro, and Hanako M. Sato. “How to measure tides.” *Proceedings of the Fictional Conference on Tides*, 2021, p. 5, https://kura.example/items/7.',
    ],
    presentation: [
      '鈴木太郎. 「潮の聞き方」. 『架空潮位会議』, 横浜, 2021, https://kura.example/items/7.',
      'Suzuki, Taro. “How to listen to tides.” *Fictional Conference on Tides*, Yokohama, 2021, https://kura.example/items/7.',
    ],
    thesis: [
      '鈴木太郎. 『潮の研究』. 2017. 架空大学, 博士論文. 『蔵リポジトリ』, https://kura.example/items/7.',
      'Suzuki, Taro. *A study of tides*. 2017. Fictional University, PhD dissertation. *Kura Repository*, https://kura.example/items/7.',
    ],
    dataset: [
      'Fictional Tide Observatory, Kura. 『潮位データ』. バージョン1.2, 蔵リポジトリ, 2022, https://doi.org/10.99999/kura.7.',
      'Fictional Tide Observatory, Kura. *Tide data*. Version 1.2, Kura Repository, 2022, https://doi.org/10.99999/kura.7.',
    ],
    software: [
      'Suzuki, Taro. *Tidecount*. Version 0.9, Kura Repository, 2023, https://kura.example/items/7.',
      'Suzuki, Taro. *Tidecount*. Version 0.9, Kura Repository, 2023, https://kura.example/items/7.',
    ],
    report: [
      '鈴木太郎. 『潮位の報告』. 架空研究所, 2018, 架空研究所報告 5, https://kura.example/items/7.',
      'Suzuki, Taro. *Report on tides*. Fictional Institute, 2018, Fictional Institute Reports 5, https://kura.example/items/7.',
    ],
    other: [
      '鈴木太郎. 『潮の絵』. 蔵リポジトリ, 1890, https://kura.example/items/7.',
      'Suzuki, Taro. *A picture of tides*. Kura Repository, 1890, https://kura.example/items/7.',
    ],
    nobody: [
      '*Who counts the tides?* Kura Repository, 2026, https://kura.example/items/7.',
      '*Who counts the tides?* Kura Repository, 2026, https://kura.example/items/7.',
    ],
  },
  chicago: {
    article: [
      '鈴木太郎, 佐藤花子. 2020. 「潮位の変化」. 『架空大学紀要』 12 (3): 34–57. https://doi.org/10.99999/kura.7.',
      'Suzuki, Taro, and Hanako M. Sato. 2020. “Changes of the tide.” *Bulletin of Fictional University* 12 (3): 34–57. https://doi.org/10.99999/kura.7.',
    ],
    book: [
      '鈴木太郎. 2019. 『潮の本』. 第2版. 東京: 架空出版. https://kura.example/items/7.',
      'Suzuki, Taro. 2019. *The book of tides*. 2nd ed. Tokyo: Fictional Press. https://kura.example/items/7.',
    ],
    chapter: [
      '鈴木太郎. 2019. 「満ち潮」. 『潮の本』, 佐藤花子編, 12–43. 架空出版. https://kura.example/items/7.',
      'Suzuki, Taro. 2019. “Rising tide.” In *The book of tides*, edited by Hanako M. Sato, 12–43. Fictional Press. https://kura.example/items/7.',
    ],
    'conference paper': [
      '鈴木太郎, 佐藤花子. 2021. 「潮の測り方」. 『架空潮位会議論文集』, 5. https://kura.example/items/7.',
      'Suzuki, Taro, and Hanako M. Sato. 2021. “How to measure tides.” In *Proceedings of the Fictional Conference on Tides*, 5. https://kura.example/items/7.',
    ],
    presentation: [
      '鈴木太郎. 2021. 「潮の聞き方」. 架空潮位会議, 横浜. https://kura.example/items/7.',
      'Suzuki, Taro. 2021. “How to listen to tides.” Fictional Conference on Tides, Yokohama. https://kura.example/items/7.',
    ],
    thesis: [
      '鈴木太郎. 2017. 「潮の研究」. 博士論文, 架空大学. https://kura.example/items/7.',
      'Suzuki, Taro. 2017. “A study of tides.” PhD diss., Fictional University. https://kura.example/items/7.',
    ],
    dataset: [
      'Fictional Tide Observatory, Kura. 2022. 『潮位データ』. バージョン1.2. 蔵リポジトリ. https://doi.org/10.99999/kura.7.',
      'Fictional Tide Observatory, Kura. 2022. *Tide data*. Version 1.2. Kura Repository. https://doi.org/10.99999/kura.7.',
    ],
    software: [
      'Suzuki, Taro. 2023. *Tidecount*. Version 0.9. Kura Repository. https://kura.example/items/7.',
      'Suzuki, Taro. 2023. *Tidecount*. Version 0.9. Kura Repository. https://kura.example/items/7.',
    ],
    report: [
      '鈴木太郎. 2018. 『潮位の報告』. 架空研究所報告 5. 架空研究所. https://kura.example/items/7.',
      'Suzuki, Taro. 2018. *Report on tides*. Fictional Institute Reports 5. Fictional Institute. https://kura.example/items/7.',
    ],
    other: [
      '鈴木太郎. 1890. 『潮の絵』. 蔵リポジトリ. https://kura.example/items/7.',
      'Suzuki, Taro. 1890. *A picture of tides*. Kura Repository. https://kura.example/items/7.',
    ],
    nobody: [
      '*Who counts the tides?* 2026. Kura Repository. https://kura.example/items/7.',
      '*Who counts the tides?* 2026. Kura Repository. https://kura.example/items/7.',
    ],
  },
  ieee: {
    article: [
      '鈴木太郎, 佐藤花子, 「潮位の変化」, 架空大学紀要, vol. 12, no. 3, pp. 34–57, 2020, doi: 10.99999/kura.7.',
      'T. Suzuki and H. M. Sato, “Changes of the tide,” *Bulletin of Fictional University*, vol. 12, no. 3, pp. 34–57, Mar. 2020, doi: 10.99999/kura.7.',
    ],
    book: [
      '鈴木太郎, 潮の本, 第2版. 東京: 架空出版, 2019. [Online]. Available: https://kura.example/items/7',
      'T. Suzuki, *The book of tides*, 2nd ed. Tokyo: Fictional Press, 2019. [Online]. Available: https://kura.example/items/7',
    ],
    chapter: [
      '鈴木太郎, 「満ち潮」, 潮の本, 佐藤花子, 編. 架空出版, 2019, pp. 12–43. [Online]. Available: https://kura.example/items/7',
      'T. Suzuki, “Rising tide,” in *The book of tides*, H. M. Sato, Ed. Fictional Press, 2019, pp. 12–43. [Online]. Available: https://kura.example/items/7',
    ],
    'conference paper': [
      '鈴木太郎, 佐藤花子, 「潮の測り方」, 架空潮位会議論文集, 2021, p. 5. [Online]. Available: https://kura.example/items/7',
      'T. Suzuki and H. M. Sato, “How to measure tides,” in *Proceedings of the Fictional Conference on Tides*, 2021, p. 5. [Online]. Available: https://kura.example/items/7',
    ],
    presentation: [
      '鈴木太郎, 「潮の聞き方」, 架空潮位会議, 横浜, 2021. [Online]. Available: https://kura.example/items/7',
      'T. Suzuki, “How to listen to tides,” presented at the *Fictional Conference on Tides*, Yokohama, Sep. 2021. [Online]. Available: https://kura.example/items/7',
    ],
    thesis: [
      '鈴木太郎, 「潮の研究」, 博士論文, 架空大学, 2017. [Online]. Available: https://kura.example/items/7',
      'T. Suzuki, “A study of tides,” Ph.D. dissertation, Fictional University, 2017. [Online]. Available: https://kura.example/items/7',
    ],
    dataset: [
      'Fictional Tide Observatory, Kura, 「潮位データ」, バージョン1.2, 蔵リポジトリ, 2022, doi: 10.99999/kura.7.',
      'Fictional Tide Observatory, Kura, “Tide data,” ver. 1.2, Kura Repository, Jul. 2022, doi: 10.99999/kura.7.',
    ],
    software: [
      'T. Suzuki, “Tidecount,” ver. 0.9, Kura Repository, 2023. [Online]. Available: https://kura.example/items/7',
      'T. Suzuki, “Tidecount,” ver. 0.9, Kura Repository, 2023. [Online]. Available: https://kura.example/items/7',
    ],
    report: [
      '鈴木太郎, 「潮位の報告」, 架空研究所, 架空研究所報告 5, 2018. [Online]. Available: https://kura.example/items/7',
      'T. Suzuki, “Report on tides,” Fictional Institute, Fictional Institute Reports 5, 2018. [Online]. Available: https://kura.example/items/7',
    ],
    other: [
      '鈴木太郎, 「潮の絵」, 蔵リポジトリ, 1890. [Online]. Available: https://kura.example/items/7',
      'T. Suzuki, “A picture of tides,” Kura Repository, 1890. [Online]. Available: https://kura.example/items/7',
    ],
    nobody: [
      '“Who counts the tides?” Kura Repository, Apr. 2026. [Online]. Available: https://kura.example/items/7',
      '“Who counts the tides?” Kura Repository, Apr. 2026. [Online]. Available: https://kura.example/items/7',
    ],
  },
  vancouver: {
    article: [
      '鈴木太郎, 佐藤花子. 潮位の変化. 架空大学紀要. 2020;12(3):34-57. doi: 10.99999/kura.7',
      'Suzuki T, Sato HM. Changes of the tide. Bulletin of Fictional University. 2020;12(3):34-57. doi: 10.99999/kura.7',
    ],
    book: [
      '鈴木太郎. 潮の本. 第2版. 東京: 架空出版; 2019. Available from: https://kura.example/items/7',
      'Suzuki T. The book of tides. 2nd ed. Tokyo: Fictional Press; 2019. Available from: https://kura.example/items/7',
    ],
    chapter: [
      '鈴木太郎. 満ち潮. 佐藤花子, 編. 潮の本. 架空出版; 2019. p. 12-43. Available from: https://kura.example/items/7',
      'Suzuki T. Rising tide. In: Sato HM, editor. The book of tides. Fictional Press; 2019. p. 12-43. Available from: https://kura.example/items/7',
    ],
    'conference paper': [
      '鈴木太郎, 佐藤花子. 潮の測り方. 架空潮位会議論文集. 2021. p. 5. Available from: https://kura.example/items/7',
      'Suzuki T, Sato HM. How to measure tides. In: Proceedings of the Fictional Conference on Tides. 2021. p. 5. Available from: https://kura.example/items/7',
    ],
    presentation: [
      '鈴木太郎. 潮の聞き方. 架空潮位会議; 2021; 横浜. Available from: https://kura.example/items/7',
      'Suzuki T. How to listen to tides. Presented at: Fictional Conference on Tides; 2021; Yokohama. Available from: https://kura.example/items/7',
    ],
    thesis: [
      '鈴木太郎. 潮の研究 [博士論文]. 架空大学; 2017. Available from: https://kura.example/items/7',
      'Suzuki T. A study of tides [dissertation]. Fictional University; 2017. Available from: https://kura.example/items/7',
    ],
    dataset: [
      'Fictional Tide Observatory, Kura. 潮位データ [データセット]. バージョン1.2. 蔵リポジトリ; 2022. doi: 10.99999/kura.7',
      'Fictional Tide Observatory, Kura. Tide data [data set]. Version 1.2. Kura Repository; 2022. doi: 10.99999/kura.7',
    ],
    software: [
      'Suzuki T. Tidecount [computer software]. Version 0.9. Kura Repository; 2023. Available from: https://kura.example/items/7',
      'Suzuki T. Tidecount [computer software]. Version 0.9. Kura Repository; 2023. Available from: https://kura.example/items/7',
    ],
    report: [
      '鈴木太郎. 潮位の報告. 架空研究所; 2018. 架空研究所報告 5. Available from: https://kura.example/items/7',
      'Suzuki T. Report on tides. Fictional Institute; 2018. Fictional Institute Reports 5. Available from: https://kura.example/items/7',
    ],
    other: [
      '鈴木太郎. 潮の絵. 蔵リポジトリ; 1890. Available from: https://kura.example/items/7',
      'Suzuki T. A picture of tides. Kura Repository; 1890. Available from: https://kura.example/items/7',
    ],
    nobody: [
      'Who counts the tides? Kura Repository; 2026. Available from: https://kura.example/items/7',
      'Who counts the tides? Kura Repository; 2026. Available from: https://kura.example/items/7',
    ],
  },
  sist02: {
    article: [
      '鈴木太郎, 佐藤花子. 潮位の変化. 架空大学紀要. 2020, vol. 12, no. 3, p. 34-57. https://doi.org/10.99999/kura.7',
      'Suzuki, Taro; Sato, Hanako M. Changes of the tide. Bulletin of Fictional University. 2020, vol. 12, no. 3, p. 34-57. https://doi.org/10.99999/kura.7',
    ],
    book: [
      '鈴木太郎. 潮の本. 第2版, 東京, 架空出版, 2019, 221p. https://kura.example/items/7',
      'Suzuki, Taro. The book of tides. 2nd ed., Tokyo, Fictional Press, 2019, 221p. https://kura.example/items/7',
    ],
    chapter: [
      '鈴木太郎. “満ち潮”. 潮の本. 佐藤花子編. 架空出版, 2019, p. 12-43. https://kura.example/items/7',
      'Suzuki, Taro. “Rising tide”. The book of tides. Sato, Hanako M., ed. Fictional Press, 2019, p. 12-43. https://kura.example/items/7',
    ],
    'conference paper': [
      '鈴木太郎, 佐藤花子. “潮の測り方”. 架空潮位会議論文集. 2021, p. 5. https://kura.example/items/7',
      'Suzuki, Taro; Sato, Hanako M. “How to measure tides”. Proceedings of the Fictional Conference on Tides. 2021, p. 5. https://kura.example/items/7',
    ],
    presentation: [
      '鈴木太郎. “潮の聞き方”. 架空潮位会議, 横浜, 2021. https://kura.example/items/7',
      'Suzuki, Taro. “How to listen to tides”. Fictional Conference on Tides, Yokohama, 2021. https://kura.example/items/7',
    ],
    thesis: [
      '鈴木太郎. 潮の研究. 架空大学, 2017, 博士論文. https://kura.example/items/7',
      'Suzuki, Taro. A study of tides. Fictional University, 2017, PhD thesis. https://kura.example/items/7',
    ],
    dataset: [
      'Fictional Tide Observatory, Kura. 潮位データ. バージョン1.2, 蔵リポジトリ, 2022. https://doi.org/10.99999/kura.7',
      'Fictional Tide Observatory, Kura. Tide data. Version 1.2, Kura Repository, 2022. https://doi.org/10.99999/kura.7',
    ],
    software: [
      'Suzuki, Taro. Tidecount. Version 0.9, Kura Repository, 2023. https://kura.example/items/7',
      'Suzuki, Taro. Tidecount. Version 0.9, Kura Repository, 2023. https://kura.example/items/7',
    ],
    report: [
      '鈴木太郎. 潮位の報告. 架空研究所, 2018, (架空研究所報告 5). https://kura.example/items/7',
      'Suzuki, Taro. Report on tides. Fictional Institute, 2018, (Fictional Institute Reports 5). https://kura.example/items/7',
    ],
    other: [
      '鈴木太郎. 潮の絵. 蔵リポジトリ, 1890. https://kura.example/items/7',
      'Suzuki, Taro. A picture of tides. Kura Repository, 1890. https://kura.example/items/7',
    ],
    nobody: [
      'Who counts the tides? Kura Repository, 2026. https://kura.example/items/7',
      'Who counts the tides? Kura Repository, 2026. https://kura.example/items/7',
    ],
  },
}
