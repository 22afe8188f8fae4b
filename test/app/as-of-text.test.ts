import { describe, expect, it } from 'vitest'
import { type AnswerFacts, saidAsOf } from '../../app/text/as-of.ts'
import type { HeldThen, JudgedGrant, RightThen, Verdict } from '../../domain/as-of.ts'
import { objection } from '../../domain/refusals.ts'

const HELD: HeldThen = {
  ...{
    positionId: 'p',
    name: 'Auxiliar de ventanilla',
    duty: 'atencion',
    kind: 'titular',
    agencyId: 'a',
    tenureId: 't',
  },
  ...{ from: '2026-01-02', to: null, actReference: 'Decreto 3', actingFor: null },
}
const GRANT: JudgedGrant = {
  ...{ id: 'g', code: 'AD-2026-0007', status: 'granted', granteeId: 'x', agencyId: 'a', pointId: 'p', form: 'F004' },
  ...{ vigencia: 2026, startsOn: '2026-01-02', endsOn: '2026-12-31', isInForce: true },
  grounds: {
    granted: true,
    begun: true,
    not_over: true,
    account: true,
    at_work: true,
    point_open: true,
    not_ending: true,
  },
}

const AROUND = {
  person: 'Ana Pérez',
  moment: {
    at: '2026-03-12T15:00:00.000Z',
    known: '2026-03-12T15:00:00.000Z',
    stood: '2026-03-12T15:00:00.000Z',
    day: '2026-03-12',
  },
  names: {},
}

function said(kind: AnswerFacts['object']['kind'], verdict: Verdict | null, more: Partial<AnswerFacts> = {}) {
  const right: RightThen[] = verdict ? [{ action: kind === 'area' ? 'enter' : 'read', verdict, asking: [] }] : []
  const object = {
    kind,
    code: kind === 'area' ? 'audit' : 'X-1',
    stepCode: '3',
    existed: verdict !== null,
    cycleId: null,
  }
  const rules = { n: 2, hash: 'ab'.repeat(32), since: new Date('2026-01-01T12:00:00Z'), wasKept: true }
  const person = { entityId: 'e', personId: 'x', hasAccount: true, hasLeft: false, held: [HELD] }
  return saidAsOf({ object, person, rules, rights: right, grants: [], ...more }, AROUND).sentence
}

const WHEN = 'el jueves 12 de marzo de 2026, 10:00'

describe('the answer of a past date', () => {
  it('says yes with the access, the function or the position behind it', () => {
    expect(said('record', { may: true, hold: 'scope', by: HELD }, { grants: [GRANT] })).toBe(
      `Sí: ${WHEN}, Ana Pérez podía consultar el registro X-1, por el acceso AD-2026-0007.`,
    )
    expect(said('area', { may: true, hold: 'duty', by: HELD })).toBe(
      `Sí: ${WHEN}, Ana Pérez podía abrir el área de Auditoría, por la función de su cargo «Auxiliar de ventanilla».`,
    )
    const acting = {
      substitutionId: 's',
      absenceId: 'b',
      personId: 'q',
      name: 'Luis Mora',
      scope: 'all',
      until: '2026-03-20',
    } as const
    expect(said('step', { may: true, hold: 'position', by: { ...HELD, actingFor: acting } })).toBe(
      `Sí: ${WHEN}, Ana Pérez podía consultar el paso 3 del ejercicio con radicado X-1, porque la regla nombra su cargo «Auxiliar de ventanilla», en reemplazo de Luis Mora.`,
    )
  })

  it.each([
    [
      { may: false, against: objection('not_visible') },
      'porque ningún acceso suyo estaba vigente para ese punto, formulario y vigencia',
    ],
    [{ may: false, against: objection('personal_act') }, 'porque eso nadie lo hace por otra persona'],
    [{ may: false, absent: 'no_account' }, 'porque no tenía una cuenta abierta'],
    [{ may: false, absent: 'not_at_work' }, 'porque no ejercía ningún cargo'],
    [
      { may: false, against: objection('not_in_charge', { duties: 'jefatura_ogac' }) },
      'porque le correspondía a Jefatura OGAC',
    ],
  ] as [Verdict, string][])('says no as well: %j', (verdict, why) => {
    expect(said('record', verdict)).toBe(`No: ${WHEN}, Ana Pérez no podía consultar el registro X-1, ${why}.`)
  })

  it('says that something did not exist yet', () => {
    expect(said('risk', null)).toBe(`No: ${WHEN}, el riesgo X-1 todavía no existía.`)
  })
})
