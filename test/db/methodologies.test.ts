import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import { loadMethodologies } from '../../app/pages/methodologies.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_RISK } from '../../catalog/demo/risks.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import {
  listMethodologyChoices,
  listMethodologyVersions,
  listOffered,
  loadMethodology,
} from '../../db/methodologies.ts'
import { chooseMethodology, findKind, requireChosen } from '../../db/methodology-choices.ts'
import {
  copyMethodology,
  discardMethodologyDraft,
  findMethodologyDraft,
  type MethodologyDraft,
  publishMethodology,
  saveMethodologyDraft,
} from '../../db/methodology-drafts.ts'
import { countCells, listMethodologiesInUse, listRisks } from '../../db/risk-pages.ts'
import { findRisk, type RiskKeeper, registerRisk } from '../../db/risks.ts'
import { fieldsOfMethodology } from '../../domain/methodology-edits.ts'
import type { RiskInput } from '../../domain/risk-inputs.ts'
import type { Methodology } from '../../domain/risk-methodology.ts'
import { rowsOf } from '../support/database.ts'
import { type Holder, smallTown, type Town } from '../support/town.ts'

const SHIPPED = { code: 'guia_7', n: 0 }
const REASON = 'El comité pidió ser más estricto con el impacto mayor'

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town?.close())

const act = <T>(work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)

/** As whoever holds this duty. */
async function actAs<T>(duty: string, work: (trx: Trx, by: RiskKeeper) => Promise<T>): Promise<T> {
  const { personId, positionId } = town.holders[duty] as Holder
  const by = { entityId: town.entityId, personId, positionId }
  return await withActor(town.web, by, (trx) => work(trx, by))
}

async function draftOf(code: string): Promise<MethodologyDraft> {
  const draft = await act((trx) => findMethodologyDraft(trx, town.admin.entityId, code, { lock: true }))
  if (!draft) throw new Error(`no copy of ${code}`)
  return draft
}

const readOf = ({ id, version }: MethodologyDraft) => ({ copy: id, version })

/** Saves all of what a methodology says over the copy that stands. */
async function saved(methodology: Methodology) {
  const draft = await draftOf(methodology.code)
  const asked = { typed: fieldsOfMethodology(methodology), read: readOf(draft) }
  return await act((trx) => saveMethodologyDraft(trx, town.admin, draft, asked))
}

/** Medium probability with a minor impact becomes high. */
const stricter = { ...GUIDE_7, matrix: GUIDE_7.matrix.map((row, i) => (i < 2 ? row : row.replace(/^MM./, 'MAA'))) }

/** A copy of the guide with one stricter cell, published; answers its number. */
async function published(methodology = stricter): Promise<number> {
  await act((trx) => copyMethodology(trx, town.admin, SHIPPED))
  await saved(methodology)
  const draft = await draftOf('guia_7')
  return await act((trx) => publishMethodology(trx, town.admin, draft, { reason: REASON, read: readOf(draft) }))
}

const typed = (change: Partial<RiskInput['answers']> = {}): RiskInput =>
  ({ formKey: newId(), ownerId: town.admin.positionId, reason: '', answers: { ...DUB_RISK, ...change } }) as RiskInput

const MEDIUM_MINOR = { timesPerYear: 100, reputational: 'menor' }

async function events(objectId: string): Promise<string[]> {
  const query = 'select type from event where object_id = $1 order by at, id'
  return (await rowsOf<{ type: string }>(town.database.ownerUrl, query, [objectId])).map(({ type }) => type)
}

