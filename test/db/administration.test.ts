import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventSentence } from '../../app/text/events.ts'
import { addAgency, changeAgency, endAgency, listAgencies } from '../../db/agencies.ts'
import { openDatabase, type Trx, withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { installEntity } from '../../db/entities.ts'
import { newId } from '../../db/ids.ts'
import { closeIncident, listIncidents, openIncident } from '../../db/incidents.ts'
import { listPeople } from '../../db/people.ts'
import { addPerson, changePerson, endPerson } from '../../db/person-changes.ts'
import { addPosition, changePosition, endPosition, listPositions } from '../../db/position-changes.ts'
import { entityIdOf, isSetupLinkOpen, renewSetupLink, spendSetupLink } from '../../db/setup-links.ts'
import { addTemplate } from '../../db/template-changes.ts'
import { addTenure, endTenure, listTenures } from '../../db/tenure-changes.ts'
import { findLiveTenure } from '../../db/tenures.ts'
import { listAdministrationEvents } from '../../db/timeline.ts'
import { addTenureInput, installInput, problemsOf } from '../../domain/administration.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { DEFAULT_LOOK } from '../../domain/report-look.ts'
import { freshDatabase } from '../support/database.ts'
import { asOwner, idOf, smallTown, type Town } from '../support/town.ts'

let town: Town
beforeAll(async () => {
  town = await smallTown()
})
afterAll(() => town.close())

const web = <T>(work: (trx: Trx) => Promise<T>) => withActor(town.web, town.admin, work)

async function lastEvent(type: string) {
  const { rows } = await web((trx) => listAdministrationEvents(trx, town.entityId, { limit: 5 }))
  const event = rows.find((row) => row.type === type)
  if (!event) throw new Error(`no ${type} among ${rows.map((row) => row.type).join(', ')}`)
  return event
}

const agency = { code: null, parentId: null, contactEmail: null }
const someone = (documentNumber: string) => ({ displayName: `Persona ${documentNumber}`, documentNumber, email: null })

describe('templates', () => {
  it('of which two are made first at once are both kept, and one is the one the entity prints with', async () => {
    const content = { look: DEFAULT_LOOK, shield: 'entity', shieldHash: null, readabilityTarget: 55 } as const
    const make = (trx: Trx, name: string) => addTemplate(trx, town.admin, { ...content, name })
    let later: Promise<unknown> | undefined
    await web(async (trx) => {
      await make(trx, 'Oficial')
      later = web((other) => make(other, 'Alterna'))
      // Long enough for the other to look for templates, where nothing makes it wait.
      await sleep(200)
    })
    await later
    const kept = await web((trx) => trx.selectFrom('report_template').select(['name', 'is_default']).execute())
    expect(new Map(kept.map((one) => [one.name, one.is_default]))).toEqual(
      new Map([
        ['Oficial', true],
        ['Alterna', false],
      ]),
    )
  })
})

describe('people', () => {
  it('are known by a keyed hash of their document, once in an entity, and events name no personal data', async () => {
    const id = idOf(await web((trx) => addPerson(trx, town.admin, someone('77001'), town.database.secret)))
    const again = await web((trx) => addPerson(trx, town.admin, someone('77001'), town.database.secret))
    expect(again.problems).toEqual([{ field: 'documentNumber', code: 'document_taken' }])
    const event = await lastEvent('person.added')
    expect(event).toMatchObject({ objectId: id, positionName: 'Administración del sistema' })
    expect(event.changes.every((change) => change.before === null && change.after === null)).toBe(true)
    const stored = await asOwner(town, (db) =>
      withoutEntity(db, (trx) => trx.selectFrom('person').selectAll().where('id', '=', id).execute()),
    )
    expect(JSON.stringify(stored)).not.toContain('"77001"')
  })

  it('change by name of the field only, and a change of nothing leaves no event', async () => {
    const id = idOf(await web((trx) => addPerson(trx, town.admin, someone('77002'), town.database.secret)))
    const input = { id, displayName: 'Otra', email: 'otra@prueba.gov.co' }
    await web((trx) => changePerson(trx, town.admin, input))
    const event = await lastEvent('person.changed')
    expect(event.changes.map((change) => change.field)).toEqual(['display_name', 'email'])
    await web((trx) => changePerson(trx, town.admin, input))
    expect((await lastEvent('person.changed')).id).toBe(event.id)
  })

  it('are listed page by page, each once, and found by part of their name', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await web((trx) => listPeople(trx, town.entityId, { cursor, limit: 3 }))
      seen.push(...page.rows.map((row) => row.id))
      cursor = page.next
    } while (cursor)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(9)
    const found = await web((trx) => listPeople(trx, town.entityId, { search: 'DIRECCION_T' }))
    expect(found.rows.map((row) => row.displayName)).toEqual(['direccion_tic'])
    expect(found.rows[0]?.positions).toEqual(['direccion_tic'])
  })
})

