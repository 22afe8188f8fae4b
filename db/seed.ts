import { createHmac } from 'node:crypto'
import { DEMO_APPOINTMENT, DEMO_ENTITIES, DEMO_PASSWORD, type DemoEntity } from '../catalog/demo-users.ts'
import { inForceSince, PROCEDURES } from '../catalog/index.ts'
import type { EventType } from '../domain/events.ts'
import { hashPassword, insertAccount } from './accounts.ts'
import { recordEvent } from './audit.ts'
import { openDatabase, type Trx, withoutEntity } from './client.ts'
import { hashOf } from './content-hash.ts'
import { idOf, newId } from './ids.ts'

/**
 * Loads the two demonstration municipalities on an empty database: entity, agencies, positions, people, tenures,
 * procedure and accounts, each with its event. Cycles are never seeded: they come from the product's own acts.
 */
export async function seedDemonstration(ownerUrl: string, secret: string): Promise<boolean> {
  const database = openDatabase(ownerUrl, { max: 2 })
  try {
    // One transaction: a start killed in the middle leaves an empty database, never people without accounts.
    return await withoutEntity(database, async (trx) => {
      const known = await trx.selectFrom('entity').select('id').limit(1).executeTakeFirst()
      if (known) return false
      const passwordHash = await hashPassword(DEMO_PASSWORD)
      for (const entity of DEMO_ENTITIES)
        for (const person of await seedEntity(trx, entity, secret))
          await insertAccount(trx, { ...person, passwordHash })
      return true
    })
  } finally {
    await database.close()
  }
}

/** Whether a demonstration municipality stands here; its accounts are refused in production (model.md §1). Runs as the owner. */
export async function holdsDemonstration(trx: Trx): Promise<boolean> {
  const ids = DEMO_ENTITIES.map((entity) => demoEntityId(entity.slug))
  const found = await trx.selectFrom('entity').select('id').where('id', 'in', ids).limit(1).executeTakeFirst()
  return found !== undefined
}

interface DemoPerson {
  entityId: string
  personId: string
  name: string
  email: string
}

/** Demonstration entities keep their ids over installations, so that links in the help stay good. */
export function demoEntityId(slug: string): string {
  return idOf('demo-entity', slug)
}

async function seedEntity(trx: Trx, demo: DemoEntity, secret: string): Promise<DemoPerson[]> {
  const entityId = demoEntityId(demo.slug)
  const note = (type: EventType, objectId: string) => recordEvent(trx, { entityId, type, objectId, origin: 'system' })
  await trx
    .insertInto('entity')
    .values({
      id: entityId,
      name: demo.name,
      short_name: demo.shortName,
      divipola: demo.divipola,
      nit: demoNit(demo.divipola),
      // Whoever tries the demonstration signs in without a phone.
      second_factor_required: false,
    })
    .execute()
  await note('entity.installed', entityId)
  const agencies = new Map(demo.agencies.map((agency) => [agency.code, newId()]))
  for (const agency of demo.agencies) {
    const id = agencies.get(agency.code) ?? ''
    const parent = agency.parent ? agencies.get(agency.parent) : null
    await trx
      .insertInto('agency')
      .values({ id, entity_id: entityId, parent_id: parent ?? null, name: agency.name, code: agency.code })
      .execute()
    await note('agency.added', id)
  }
  for (const { name, kind, agency } of demo.points) {
    const id = newId()
    await trx
      .insertInto('service_point')
      .values({ id, entity_id: entityId, agency_id: agencies.get(agency) ?? '', name, kind })
      .execute()
    await note('point.added', id)
  }
  await adoptProcedures(trx, entityId)
  const people: DemoPerson[] = []
  for (const user of demo.users) {
    const [personId, positionId, tenureId] = [newId(), newId(), newId()]
    await trx
      .insertInto('person')
      .values({
        id: personId,
        entity_id: entityId,
        display_name: user.position,
        document_hash: documentHash(secret, entityId, user.email),
        email: user.email,
      })
      .execute()
    await note('person.added', personId)
    await trx
      .insertInto('position')
      .values({
        id: positionId,
        entity_id: entityId,
        agency_id: agencies.get(user.agency) ?? '',
        name: user.position,
        duty: user.duty,
        heads_agency: user.headsAgency,
      })
      .execute()
    await note('position.added', positionId)
    await trx
      .insertInto('tenure')
      .values({
        id: tenureId,
        entity_id: entityId,
        person_id: personId,
        position_id: positionId,
        kind: 'titular',
        from_date: '2024-01-01',
        act_reference: DEMO_APPOINTMENT,
      })
      .execute()
    await note('tenure.added', tenureId)
    people.push({ entityId, personId, name: user.position, email: user.email })
  }
  return people
}

/** Adopts every shipped procedure for an entity; content and hash are immutable from then on (features A1). */
async function adoptProcedures(trx: Trx, entityId: string): Promise<void> {
  for (const procedure of PROCEDURES) {
    const id = newId()
    const contentHash = hashOf(procedure)
    await trx
      .insertInto('procedure_version')
      .values({
        id,
        entity_id: entityId,
        procedure_code: procedure.code,
        version: procedure.version,
        content: JSON.stringify(procedure),
        content_hash: contentHash,
        adopted_on: procedure.validFrom,
        act_reference: inForceSince(procedure),
      })
      .execute()
    await recordEvent(trx, { entityId, type: 'procedure.adopted', objectId: id, contentHash, origin: 'system' })
  }
}

/** Keyed hash of a document number, unique within its entity: the number itself is not stored (model.md §1). */
export function documentHash(secret: string, entityId: string, documentNumber: string): string {
  return createHmac('sha256', secret)
    .update(`document:${entityId}:${documentNumber.trim().toUpperCase()}`)
    .digest('hex')
}

/** An invented number with nine digits that says what it is: demonstration entities have no real NIT. */
function demoNit(divipola: string): string {
  return `9999${divipola}`
}
