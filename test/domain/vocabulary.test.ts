import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EVENT_TYPES } from '../../domain/events.ts'
import { REFUSALS } from '../../domain/refusals.ts'

/** Everything that may write an event or refuse: a word nobody says is not part of the record's vocabulary. */
const SOURCES = globSync('{activities,app,db,domain,scripts}/**/*.{ts,tsx}')
  .filter((file) => !/^app\/text\/|^domain\/(events|refusals)\.ts$/.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

describe.each([
  ['type of event', Object.keys(EVENT_TYPES)],
  ['reason of a refusal', Object.keys(REFUSALS)],
])('every %s', (_name, words) => {
  it('is said somewhere', () => {
    expect(words.filter((word) => !SOURCES.includes(`'${word}'`))).toEqual([])
  })
})
