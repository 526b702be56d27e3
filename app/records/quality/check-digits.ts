/** Check digits of the identifiers that JPCOAR names. Each takes the characters without hyphens, of the right form. */

const digit = (character: string) => (character === 'X' ? 10 : Number(character))

/** The sum of the characters' values, each multiplied by the weight of its place. */
const weighted = (characters: string, weightAt: (place: number) => number, worth = digit) =>
  [...characters].reduce((sum, character, place) => sum + worth(character) * weightAt(place), 0)

/** ORCID and ISNI: ISO 7064, mod 11-2. */
export const isIsni = (digits: string) =>
  [...digits].reduce((total, character) => (total * 2 + digit(character)) % 11, 0) === 1

/** ISO 3297. */
export const isIssn = (digits: string) => weighted(digits, (place) => 8 - place) % 11 === 0

/** ISO 2108: ten digits, or thirteen as of 2007. */
export const isIsbn = (digits: string) =>
  digits.length === 10
    ? weighted(digits, (place) => 10 - place) % 11 === 0
    : weighted(digits, (place) => (place % 2 === 0 ? 1 : 3)) % 10 === 0

/**
 * NACSIS-CAT's record id: two letters, seven digits, a check digit. The form is NII's (info:ncid); we know of no
 * publication of the sum. This one was fitted to ids in use and holds for the 16 that were tried (AA, AN, BA, BB, BD).
 */
export const isNcid = (id: string) =>
  weighted(id.slice(0, -1), (place) => 9 - place, letterOrDigit) % 11 === digit(id.slice(-1))

/** A is 1, and N, the fourteenth, is 4. */
const letterOrDigit = (character: string) =>
  /[A-Z]/.test(character) ? (character.charCodeAt(0) - 64) % 10 : Number(character)

/**
 * e-Rad's researcher number, the check digit first. Fitted like {@link isNcid}, to 14 numbers in use; all have a 0 in the
 * second place, so that of other numbers nothing is said.
 */
export const isResearcherNumber = (digits: string) =>
  digits[1] !== '0' ||
  weighted(digits.slice(1), (place) => (place % 2 === 0 ? 1 : 2)) % 10 === digit(digits.slice(0, 1))

/** ROR: six characters of Crockford's base 32, then two digits by ISO 7064, mod 97-10. */
export function isRor(id: string): boolean {
  const number = [...id.slice(1, 7)].reduce((total, character) => total * 32 + CROCKFORD.indexOf(character), 0)
  return 98 - ((number * 100) % 97) === Number(id.slice(7))
}

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz'
