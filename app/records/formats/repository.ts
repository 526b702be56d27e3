/** The repository as what leaves it names it. */
export interface Repository {
  /** Address without a slash at the end. */
  url: string
  name: { ja: string; en?: string | undefined }
}

/** Its name beside a work that is described in a language: Japanese has its own, all others the English one. */
export const repositoryName = ({ name }: Repository, language: string | undefined): string =>
  language === 'ja' ? name.ja : (name.en ?? name.ja)
