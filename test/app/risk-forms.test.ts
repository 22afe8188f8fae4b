/** The forms by which a risk is registered and rated anew: what is read over is what is registered, and nothing before (features D1, D3). */
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reassessRisk, registerRisk } from '../../app/commands/keep-risks.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import {
  actOnNewRisk,
  actOnReassessment,
  loadNewRisk,
  loadReassessment,
  type RiskAnswer,
} from '../../app/pages/risk-forms.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { methodologyText } from '../../app/text/methodologies.ts'
import { withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { listRisks } from '../../db/risk-pages.ts'
import { findRisk } from '../../db/risks.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { type Desk, openDesk } from '../support/capture.ts'

const GESTION = 'guia_7:gestion'
const CORRUPCION = 'corrupcion:corrupcion'
const WORDING = 'Posibilidad de afectación reputacional por respuestas tardías debido a la falta de turnos'

let desk: Desk
let context: AppContext
let keeper: Actor
beforeAll(async () => {
  desk = await openDesk()
  const config = { APP_SECRET: desk.secret, PUBLIC_URL: 'https://caracteriza.prueba.gov.co' }
  context = { db: desk.web, requestId: 'prueba', config, log: pino({ level: 'silent' }) } as unknown as AppContext
  keeper = await acts.actorOf(context, desk.entityId, 'jefatura_ogac')
}, 120_000)
afterAll(() => desk?.close())

type Typed = Record<string, string>

const described = (): Typed => ({
  ...{ formulario: 'riesgo', formKey: newId(), ownerId: keeper.position.id, description: '' },
  ...{ process: 'Servicio', objective: 'Atender a la ciudadanía', area: 'reputacional', classification: 'usuarios' },
  ...{ immediateCause: 'respuestas tardías', rootCause: 'la falta de turnos', factor: 'procesos' },
  ...{ consequences: 'Quejas\nSanciones', timesPerYear: '200', reputational: 'mayor' },
})
const CORRUPT = {
  ...{ probability: 'posible', reputational: '', yes: 'p1,p6' },
  ...{ 'definition-accion': 'si', 'definition-poder': 'si', 'definition-desvio': 'si', 'definition-beneficio': 'si' },
}

function formOf(typed: Typed): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(typed)) form.append(name, value)
  return form
}

/** The address it leads to, or what the page is given. */
async function outcomeOf(answer: unknown): Promise<RiskAnswer & { to: string; status: number }> {
  if (answer instanceof Response)
    return { errors: [], values: {}, to: answer.headers.get('Location') ?? '', status: answer.status }
  const { data, init } = answer as { data: RiskAnswer; init: ResponseInit | null }
  return { ...data, to: '', status: init?.status ?? 200 }
}

async function send(typed: Typed, tipo = GESTION) {
  const address = `https://caracteriza.prueba.gov.co/riesgos/nuevo?tipo=${tipo}`
  return await outcomeOf(
    await actOnNewRisk(context, keeper, new Request(address, { method: 'POST', body: formOf(typed) })),
  )
}
const rate = async (code: string, typed: Typed) =>
  await outcomeOf(await actOnReassessment(context, keeper, code, formOf(typed)))

const held = (code: string) => withActor(context.db, keeper, (trx) => findRisk(trx, keeper.entityId, code))
const count = async () =>
  (await withActor(context.db, keeper, (trx) => listRisks(trx, keeper.entityId, { limit: 1_000 }))).rows.length
const told = ({ errors }: RiskAnswer) => errors.map(({ field }) => field)