describe('a tenure', () => {
  it('of a second titular in the same days is refused; an encargado between dates is not', async () => {
    const positionId = town.holders.direccion_tic?.positionId ?? ''
    const personId = town.holders.profesional_sig?.personId ?? ''
    const tenure = { personId, positionId, from: appToday(), to: addDays(appToday(), 30), actReference: 'Resolución 1' }
    const titular = await web((trx) => addTenure(trx, town.admin, { ...tenure, kind: 'titular' }))
    expect(titular.problems).toEqual([{ field: 'from', code: 'titular_overlaps' }])
    idOf(await web((trx) => addTenure(trx, town.admin, { ...tenure, kind: 'encargado' })))
    const event = await lastEvent('tenure.added')
    expect(event.changes.map((change) => change.field)).not.toContain('act_reference')
    const twice = await web((trx) => addTenure(trx, town.admin, { ...tenure, kind: 'encargado' }))
    expect(twice.problems?.[0]?.code).toBe('same_person_overlaps')
    const live = await web((trx) => findLiveTenure(trx, { personId, positionId }))
    expect(live).toMatchObject({ duty: 'direccion_tic', kind: 'encargado' })
  })

  it('as encargado needs an end, and no end comes before its beginning', () => {
    const id = town.entityId
    const input = { personId: id, positionId: id, kind: 'encargado', from: '2026-02-10', to: '', actReference: 'R' }
    const read = (value: unknown) => {
      const parsed = addTenureInput.safeParse(value)
      return parsed.success ? [] : problemsOf(parsed.error)
    }
    expect(read(input)).toEqual([{ field: 'to', code: 'encargo_needs_end' }])
    expect(read({ ...input, to: '2026-02-09' })).toEqual([{ field: 'to', code: 'to_before_from' }])
    expect(read({ ...input, to: '2026-02-30', kind: 'x' }).map((one) => one.code)).toEqual([
      'not_a_choice',
      'not_a_date',
    ])
    expect(read({ ...input, to: '2026-02-10' })).toEqual([])
  })

  it('that ends leaves its history, and the last administrator cannot be taken away', async () => {
    const personId = town.holders.jefatura_comunicaciones?.personId ?? ''
    const held = async () => (await web((trx) => listTenures(trx, town.entityId, { personId }))).rows
    const [tenure] = await held()
    const end = { id: tenure?.id ?? '', on: addDays(appToday(), -1), actReference: 'Resolución 2' }
    idOf(await web((trx) => endTenure(trx, town.admin, end)))
    expect(await held()).toMatchObject([{ to: end.on, inForce: false }])
    expect((await web((trx) => endTenure(trx, town.admin, end))).problems?.[0]?.code).toBe('ended_already')
    const [mine] = (await web((trx) => listTenures(trx, town.entityId, { personId: town.admin.personId }))).rows
    const last = await web((trx) => endTenure(trx, town.admin, { ...end, id: mine?.id ?? '' }))
    expect(last.problems).toEqual([{ field: 'on', code: 'last_administrator' }])
    const gone = await web((trx) => endPerson(trx, town.admin, { id: town.admin.personId, on: appToday() }))
    expect(gone.problems).toEqual([{ field: 'on', code: 'last_administrator' }])
  })

  it('ends with the person who leaves', async () => {
    const { personId, positionId } = town.holders.profesional_comunicaciones ?? town.admin
    idOf(await web((trx) => endPerson(trx, town.admin, { id: personId, on: addDays(appToday(), -1) })))
    expect(await web((trx) => findLiveTenure(trx, { personId, positionId }))).toBeUndefined()
    expect((await lastEvent('tenure.ended')).changes[0]?.field).toBe('to_date')
  })

  it('is told with whose it is and in which position, resolved when it is read', async () => {
    const personId = idOf(await web((trx) => addPerson(trx, town.admin, someone('77031'), town.database.secret)))
    expect(eventSentence(await lastEvent('person.added'))).toMatch(/ registró a Persona 77031\.$/)
    const { positionId } = town.holders.profesional_tic ?? town.admin
    const [from, to] = [addDays(appToday(), 1), addDays(appToday(), 9)]
    const encargo = { personId, positionId, kind: 'encargado' as const, from, to, actReference: 'Decreto 7' }
    const id = idOf(await web((trx) => addTenure(trx, town.admin, encargo)))
    expect(eventSentence(await lastEvent('tenure.added'))).toMatch(
      / registró un encargo de Persona 77031 en el cargo .+ del .+ al .+\.$/,
    )
    idOf(await web((trx) => endTenure(trx, town.admin, { id, on: from, actReference: 'Decreto 8' })))
    expect(eventSentence(await lastEvent('tenure.ended'))).toMatch(
      / registró el fin de una vinculación de Persona 77031 en el cargo .+ el .+\.$/,
    )
  })
})