describe('a copy of a methodology', () => {
  it('is edited, published, chosen for a typology, and new risks are rated with it while the others stay', async () => {
    const { entityId } = town.admin
    const before = await act((trx) => registerRisk(trx, town.admin, SHIPPED, typed(MEDIUM_MINOR)))
    const n = await published()
    const own = { code: 'guia_7', n }
    const choice = { formKey: newId(), typology: 'seguridad', key: own, reason: REASON }
    await actAs('alcaldia', (trx, by) => chooseMethodology(trx, by, choice))
    expect((await act((trx) => findKind(trx, entityId, 'seguridad')))?.key).toEqual(own)
    expect((await act((trx) => findKind(trx, entityId, 'gestion')))?.key).toEqual(SHIPPED)
    const after = await act((trx) => registerRisk(trx, town.admin, own, typed(MEDIUM_MINOR)))
    const place = async (code: string) => {
      const risk = await act((trx) => findRisk(trx, entityId, code))
      return [risk?.assessment.inherent.zone, risk?.assessment.key.n]
    }
    expect([await place(before), await place(after)]).toEqual([
      ['M', 0],
      ['A', n],
    ])
    // Each on the map of its version.
    for (const [key, code] of [
      [SHIPPED, before],
      [own, after],
    ] as const) {
      const { rows } = await act((trx) => listRisks(trx, entityId, { methodology: key }))
      expect(rows.map((row) => row.code)).toEqual([code])
      expect(await act((trx) => countCells(trx, entityId, key))).toContainEqual(
        expect.objectContaining({ place: 'inherent', probability: 2, impact: 1, risks: 1 }),
      )
    }
    expect(await act((trx) => listMethodologiesInUse(trx, entityId))).toEqual([SHIPPED, own])
  })

  it('is told step by step, and says who published it and why', async () => {
    await act((trx) => copyMethodology(trx, town.admin, SHIPPED))
    const { id } = await draftOf('guia_7')
    expect(await saved({ ...GUIDE_7, name: 'Guía del municipio' })).toEqual([])
    const draft = await draftOf('guia_7')
    const n = await act((trx) => publishMethodology(trx, town.admin, draft, { reason: REASON, read: readOf(draft) }))
    expect(await events(id)).toEqual(['methodology.copied', 'methodology.edited', 'methodology.published'])
    const [version] = await act((trx) => listMethodologyVersions(trx, town.admin.entityId, 'guia_7'))
    expect(version).toMatchObject({ n, baseN: 0, reason: REASON })
    expect(await act((trx) => findMethodologyDraft(trx, town.admin.entityId, 'guia_7'))).toBeUndefined()
  })

  it('is one at a time, and a second asks for nothing', async () => {
    const copies = () => act((trx) => copyMethodology(trx, town.admin, { code: 'guia_6', n: 0 }))
    expect((await Promise.all([copies(), copies(), copies()])).filter(Boolean)).toHaveLength(1)
    const draft = await draftOf('guia_6')
    await act((trx) => discardMethodologyDraft(trx, town.admin, draft, readOf(draft)))
    expect(await events(draft.id)).toEqual(['methodology.copied', 'methodology.discarded'])
  })

  it('is refused to whoever read another state of it, and where it says what its origin says', async () => {
    await act((trx) => copyMethodology(trx, town.admin, { code: 'corrupcion', n: 0 }))
    const draft = await draftOf('corrupcion')
    const publish = (version: number) =>
      act((trx) => publishMethodology(trx, town.admin, draft, { reason: REASON, read: { copy: draft.id, version } }))
    await expect(publish(2)).rejects.toMatchObject({ code: 'content_changed' })
    await expect(publish(1)).rejects.toMatchObject({ code: 'methodology_unchanged' })
    const asked = { typed: fieldsOfMethodology(draft.methodology), read: { copy: draft.id, version: 3 } }
    const save = () => act((trx) => saveMethodologyDraft(trx, town.admin, draft, asked))
    await expect(save()).rejects.toMatchObject({ code: 'content_changed' })
    await act((trx) => discardMethodologyDraft(trx, town.admin, draft, readOf(draft)))
  })

  it('is refused to whoever read the copy before, which was saved as often', async () => {
    const { entityId } = town.admin
    const copy = () => act((trx) => copyMethodology(trx, town.admin, { code: 'guia_6', n: 0 }))
    await copy()
    const before = await draftOf('guia_6')
    await act((trx) => discardMethodologyDraft(trx, town.admin, before, readOf(before)))
    await copy()
    const draft = await draftOf('guia_6')
    expect(draft.version).toBe(before.version)
    const asked = { typed: { ...fieldsOfMethodology(draft.methodology), name: 'Otra' }, read: readOf(before) }
    for (const work of [
      (trx: Trx) => saveMethodologyDraft(trx, town.admin, draft, asked),
      (trx: Trx) => publishMethodology(trx, town.admin, draft, { reason: REASON, read: readOf(before) }),
      (trx: Trx) => discardMethodologyDraft(trx, town.admin, draft, readOf(before)),
    ])
      await expect(act<unknown>(work)).rejects.toMatchObject({ code: 'content_changed' })
    expect(await act((trx) => findMethodologyDraft(trx, entityId, 'guia_6'))).toEqual(draft)
    await act((trx) => discardMethodologyDraft(trx, town.admin, draft, readOf(draft)))
  })

  it('is not saved with what is wrong, which is answered in its fields', async () => {
    await act((trx) => copyMethodology(trx, town.admin, { code: 'guia_6', n: 0 }))
    const draft = await draftOf('guia_6')
    const typed = { ...fieldsOfMethodology(draft.methodology), name: '', 'probability.2.from': '2.5' }
    const faults = await act((trx) => saveMethodologyDraft(trx, town.admin, draft, { typed, read: readOf(draft) }))
    expect(faults.map(({ path, code }) => [path, code])).toEqual([
      ['name', 'text_missing'],
      ['probability.2.from', 'number_wrong'],
    ])
    expect(await draftOf('guia_6')).toEqual(draft)
    expect(await events(draft.id)).toEqual(['methodology.copied'])
    await act((trx) => discardMethodologyDraft(trx, town.admin, draft, readOf(draft)))
  })

  it('can never be changed once it is published, by the worker or by the web', async () => {
    await published({ ...stricter, name: 'Nunca cambia' })
    for (const user of [town.web, town.worker])
      await expect(
        withActor(user, town.admin, (trx) => trx.updateTable('methodology_version').set({ reason: 'Otra' }).execute()),
      ).rejects.toThrow('permission denied')
    await expect(act((trx) => loadMethodology(trx, town.admin.entityId, { code: 'guia_7', n: 99 }))).rejects.toThrow(
      RangeError,
    )
  })
})

