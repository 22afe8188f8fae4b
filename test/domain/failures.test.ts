import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { recordableFailure } from '../../domain/failures.ts'

const CANARY = 'MARIA CANARIO 1082999777 maria.canario@correo.test'

function written(error: unknown): string {
  return JSON.stringify(recordableFailure(error))
}

describe('what of an error is written down', () => {
  it('is its class, its code, the names of the schema and where it was thrown', () => {
    const error = Object.assign(
      new pg.DatabaseError('duplicate key value violates unique constraint "k"', 10, 'error'),
      {
        code: '23505',
        table: 'person',
        constraint: 'person_document',
        detail: `Key (name)=(${CANARY}) already exists.`,
      },
    )
    const record = recordableFailure(error)
    expect(record).toMatchObject({ code: '23505', table: 'person', constraint: 'person_document' })
    expect(record.message).toContain('duplicate key value')
    expect(record.stack).toMatch(/^\s+at /)
    expect(JSON.stringify(record)).not.toContain('CANARIO')
  })

  it('is nothing a person typed, however the error quotes it', () => {
    const errors: unknown[] = [
      new Error(`invalid input syntax for type uuid: "${CANARY}"`),
      new Error(`Conversion Error: Could not convert string '${CANARY}' to INT64`),
      new Error('550 <maria.canario@correo.test>: no such user'),
      new Error('value 1082999777 is out of range'),
      new Error('outer', { cause: new Error(`«${CANARY}»`) }),
      Object.assign(new TypeError('Invalid URL'), { input: CANARY }),
      `${CANARY} thrown as text`,
    ]
    for (const error of errors) expect(written(error)).not.toMatch(/CANARIO|canario|1082999777/)
  })

  it('ends where an error is its own cause', () => {
    const error = new Error('ring')
    error.cause = error
    expect(written(error)).toContain('ring')
  })
})
