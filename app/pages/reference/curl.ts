import type { Described } from './parts.ts'

/** A call of an operation as one types it into a shell, at an institution's own address. */
export function curlOf(url: string, { method, path, parameters, scope, bodies, answers }: Described): string {
  const required = parameters.filter((each) => each.required || each.example !== undefined)
  const filled = required
    .filter((each) => each.in === 'path')
    .reduce((address, { name, example }) => address.replace(`{${name}}`, String(example ?? '1')), path)
  // One of them shows how it is done; all of them at once would find nothing.
  const shown = parameters.find((each) => each.in === 'query' && each.example !== undefined)
  const query = parameters.filter((each) => each === shown || (each.in === 'query' && each.required))
  const headers = required.filter((each) => each.in === 'header')
  const body = bodies[0]
  const file = answers.flatMap((answer) => answer.bodies).some(({ type }) => type === 'application/zip')
  const lines = [
    ['curl', method === 'GET' ? '' : `-X ${method}`, file ? '-OJ' : '', quoted(`${url}${filled}`)],
    ...(method === 'GET' ? query : []).map(({ name, example }, index) => [
      ...[index === 0 ? '-G' : '', '--data-urlencode'],
      quoted(`${name}=${[example].flat().join()}`),
    ]),
    ...(scope === undefined ? [] : [['-H', quoted('authorization: Bearer $KURA_TOKEN', '"')]]),
    ...headers.map(({ name, example }) => ['-H', quoted(`${name}: ${example}`)]),
    ...(body ? [['-H', quoted(`content-type: ${body.type}`)]] : []),
    ...(body
      ? [/json$/.test(body.type) ? ['-d', quoted(JSON.stringify(body.example ?? {}))] : ['--data-binary', '@file']]
      : []),
  ]
  return lines.map((words) => words.filter((word) => word !== '').join(' ')).join(' \\\n  ')
}

/** As one word for a shell (POSIX, section 2.2). */
const quoted = (text: string, mark: '"' | "'" = "'") =>
  mark === '"' ? `"${text}"` : `'${text.replaceAll("'", `'\\''`)}'`