describe('agencies and positions', () => {
  it('make a tree without rings, with one head each', async () => {
    const top = idOf(await web((trx) => addAgency(trx, town.admin, { ...agency, name: 'Arriba' })))
    const below = idOf(await web((trx) => addAgency(trx, town.admin, { ...agency, name: 'Abajo', parentId: top })))
    const ring = await web((trx) =>
      changeAgency(trx, town.admin, { ...agency, id: top, name: 'Arriba', parentId: below }),
    )
    expect(ring.problems).toEqual([{ field: 'parentId', code: 'parent_is_below' }])
    const taken = await web((trx) =>
      changeAgency(trx, town.admin, { ...agency, id: below, name: 'Arriba', parentId: top }),
    )
    expect(taken.problems).toEqual([{ field: 'name', code: 'name_taken' }])
    const position = { agencyId: below, duty: 'dependencia', headsAgency: true }
    const head = idOf(await web((trx) => addPosition(trx, town.admin, { ...position, name: 'Jefatura' })))
    const second = await web((trx) => addPosition(trx, town.admin, { ...position, name: 'Otra jefatura' }))
    expect(second.problems).toEqual([{ field: 'headsAgency', code: 'head_taken' }])
    idOf(await web((trx) => changePosition(trx, town.admin, { ...position, id: head, name: 'Dirección' })))
    const today = appToday()
    const end = (id: string) => web((trx) => endAgency(trx, town.admin, { id, on: today }))
    expect((await end(top)).problems?.[0]?.code).toBe('still_has_agencies')
    expect((await end(below)).problems?.[0]?.code).toBe('still_has_positions')
    idOf(await web((trx) => endPosition(trx, town.admin, { id: head, on: today })))
    idOf(await end(below))
    const { rows } = await web((trx) => listAgencies(trx, town.entityId))
    expect(rows.find((row) => row.id === below)).toMatchObject({ parentName: 'Arriba', endedOn: today, positions: 0 })
  })

  it('are listed with who holds them today', async () => {
    const { rows } = await web((trx) => listPositions(trx, town.entityId, { limit: 100 }))
    const held = rows.find((row) => row.duty === 'jefatura_ogac')
    expect(held?.holders).toMatchObject([{ name: 'jefatura_ogac', kind: 'titular', to: null }])
    expect((await web((trx) => endPosition(trx, town.admin, { id: held?.id ?? '', on: appToday() }))).problems).toEqual(
      [{ field: 'on', code: 'still_held' }],
    )
  })

  it('of another entity are not there to change', async () => {
    const other = await smallTown()
    const theirs = other.holders.jefatura_ogac
    await other.close()
    const missing = await web((trx) => endPosition(trx, town.admin, { id: theirs?.positionId ?? '', on: appToday() }))
    expect(missing.problems).toEqual([{ field: 'id', code: 'not_found' }])
  })
})

