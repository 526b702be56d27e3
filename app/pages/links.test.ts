import { describe, expect, test } from 'vitest'
import { fc } from '../../test/support/property.ts'
import { identifierAddress, webAddress } from './links.ts'

describe('an address in metadata', () => {
  test('becomes a link if it is one of the web', () => {
    expect(webAddress('https://tides.example/a?b=c#d')).toBe('https://tides.example/a?b=c#d')
    expect(webAddress('HTTP://tides.example')).toBe('http://tides.example/')
  })

  test.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    '//tides.example',
    'ftp://a.example',
    'https://',
    'x',
    '',
  ])('stays text if it is %j', (value) => {
    expect(webAddress(value)).toBeUndefined()
    expect(identifierAddress('URI', value, value)).toBeUndefined()
  })

  test('never leads anywhere but to the web', () => {
    const schemes = ['DOI', 'HDL', 'ORCID', 'URI', 'arXiv', 'Local'] as const
    const address = fc
      .tuple(fc.constantFrom('', ' ', 'javascript:', 'data:', 'http:', '//', '10.1234/'), fc.string())
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.constantFrom(...schemes), address, address, (scheme, value, uri) => {
        expect(identifierAddress(scheme, value, uri) ?? 'https://').toMatch(/^https?:\/\//)
      }),
    )
  })
})

describe('an identifier', () => {
  test.each([
    ['DOI', '10.99999/minato.12', 'https://doi.org/10.99999/minato.12'],
    ['DOI', 'doi:10.99999/a<b>#c', 'https://doi.org/10.99999/a%3Cb%3E%23c'],
    ['DOI', 'https://doi.org/10.99999/minato.12', 'https://doi.org/10.99999/minato.12'],
    ['HDL', '20.500.99999/1234', 'https://hdl.handle.net/20.500.99999/1234'],
    ['ORCID', '0000-0001-2345-678X', 'https://orcid.org/0000-0001-2345-678X'],
    ['ROR', '05dnene97', 'https://ror.org/05dnene97'],
    ['PISSN', '9999-9994', 'https://portal.issn.org/resource/ISSN/9999-9994'],
    ['arXiv', 'arXiv:2101.00001v2', 'https://arxiv.org/abs/2101.00001v2'],
  ] as const)('of %s %s leads to its resolver', (scheme, value, address) => {
    expect(identifierAddress(scheme, value)).toBe(address)
  })

  test('that its scheme does not know leads where the record says', () => {
    expect(identifierAddress('e-Rad_Researcher', '1', 'https://people.example/1')).toBe('https://people.example/1')
    expect(identifierAddress('ORCID', 'not an ORCID')).toBeUndefined()
  })
})