describe('a risk that is read over', () => {
  it('shows its wording, its place with why, the appetite and what comes next, and stands nowhere yet', async () => {
    const before = await count()
    const { status, review, values } = await send({ ...described(), paso: 'revisar' })
    expect(status).toBe(200)
    expect(review).toMatchObject({
      wording: WORDING,
      probability: { name: 'Media', percent: '60', why: expect.stringContaining('200 veces al año') },
      impact: { name: 'Mayor', percent: '80', why: expect.stringContaining('Reputacional: Mayor') },
      zone: { code: 'A', name: 'Alto', rank: expect.stringContaining('3 de 4') },
      ...{ isWithin: false, appetite: expect.stringContaining('Supera'), left: null },
    })
    expect(review?.next.join(' ')).toContain(`Se le pide a ${keeper.position.name} decidir`)
    expect(values).toMatchObject({
      description: WORDING,
      consequences: expect.stringMatching(/^Quejas\r?\nSanciones$/),
    })
    expect(await count()).toBe(before)
  })

  it('writes a number of times in one way, whatever says it', async () => {
    const { review } = await send({ ...described(), timesPerYear: '6 000', paso: 'revisar' })
    expect(review?.probability.why).toBe('6.000 veces al año. La actividad se ejecuta más de 5.000 veces por año.')
    expect(methodologyText.times(5_001)).toBe('5.001 veces al año')
  })

  it('within the appetite asks for no decision', async () => {
    const { review } = await send({ ...described(), timesPerYear: '1', reputational: 'leve', paso: 'revisar' })
    expect(review).toMatchObject({ isWithin: true, zone: { name: 'Bajo' } })
    expect(review?.next.join(' ')).not.toContain('decidir')
  })

  it('is registered as it was read, once however often it is sent', async () => {
    const before = await count()
    const { values } = await send({ ...described(), paso: 'revisar' })
    const again = { ...values, paso: 'registrar' }
    const [first, second] = [await send(again), await send(again)]
    expect(first.to).toMatch(/^\/riesgos\/R-\d+\?hecho=registrado$/)
    expect(second.to).toBe(first.to)
    expect(await count()).toBe(before + 1)
    const risk = await held(/R-\d+/.exec(first.to)?.[0] ?? '')
    expect(risk?.assessment).toMatchObject({ answers: { description: WORDING }, inherent: { zone: 'A' } })
  })

  it('is registered once where it is sent twice at the same moment, and both lead to it', async () => {
    const before = await count()
    const { values } = await send({ ...described(), paso: 'revisar' })
    const sent = Array.from({ length: 4 }, () => send({ ...values, paso: 'registrar' }))
    const addresses = new Set((await Promise.all(sent)).map(({ to }) => to))
    expect([...addresses]).toEqual([expect.stringMatching(/^\/riesgos\/R-\d+\?hecho=registrado$/)])
    expect(await count()).toBe(before + 1)
  })

  it('is registered in the words that somebody wrote there, and told where those are too many', async () => {
    const { values } = await send({ ...described(), paso: 'revisar' })
    const long = await send({ ...values, description: 'x'.repeat(1_001), paso: 'registrar' })
    expect(long).toMatchObject({ status: 422, review: { zone: { name: 'Alto' } } })
    expect(long.errors).toEqual([
      { field: 'riesgo-description', message: 'Use como máximo 1000 caracteres en «Redacción del riesgo».' },
    ])
    expect(long.values.description).toHaveLength(1_001)
    const { to } = await send({ ...values, description: 'Las respuestas llegan tarde', paso: 'registrar' })
    const risk = await held(/R-\d+/.exec(to)?.[0] ?? '')
    expect(risk?.assessment.answers.description).toBe('Las respuestas llegan tarde')
  })

  it('goes back to its fields with everything, and with a wording only where somebody wrote one', async () => {
    const { values } = await send({ ...described(), paso: 'revisar' })
    const back = await send({ ...values, paso: 'corregir' })
    expect(back).toMatchObject({ status: 200, errors: [], values: { description: '', process: 'Servicio' } })
    expect(back.review).toBeUndefined()
    const own = await send({ ...values, description: 'Otra redacción', paso: 'corregir' })
    expect(own.values.description).toBe('Otra redacción')
    const { review } = await send({ ...own.values, rootCause: 'la falta de personal', paso: 'revisar' })
    expect(review).toMatchObject({
      wording: 'Otra redacción',
      wordingHelp: expect.stringContaining('debido a la falta de personal'),
    })
  })

  it('is told beside its field where nobody holds who answers for it, and how large a frequency may be', async () => {
    const typed = { ...described(), ownerId: newId() }
    for (const paso of ['revisar', 'registrar']) {
      const answer = await send({ ...typed, paso })
      expect(answer.status).toBe(422)
      expect(told(answer)).toEqual(['riesgo-ownerId'])
    }
    const { errors } = await send({ ...typed, timesPerYear: '99999999999999999999', paso: 'revisar' })
    expect(errors.map(({ field }) => field)).toEqual(['riesgo-ownerId', 'riesgo-timesPerYear'])
    expect(errors[1]?.message).toContain('un número entero de 0 a 10.000.000')
  })

  it('is told all that is wrong at once, in the order of its fields, whichever step was asked for', async () => {
    const before = await count()
    const blank = { formulario: 'riesgo', formKey: newId(), process: 'x', objective: 'y'.repeat(1_001) }
    for (const paso of ['revisar', 'registrar', '']) {
      const answer = await send({ ...blank, paso })
      expect(answer.status).toBe(422)
      expect(told(answer)).toEqual(
        ['process', 'objective', 'ownerId', 'area', 'immediateCause', 'rootCause', 'classification', 'factor']
          .concat('consequences', 'timesPerYear', 'economic')
          .map((name) => `riesgo-${name}`),
      )
      expect(answer.errors[1]?.message).toBe('Use como máximo 1000 caracteres en «Objetivo del proceso».')
      expect(answer.values).toMatchObject({ process: 'x', objective: 'y'.repeat(1_001) })
    }
    expect(await count()).toBe(before)
  })
})

