import { expect } from 'vitest'
import { readJpcoar } from '../../app/records/formats/jpcoar/index.ts'
import type { Record } from '../../app/records/model.ts'
import { referenceNames, referenceText } from './shared.ts'

const FOLDER = 'samples/jpcoar-2.0'

/** The names of the official samples of JPCOAR 2.0. */
export const samples = referenceNames(FOLDER)
export const sample = (name: string) => referenceText(`${FOLDER}/${name}`)

/** The record in a JPCOAR document of which there is nothing to be said. */
export function readWithoutFinding(xml: string): Record {
  const { record, errors, warnings } = readJpcoar(xml)
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] })
  return record as Record
}
