import type { ReportViolation, UnknownValueError } from '@pulumi/policy'
import { type Exception, exceptionOf } from './exceptions.ts'

/**
 * What breaks a rule. Each form becomes one sentence that names the resource, the wrong value and what to write instead:
 * `<resource>: <at> is <is>; write <write>.`
 */
export type Violation = { write: string } & (
  | {
      /** Path of the property, such as `spec.replicas`. */
      at: string
      /** Its value, undefined where it is not set. Never a secret: `holds` says what such a value is. */
      is: unknown
    }
  | { at: string; holds: string }
  | {
      /** What else should be declared for the resource and is not. */
      lacks: string
    }
)

export interface Named {
  name: string
  urn: string
}

/** Says of a resource what breaks the rule. */
export type TellOf = (resource: Named, violation: Violation | Unjudged) => void

interface Unjudged {
  /** Path of what is not known. */
  unknown: string
}

/** How a sentence begins that an exception allows for a while, and one of a rule that could not judge. */
export const EXCEPTED = 'Excepted until '
export const UNJUDGED = 'Could not be judged: '

/** URN of a resource that changes a part of an object of Kubernetes. */
const PATCH = /(::|\$)kubernetes:[^:]+:\w+Patch::/

function isMissing(violation: Violation | Unjudged): boolean {
  return 'lacks' in violation || ('is' in violation && !isGiven(violation.is))
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

export function unjudged(error: UnknownValueError): Unjudged {
  return { unknown: (error as unknown as { props: PropertyKey[] }).props.join('.') }
}

/** Reports in the words of a rule, with regard to the exceptions that its configuration has. */
export function teller(
  { description }: { description: string },
  { exceptions = [], unknown = 'violation' }: { exceptions?: Exception[]; unknown?: 'violation' | 'advice' },
  report: ReportViolation,
): TellOf {
  return (resource, violation) => {
    // What a patch does not say, the object that it changes may.
    if (PATCH.test(resource.urn) && isMissing(violation)) return
    const sentence = sentenceOf(resource.name, violation)
    const exception = exceptionOf(resource, exceptions)
    const advice = (text: string) =>
      // The SDK takes an object with another level than the rule's; its types do not say so.
      report({ urn: resource.urn, message: `${description}\n${text}`, enforcementLevel: 'advisory' } as never)
    if ('unknown' in violation && unknown === 'advice') advice(sentence)
    else if (exception?.over)
      report(`${sentence} Its exception ended on ${exception.until} (${exception.reason}).`, resource.urn)
    else if (exception) advice(`${EXCEPTED}${exception.until} (${exception.reason}): ${sentence}`)
    else report(sentence, resource.urn)
  }
}

function sentenceOf(name: string, violation: Violation | Unjudged): string {
  if ('unknown' in violation) return `${UNJUDGED}${name}: ${violation.unknown} is not known before the deployment.`
  const { write } = violation
  if ('lacks' in violation) return `${name} has no ${violation.lacks}; write ${write}.`
  if ('holds' in violation) return `${name}: ${violation.at} holds ${violation.holds}; write ${write}.`
  return `${name}: ${violation.at} is ${shown(violation.is)}; write ${write}.`
}

function shown(value: unknown): string {
  return isGiven(value) ? JSON.stringify(value) : 'not set'
}