describe('a risk of corruption', () => {
  const typed = (change: Typed = {}) => ({ ...described(), ...CORRUPT, ...change, paso: 'revisar' })

  it('is read over with the count of its questions, and is tolerated nowhere', async () => {
    const { review } = await send(typed(), CORRUPCION)
    expect(review).toMatchObject({
      ...{ probability: { name: 'Posible' }, impact: { name: 'Moderado' }, zone: { name: 'Alto' }, isWithin: false },
      appetite: expect.stringContaining('no tolera'),
    })
    expect(review?.impact.why).toContain('2 respuestas afirmativas de 19')
    const grave = await send(typed({ yes: 'p16' }), CORRUPCION)
    expect(grave.review).toMatchObject({ impact: { name: 'Catastrófico', why: expect.stringContaining('lesiones') } })
  })

  it('without one part of its definition says what it is instead, and goes there with all that was typed', async () => {
    const answer = await send(typed({ 'definition-beneficio': 'no' }), CORRUPCION)
    expect(answer.errors).toEqual([
      { field: 'riesgo-definition-beneficio', message: expect.stringContaining('no es un riesgo de corrupción') },
    ])
    const { others } = await loadNewRisk(context, keeper, new URLSearchParams({ tipo: CORRUPCION }))
    expect(others.map(({ name }) => name)).toEqual(['Gestión', 'Integridad pública'])
    const there = await send({ ...answer.values, paso: 'corregir' }, others[0]?.code ?? '')
    expect(there).toMatchObject({ errors: [], values: { process: 'Servicio', rootCause: 'la falta de turnos' } })
  })

  it('is refused a question that there is not, and told of its questions where none is answered', async () => {
    expect(told(await send(typed({ yes: 'p1,p999' }), CORRUPCION))).toEqual(['riesgo-yes'])
    const none = await send(typed({ yes: '', 'definition-poder': '' }), CORRUPCION)
    expect(told(none)).toEqual(['riesgo-definition-poder', 'riesgo-yes'])
    expect(none.errors[1]?.message).toContain('Marque al menos una pregunta')
  })
})