describe('a choice', () => {
  it('holds for the entity where a typology has none of its own, and the same form again chooses nothing', async () => {
    const { entityId } = town.admin
    const n = await published({ ...stricter, name: 'Para todas' })
    const choice = { formKey: newId(), typology: null, key: { code: 'guia_7', n }, reason: REASON }
    for (let i = 0; i < 2; i++) await actAs('alcaldia', (trx, by) => chooseMethodology(trx, by, choice))
    expect(await events(choice.formKey)).toEqual(['methodology.chosen'])
    expect((await act((trx) => findKind(trx, entityId, 'gestion')))?.key.n).toBe(n)
    // Its own methodology knows no such typology: what ships does.
    expect((await act((trx) => findKind(trx, entityId, 'corrupcion')))?.key).toEqual({ code: 'corrupcion', n: 0 })
    await expect(
      act((trx) => chooseMethodology(trx, town.admin, { ...choice, typology: 'gestion' })),
    ).rejects.toMatchObject({ code: 'body_differs' })
    await expect(
      act((trx) => requireChosen(trx, entityId, { typology: 'gestion', key: SHIPPED })),
    ).rejects.toMatchObject({ code: 'methodology_not_chosen', facts: { methodology: 'guia_7', n } })
  })

  it('is never of whoever published the version, nor past the rule of the database', async () => {
    const { entityId, admin } = town
    const n = await published({ ...stricter, name: 'La publica quien la quiere usar' })
    const choice = { formKey: newId(), typology: 'fiscal', key: { code: 'guia_7', n }, reason: REASON }
    await expect(act((trx) => chooseMethodology(trx, admin, choice))).rejects.toMatchObject({ code: 'own_methodology' })
    const forAdmin = actAs('jefatura_ogac', (trx, by) =>
      chooseMethodology(trx, { ...by, actingFor: admin.personId }, choice),
    )
    await expect(forAdmin).rejects.toMatchObject({ code: 'own_methodology' })
    // The page asks the same: it says so beside the version, and beside no other.
    const barredFor = async (personId: string) => {
      const position = { id: admin.positionId, duty: 'jefatura_ogac', actingFor: null }
      const actor = { ...admin, personId, position, scopes: [], entity: { dutyNames: {} } } as unknown as Actor
      const { rows } = await loadMethodologies({ db: town.web } as AppContext, actor)
      return rows.filter(({ whyNot }) => whyNot !== null).map(({ key, whyNot }) => [key, whyNot])
    }
    expect(await barredFor(admin.personId)).toContainEqual([
      `guia_7.${n}`,
      expect.stringContaining('Quien publicó esta versión'),
    ])
    expect((await barredFor(admin.personId)).map(([key]) => key)).not.toContain('guia_7')
    expect(await barredFor(town.holders.jefatura_ogac?.personId ?? '')).toEqual([])
    const forged = `insert into methodology_choice (id, entity_id, n, typology, methodology, methodology_n, reason, chosen_by, chosen_position)
      values ($1, $2, 900, 'fiscal', 'guia_7', $3, 'x', $4, $5)`
    const row = [newId(), entityId, n, admin.personId, admin.positionId]
    await expect(rowsOf(town.database.ownerUrl, forged, row)).rejects.toThrow(
      /nobody chooses the methodology they published/,
    )
    expect((await act((trx) => findKind(trx, entityId, 'fiscal')))?.key.n).not.toBe(n)
    await actAs('jefatura_ogac', (trx, by) => chooseMethodology(trx, by, choice))
    expect((await act((trx) => findKind(trx, entityId, 'fiscal')))?.key.n).toBe(n)
  })

  it('is refused for a typology that the methodology does not know', async () => {
    const asked = { formKey: newId(), typology: 'corrupcion', key: SHIPPED, reason: REASON }
    await expect(act((trx) => chooseMethodology(trx, town.admin, asked))).rejects.toMatchObject({
      code: 'methodology_unknown',
    })
    const gone = { ...asked, typology: null, key: { code: 'guia_7', n: 99 } }
    await expect(act((trx) => chooseMethodology(trx, town.admin, gone))).rejects.toMatchObject({
      code: 'methodology_unknown',
    })
  })
})

describe('another municipality', () => {
  it('sees no version, copy or choice of this one', async () => {
    const elsewhere = { entityId: newId(), personId: town.admin.personId }
    const seen = await withActor(town.web, elsewhere, async (trx) => [
      await listMethodologyVersions(trx, town.admin.entityId),
      await listMethodologyChoices(trx, town.admin.entityId),
      (await listOffered(trx, elsewhere.entityId)).filter(({ key }) => key.n > 0),
    ])
    expect(seen).toEqual([[], [], []])
  })
})
