import { beforeIssue, type CollectionName, type Issue, type Member } from '../../collections/index.ts'
import { formatDate } from '../format.ts'
import { localized, type PageContext } from '../page.ts'
import { Access, Run, wordsOf } from '../parts.tsx'
import { Creators } from '../summaries.tsx'
import { preferred } from '../text.ts'
import { collectionAddress } from './names.tsx'

interface ContentsProps {
  members: Member[]
  /** Volume and issue that began on the page before. */
  issueBefore?: string | undefined
  page: PageContext
}

/** Items of a bulletin as its contents say them: by volume and issue, under their headings. */
export function Contents({ members, issueBefore, page }: ContentsProps) {
  const words = wordsOf(page)
  return (
    <>
      {consecutive(members, ({ issueKey }) => issueKey).map(([issueKey, inIssue]) => (
        <section class="issue">
          <h3>
            {issueKey === issueBefore ? words.continued(issueName(inIssue[0], page)) : issueName(inIssue[0], page)}
            <Year members={inIssue} page={page} />
          </h3>
          {consecutive(inIssue, ({ heading }) => heading?.id).map(([, under]) => (
            <>
              <Heading heading={under[0]?.heading} page={page} />
              <ol class="contents">
                {under.map((member) => (
                  <li>
                    <Entry member={member} page={page} />
                  </li>
                ))}
              </ol>
            </>
          ))}
        </section>
      ))}
    </>
  )
}

interface IssuesProps {
  issues: Issue[]
  collection: CollectionName
  page: PageContext
}

/** The way to any volume and issue of contents that go over several pages. */
export function Issues({ issues, collection, page }: IssuesProps) {
  return (
    <details class="issues">
      <summary>{wordsOf(page).chooseIssue}</summary>
      <ul>
        {issues.map((issue) => (
          <li>
            <a href={`${collectionAddress(collection.id)}?after=${beforeIssue(issue.issueKey)}`}>
              {issueName(issue, page)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Heading({ heading, page }: { heading: Member['heading']; page: PageContext }) {
  if (!heading) return null
  return (
    <h4>
      <Run text={localized(heading.name, page.language)} page={page} />
    </h4>
  )
}

function Entry({ member, page }: { member: Member; page: PageContext }) {
  const words = wordsOf(page)
  const { summary, pageStart, pageEnd } = member
  const title = preferred(summary.titles, page.language)
  const pages = [...new Set([pageStart, pageEnd])].filter((each) => each !== undefined).join('–')
  return (
    <>
      <div>
        <p class="work-title" dir="auto">
          <a href={`/items/${summary.number}`}>{title ? <Run text={title} page={page} /> : words.untitled}</a>
        </p>
        <Creators item={summary} page={page} />
      </div>
      <p class="entry-facts">
        {pages !== '' && <span class="figure">{words.pages(pages)}</span>}
        <Access right={summary.access} until={summary.until} page={page} />
      </p>
    </>
  )
}

function issueName(of: Pick<Issue, 'volume' | 'issue'> | undefined, page: PageContext): string {
  const words = wordsOf(page)
  const parts = [of?.volume && words.volume(of.volume), of?.issue && words.issue(of.issue)]
  return parts.filter(Boolean).join(words.comma) || words.withoutVolume
}

/** The year of an issue, if its articles agree on one. */
function Year({ members, page }: { members: Member[]; page: PageContext }) {
  const [year, ...others] = new Set(members.map(({ summary }) => summary.year))
  if (year === undefined || others.length > 0) return null
  return <span class="count">{formatDate(year, page.language)}</span>
}

/** Runs of values that have the same key, in their order. */
function consecutive<T, K>(values: T[], key: (value: T) => K): [K, T[]][] {
  const runs: [K, T[]][] = []
  for (const value of values) {
    const run = runs.at(-1)
    if (run && run[0] === key(value)) run[1].push(value)
    else runs.push([key(value), [value]])
  }
  return runs
}
