import { type Config, ConfigError } from '../config.ts'
import { elasticsearchSearch } from './elasticsearch/index.ts'
import type { SearchService } from './port.ts'
import { postgresqlSearch } from './postgresql/index.ts'

/** The search indexes that a configuration names. */
export function searchService({
  search,
  credentials,
  database,
}: Pick<Config, 'search' | 'credentials' | 'database'>): SearchService {
  if (search.kind === 'postgresql') return postgresqlSearch
  if (credentials.search === undefined) throw new ConfigError('search: there is no file with the password')
  return elasticsearchSearch(search, { passwordFile: credentials.search, login: database.login })
}