describe('a risk that is rated anew', () => {
  async function registered(): Promise<string> {
    const { to } = await send({ ...described(), paso: 'registrar' })
    return /R-\d+/.exec(to)?.[0] ?? ''
  }

  const standing = async (code: string): Promise<{ initial: Typed; read: string }> =>
    await loadReassessment(context, keeper, code)

  it('is read over with the new place, and registered on what was read', async () => {
    const code = await registered()
    const { initial, read } = await standing(code)
    expect(initial.description).toBe('')
    const typed = { ...described(), ...initial, read, timesPerYear: '2', reason: 'La actividad bajó este año.' }
    const { review, values } = await rate(code, { ...typed, paso: 'revisar' })
    expect(review).toMatchObject({ wording: WORDING, probability: { name: 'Muy Baja' }, zone: { name: 'Alto' } })
    expect((await held(code))?.assessment.n).toBe(1)
    expect((await rate(code, { ...values, paso: 'registrar' })).to).toBe(`/riesgos/${code}?hecho=valorado`)
    expect((await held(code))?.assessment.answers.timesPerYear).toBe(2)
  })

  it('is refused to whoever read over another assessment, with everything typed', async () => {
    const code = await registered()
    const { initial, read } = await standing(code)
    const typed = { ...described(), ...initial, read, reason: 'La actividad bajó este año.' }
    const { values } = await rate(code, { ...typed, paso: 'revisar' })
    expect(values.read).toBe(read)
    const other = { timesPerYear: '6000', reason: 'Se abrió otra ventanilla.' }
    await rate(code, { ...typed, ...other, formKey: newId(), paso: 'registrar' })
    const late = await rate(code, { ...values, paso: 'registrar' })
    expect(late).toMatchObject({ status: 409, values: { process: 'Servicio' } })
    expect(late.changed?.code).toBe(code)
    expect(late.changed?.sentence).toContain(keeper.position.name)
    expect(late.changed?.sentence).toContain('«Se abrió otra ventanilla.»')
    expect(late.changed?.differences).toEqual([
      { label: 'Veces al año que se hace la actividad', stands: '6.000', typed: '200' },
    ])
    expect(told(late)).toEqual(['riesgo-'])
    expect((await held(code))?.assessment.answers.timesPerYear).toBe(6_000)
    // Sent again as it came back, on top of what stands, it is taken.
    expect((await rate(code, { ...late.values, paso: 'registrar' })).to).toBe(`/riesgos/${code}?hecho=valorado`)
  })
})

describe('answers that no form leaves', () => {
  it('are refused by the commands: a harm that its impact contradicts, a risk that is none of corruption', async () => {
    const input = (answers: object): RiskInput => {
      const { process, objective, area, classification, immediateCause, rootCause, factor, consequences } = described()
      const said = { process, objective, area, classification, immediateCause, rootCause, factor, consequences }
      const none = { assetKind: '', asset: '', property: '', threat: '', vulnerability: '', probability: '' }
      const rest = { ...none, timesPerYear: 2, economic: '', reputational: 'leve', yes: [], description: WORDING }
      const typology = 'gestion'
      const all = { ...said, ...rest, typology, ...answers } as RiskInput['answers']
      return { formKey: newId(), ownerId: keeper.position.id, reason: '', answers: all }
    }
    const key = { code: 'guia_7', n: 0 }
    const register = (answers: object, by = key) => registerRisk(context, keeper, by, input(answers))
    await expect(register({ area: 'economica' })).rejects.toMatchObject({ code: 'harm_contradicted' })
    const corrupt = {
      typology: 'corrupcion',
      timesPerYear: null,
      probability: 'posible',
      reputational: '',
      yes: ['p1'],
    }
    const legacy = { code: 'corrupcion', n: 0 }
    await expect(register(corrupt, legacy)).rejects.toMatchObject({ code: 'not_corruption' })
    await expect(register({ ...corrupt, yes: ['p999'] }, legacy)).rejects.toMatchObject({ code: 'out_of_date' })
    const code = await register({})
    const read = (await held(code))?.assessment.contentHash ?? ''
    const asked = { key, read, input: { ...input({ area: 'ambas' }), reason: 'Otra valoración.' } }
    await expect(reassessRisk(context, keeper, code, asked)).rejects.toMatchObject({ code: 'harm_contradicted' })
  })
})
