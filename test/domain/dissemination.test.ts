import { describe, expect, it } from 'vitest'
import {
  HEAD,
  objectionToAnswer,
  objectionToReading,
  objectionToReminding,
  summaryAnswerInput,
  whoIsTold,
} from '../../domain/dissemination.ts'
import { readInput } from '../../domain/input-reading.ts'
import { SUPERIOR } from '../../domain/notices.ts'

const summaryId = '01900000-0000-7000-8000-000000000001'
const positionId = '01900000-0000-7000-8000-000000000002'
const TODAY = '2026-11-26'

describe('who is told of a summary', () => {
  const heads = [
    { personId: 'own', height: 0 },
    { personId: 'above', height: 1 },
    { personId: 'top', height: 2 },
  ]
  it('is whoever heads the dependencia; at expiry the nearest head above as well', () => {
    expect(whoIsTold(heads, HEAD)).toEqual([{ personId: 'own', told: 'head' }])
    expect(whoIsTold(heads, SUPERIOR)).toEqual([{ personId: 'above', told: 'superior' }])
  })

  it('is the nearest head above where nobody heads it, and nobody where there is none', () => {
    expect(whoIsTold(heads.slice(2), HEAD)).toEqual([{ personId: 'top', told: 'vacancy' }])
    expect(whoIsTold([], HEAD)).toEqual([])
    expect(whoIsTold(heads.slice(0, 1), SUPERIOR)).toEqual([])
  })
})

describe('a dependencia', () => {
  it('confirms what it read, and answers once after that', () => {
    expect(objectionToReading({ sha256: 'a' }, 'b')?.code).toBe('content_changed')
    expect(objectionToReading({ sha256: 'a' }, 'a')).toBeNull()
    expect(objectionToAnswer('unread')?.code).toBe('not_read')
    expect(objectionToAnswer('read')).toBeNull()
    expect(objectionToAnswer('answered')?.code).toBe('already_answered')
  })

  it('is reminded by hand at most once a day, and never once it has answered', () => {
    expect(objectionToReminding('read', null, TODAY)).toBeNull()
    expect(objectionToReminding('unread', '2026-11-25', TODAY)).toBeNull()
    expect(objectionToReminding('unread', TODAY, TODAY)?.code).toBe('reminded_today')
    expect(objectionToReminding('answered', null, TODAY)?.code).toBe('already_answered')
  })
})

describe('an answer', () => {
  const read = (typed: { changes?: string }) => readInput(summaryAnswerInput(typed.changes, TODAY), typed)
  const commitment = { what: 'Abrir la agenda los sábados.', positionId, dueDate: '2027-01-15', indicator: '' }

  it('is one or more commitments with what, who and until when', () => {
    expect(read({ changes: 'si', summaryId, commitments: [commitment] } as object)).toMatchObject({
      ok: true,
      input: { changes: true, commitments: [commitment] },
    })
    const bad = { ...commitment, what: 'No.', positionId: '', dueDate: TODAY }
    const refused = read({ changes: 'si', summaryId, commitments: [commitment, bad] } as object)
    expect(refused.ok ? [] : refused.errors.map(({ path, code }) => [path, code])).toEqual([
      ['commitments.1.what', 'commitment_missing'],
      ['commitments.1.positionId', 'commitment_owner_missing'],
      ['commitments.1.dueDate', 'commitment_due_past'],
    ])
  })

  it('or nothing, and why', () => {
    const reason = 'Ya atiende todos los días hábiles.'
    expect(read({ changes: 'no', summaryId, reason } as object)).toEqual({
      ok: true,
      input: { summaryId, changes: false, reason },
    })
    const codes = (typed: object) => {
      const answer = read(typed)
      return answer.ok ? [] : answer.errors.map(({ code }) => code)
    }
    expect(codes({ changes: 'no', summaryId, reason: 'Nada.' })).toEqual(['nothing_reason_missing'])
    expect(codes({ summaryId, commitments: [commitment] })).toEqual(['changes_missing'])
  })
})
