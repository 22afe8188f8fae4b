import { describe, expect, it } from 'vitest'
import { NATIONAL_CALENDAR as calendar } from '../../catalog/calendar.ts'
import { bogotaDate } from '../../domain/civil-dates.ts'
import { readInput } from '../../domain/input-reading.ts'
import {
  answerTerm,
  applyToRights,
  completeBy,
  extendedTerm,
  forwardBy,
  isGivenUp,
  isRightsOver,
  nextRightsTurn,
  objectionsToRights,
  planRightsNotices,
  RIGHTS_VERDICTS,
  type RightsState,
  type RightsVerdict,
  requireBy,
} from '../../domain/rights.ts'
import { pagesFor, rightsFiling } from '../../domain/rights-inputs.ts'
import { naughtyStrings } from '../support/naughty.ts'

const HASH = 'a'.repeat(64)
const base: RightsState = {
  ...{ id: 'r', status: 'received', aim: 'correction', isIdentified: true, isExtended: false, contentHash: HASH },
  ...{ dueOn: '2026-07-31', requireBy: '2026-07-16', completeBy: null, forgetOn: null },
}
const codes = (state: Partial<RightsState>, kind: RightsVerdict, today = '2026-07-10', contentHash = HASH) =>
  objectionsToRights({ ...base, ...state }, { kind, contentHash }, today).map(({ code }) => code)