describe('the one-time link', () => {
  it('installs one entity, is used up, and is not made again', async () => {
    const database = await freshDatabase()
    const owner = openDatabase(database.ownerUrl, { max: 2 })
    try {
      const first = (await withoutEntity(owner, renewSetupLink)) ?? ''
      const token = (await withoutEntity(owner, renewSetupLink)) ?? ''
      const isOpen = (one: string) => withoutEntity(owner, (trx) => isSetupLinkOpen(trx, one))
      expect([await isOpen(first), await isOpen(token), await isOpen('otro')]).toEqual([false, true, false])
      const input = installInput.parse({
        name: 'Alcaldía Nueva',
        shortName: 'Nueva',
        divipola: '47001',
        nit: '891780009',
        agencyName: 'Oficina TIC',
        positionName: 'Administración',
        actReference: 'Decreto 1',
        from: '2026-01-01',
        administrator: { displayName: 'Administración', documentNumber: '12.345', email: 'A@nueva.gov.co' },
      })
      const entityId = entityIdOf(token)
      await withEntity(owner, entityId, (trx) => installEntity(trx, entityId, input, database.secret))
      const spent = await Promise.all([1, 2].map(() => withoutEntity(owner, (trx) => spendSetupLink(trx, token))))
      expect(spent.filter(Boolean)).toHaveLength(1)
      expect(await withoutEntity(owner, renewSetupLink)).toBeNull()
      expect(await isOpen(token)).toBe(false)
      const { rows } = await withEntity(owner, entityId, (trx) => listAdministrationEvents(trx, entityId))
      expect(rows.map((row) => row.type).sort()).toEqual(
        [
          'agency.added',
          'entity.installed',
          'person.added',
          'position.added',
          'procedure.adopted',
          'tenure.added',
        ].sort(),
      )
    } finally {
      await owner.close()
      await database.drop()
    }
  })
})

describe('incidents', () => {
  const open = (objectId: string) =>
    asOwner(town, (db) =>
      withEntity(db, town.entityId, (trx) =>
        openIncident(trx, {
          entityId: town.entityId,
          kind: 'nobody_told',
          objectType: 'notice',
          objectId,
          origin: 'workflow',
        }),
      ),
    )
  const list = (isClosed: boolean, cursor: string | null = null) =>
    web((trx) => listIncidents(trx, town.entityId, { isClosed, cursor, limit: 2 }))
  const close = (id: string, note: string) => web((trx) => closeIncident(trx, town.admin, { id, note }))

  it('are listed page by page, open or closed, and closed once, with a note', async () => {
    const objects = [newId(), newId(), newId()]
    for (const objectId of objects) await open(objectId)
    const first = await list(false)
    const { rows: others, next } = await list(false, first.next)
    expect([first.rows.length, others.length, next]).toEqual([2, 1, null])
    const [incident] = others
    expect((await close(incident?.id ?? '', 'Se nombró a quien faltaba.')).problems).toBeUndefined()
    expect((await close(incident?.id ?? '', 'Otra vez.')).problems).toEqual([{ field: 'note', code: 'closed_already' }])
    expect((await list(true)).rows).toMatchObject([
      {
        id: incident?.id,
        note: 'Se nombró a quien faltaba.',
        closedBy: expect.any(String),
        closedAt: expect.any(Date),
      },
    ])
    // The oldest was closed; the same trouble opens another.
    await open(objects[0] ?? '')
    expect((await list(false)).next).not.toBeNull()
  })

  it('closed stay as they are, whoever asks', async () => {
    const [closed] = (await list(true)).rows
    const change = (set: object) =>
      web((trx) =>
        trx
          .updateTable('incident')
          .set(set)
          .where('id', '=', closed?.id ?? '')
          .executeTakeFirst(),
      )
    expect((await change({ closing_note: 'Otra.' })).numUpdatedRows).toBe(0n)
    await expect(change({ kind: 'x' })).rejects.toThrow('permission denied')
  })
})