describe('terms of Ley 1581 de 2012', () => {
  // Vectors of the calendar: Ley 2578 de 2026 makes 13 July a holiday.
  it.each([
    ['access', '2024-02-21', '2024-03-06'],
    ['access', '2024-03-22', '2024-04-10'],
    ['correction', '2024-03-22', '2024-04-17'],
    ['access', '2025-06-20', '2025-07-08'],
    ['erasure', '2025-12-19', '2026-01-14'],
    ['access', '2026-06-26', '2026-07-14'],
    ['withdrawal', '2026-07-08', '2026-07-31'],
    ['breach', '2026-10-01', '2026-10-23'],
    ['access', '2027-03-19', '2027-04-07'],
  ] as const)('%s received on %s is answered by %s', (aim, receivedOn, dueOn) => {
    expect(answerTerm(aim, receivedOn, calendar).dueDate).toBe(dueOn)
  })

  it('adds 5 and 8 working days from the end of the first term', () => {
    expect(extendedTerm('access', '2027-07-09', calendar)).toMatchObject({ dueDate: '2027-07-19', workingDays: 5 })
    expect(extendedTerm('erasure', '2026-07-08', calendar)).toMatchObject({ dueDate: '2026-07-22', workingDays: 8 })
  })

  it('asks for what is missing within 5 days and forwards within 2, and waits two months', () => {
    expect([requireBy('2027-07-09', calendar), forwardBy('2026-07-10', calendar)]).toEqual(['2027-07-19', '2026-07-15'])
    expect(['2026-12-31', '2027-12-29', '2026-07-15'].map(completeBy)).toEqual([
      '2027-02-28',
      '2028-02-29',
      '2026-09-15',
    ])
  })

  it('counts from the day in Bogotá, whatever the clock of the machine says', () => {
    const late = bogotaDate('2026-12-05T04:59:59.999Z')
    const next = bogotaDate('2026-12-05T05:00:00.000Z')
    expect([late, next]).toEqual(['2026-12-04', '2026-12-05'])
    // Received on a Friday at midnight or on the Saturday: the first day that counts is the same Monday.
    const first = (day: string) => answerTerm('access', day, calendar).days.find(({ counts }) => counts)?.date
    expect([late, next].map(first)).toEqual(['2026-12-07', '2026-12-07'])
    expect(answerTerm('access', '2026-12-31', calendar).dueDate).toBe('2027-01-18')
  })

  // G15: the last moment of a day in Bogotá and the first after it, a Friday at 17:00 before a moved holiday, before Semana
  // Santa, the last day of the year, 29 February.
  it.each([
    ['2026-06-17T04:59:59.999Z', '2026-07-02T04:59:59.000Z', '2026-07-08', '2026-07-22'],
    ['2026-06-17T05:00:00.000Z', '2026-07-03T04:59:59.000Z', '2026-07-09', '2026-07-23'],
    ['2026-06-12T22:00:00.000Z', '2026-07-01T04:59:59.000Z', '2026-07-07', '2026-07-21'],
    ['2026-03-27T15:00:00.000Z', '2026-04-15T04:59:59.000Z', '2026-04-21', '2026-05-04'],
    ['2026-12-31T15:00:00.000Z', '2027-01-19T04:59:59.000Z', '2027-01-25', '2027-02-04'],
    ['2028-02-29T15:00:00.000Z', '2028-03-15T04:59:59.000Z', '2028-03-22', '2028-04-03'],
  ])('of what came at %s ends at the same instants in every time zone', (at, answered, claimed, extended) => {
    const zone = process.env.TZ
    try {
      for (const TZ of ['UTC', 'America/Bogota', 'Asia/Tokyo', 'Pacific/Kiritimati']) {
        process.env.TZ = TZ
        const day = bogotaDate(new Date(at))
        expect(answerTerm('access', day, calendar).dueAt).toBe(answered)
        expect(answerTerm('correction', day, calendar).dueDate).toBe(claimed)
        expect(extendedTerm('correction', claimed, calendar).dueDate).toBe(extended)
      }
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
  })

  it('tells of a term before, at its end and after', () => {
    const planned = planRightsNotices(answerTerm('access', '2026-06-26', calendar), calendar).map(({ code, dueOn }) => [
      code,
      dueOn,
    ])
    expect(planned.slice(0, 4)).toEqual([
      ['reminder-3', '2026-07-08'],
      ['reminder-1', '2026-07-10'],
      ['expiry', '2026-07-15'],
      ['overdue-3', '2026-07-17'],
    ])
  })
})

describe('a verdict on a request', () => {
  it('is taken while the request is open, and changes what it says', () => {
    expect(RIGHTS_VERDICTS.filter((kind) => codes({ isIdentified: false }, kind).length === 0)).toEqual([
      ...['identify', 'require', 'extend', 'forward', 'deny'],
    ])
    const after = applyToRights(base, { kind: 'attend' })
    expect([after.status, isRightsOver(after.status), applyToRights(base, { kind: 'extend' }).isExtended]).toEqual([
      ...['attended', true, true],
    ])
  })

  it('says why not', () => {
    expect(codes({ status: 'denied' }, 'attend')).toEqual(['rights_over'])
    expect(codes({ isIdentified: false }, 'attend')).toEqual(['unidentified'])
    expect(codes({}, 'identify')).toEqual(['already_identified'])
    expect(codes({ status: 'incomplete', dueOn: null }, 'attend')).toEqual(['rights_incomplete'])
    expect(codes({ aim: 'access' }, 'require')).toEqual(['only_claims'])
    expect(codes({}, 'require', '2026-07-17')).toEqual(['requirement_late'])
    expect(codes({ requireBy: null }, 'require')).toEqual(['requirement_late'])
    expect(codes({ isExtended: true }, 'extend')).toEqual(['already_extended'])
    expect(codes({}, 'extend', '2026-07-31')).toEqual([])
    expect(codes({}, 'extend', '2026-08-01')).toEqual(['extension_late'])
    expect(codes({}, 'deny', '2026-07-10', 'b'.repeat(64))).toEqual(['content_changed'])
  })

  it('gives a claim up the day after its two months, and no other', () => {
    const waiting: RightsState = { ...base, status: 'incomplete', dueOn: null, completeBy: '2026-09-10' }
    expect([isGivenUp(waiting, '2026-09-10'), isGivenUp(waiting, '2026-09-11'), isGivenUp(base, '2030-01-01')]).toEqual(
      [...[false, true, false]],
    )
    expect([nextRightsTurn(waiting), nextRightsTurn(base)]).toEqual(['2026-09-11T05:00:00.000Z', null])
  })
})

describe('what a citizen types', () => {
  const typed = {
    ...{ formKey: '0198c5a0-0000-7000-8000-000000000001', entityId: '0198c5a0-0000-7000-8000-000000000002' },
    ...{ aim: 'correction', quality: 'holder', holderName: 'Persona Inventada', holderDocumentType: 'CC' },
    ...{
      holderDocument: '1000000001',
      email: 'persona@example.com',
      phone: '',
      address: '',
      facts: 'Mi barrio está mal.',
    },
  }
  const faults = (change: Record<string, string>) => {
    const read = readInput(rightsFiling({ ...typed, ...change }), { ...typed, ...change })
    return read.ok ? [] : read.errors.map(({ path, code }) => `${path}: ${code}`)
  }

  it('asks again who asks only where they act for another', () => {
    expect(faults({})).toEqual([])
    expect(pagesFor(typed)).not.toContain('solicitante')
    expect(pagesFor({ ...typed, quality: 'heir' })).toContain('solicitante')
    expect(faults({ quality: 'heir' })).toContain('requesterName: requester_name_missing')
  })

  it('is told beside its field when it is empty, wrong or huge', () => {
    expect(faults({ email: '' })).toEqual(['email: contact_missing'])
    expect(faults({ email: 'x' })).toEqual(['email: email_wrong'])
    expect(faults({ facts: 'no' })).toEqual(['facts: facts_missing'])
    expect(faults({ facts: '', aim: 'access' })).toEqual([])
    expect(faults({ facts: 'a'.repeat(5000) })).toEqual(['facts: too_long'])
    expect(faults({ aim: 'x', holderDocumentType: 'ZZ', holderDocument: '1' })).toEqual([
      ...['aim: aim_missing', 'holderDocumentType: document_type_missing', 'holderDocument: document_number_missing'],
    ])
  })

  it('has a document of its type, or none where there is none', () => {
    const wrong = 'holderDocument: document_number_wrong'
    const card = (holderDocument: string) => faults({ holderDocumentType: 'CC', holderDocument })
    for (const number of ['10.823', '1 082 345 678']) expect(card(number), number).toEqual([])
    for (const number of ['abc', '12345678901', '٣٤٥٦٧٨']) expect(card(number), number).toEqual([wrong])
    expect(faults({ holderDocumentType: 'NIT', holderDocument: '890399011-4' })).toEqual([wrong])
    expect(faults({ holderDocumentType: 'CC', holderDocument: '' })).toEqual([
      'holderDocument: document_number_missing',
    ])
    expect(faults({ holderDocumentType: 'SI', holderDocument: '' })).toEqual([])
    const another = { quality: 'heir', requesterName: 'Persona Que Hereda', requesterDocumentType: 'TI' }
    expect(faults({ ...another, requesterDocument: '12' })).toEqual(['requesterDocument: document_number_missing'])
    expect(faults({ ...another, requesterDocument: '1234' })).toEqual(['requesterDocument: document_number_wrong'])
  })

  it('takes hostile text as text', () => {
    for (const text of naughtyStrings(200)) {
      const long = `Texto: ${text}`
      expect(faults({ facts: long }).every((fault) => fault === 'facts: bad_characters')).toBe(true)
    }
  })
})
