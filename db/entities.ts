import { PROCEDURES } from '../catalog/index.ts'
import type { ChangeEntity, Install } from '../domain/administration.ts'
import { type ActingPerson, changesBetween, eventBy, refuse, type Saved } from './administration.ts'
import { adoptProcedure } from './adopt-procedure.ts'
import { addAgency } from './agencies.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { idOf } from './ids.ts'
import { addPerson } from './person-changes.ts'
import { addPosition } from './position-changes.ts'
import { addTenure } from './tenure-changes.ts'

export interface Installed {
  entityId: string
  personId: string
  positionId: string
}

/** Every entity of this installation: only roles whose policy lets every row through see more than their own. */
export async function listEntityIds(trx: Trx): Promise<string[]> {
  const rows = await trx.selectFrom('entity').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

/**
 * Makes an entity with its first agency, position, person and tenure, and adopts the shipped procedures: what the
 * one-time link of a first production start does (model.md §1). `entityId` is the transaction's own scope.
 */
export async function installEntity(trx: Trx, entityId: string, input: Install, secret: string): Promise<Installed> {
  await trx
    .insertInto('entity')
    .values({ id: entityId, ...columnsOf(input) })
    .execute()
  const nobody: ActingPerson = { entityId, personId: idOf('installer', entityId), positionId: null }
  const added = await addPerson(trx, nobody, input.administrator, secret)
  const actor = { ...nobody, personId: idFrom(added) }
  await recordEvent(trx, {
    ...eventBy(actor),
    type: 'entity.installed',
    objectId: entityId,
    changes: changesBetween({}, columnsOf(input)),
  })
  const agency = { name: input.agencyName, code: null, parentId: null, contactEmail: null }
  const agencyId = idFrom(await addAgency(trx, actor, agency))
  const position = { agencyId, name: input.positionName, duty: 'administracion', headsAgency: false }
  const positionId = idFrom(await addPosition(trx, actor, position))
  const { from, actReference } = input
  const { personId } = actor
  idFrom(await addTenure(trx, actor, { personId, positionId, kind: 'titular', from, to: null, actReference }))
  for (const procedure of PROCEDURES) await adoptProcedure(trx, actor, { procedure, adoptedOn: from, actReference })
  return { entityId, personId, positionId }
}

export async function changeEntity(trx: Trx, actor: ActingPerson, input: ChangeEntity): Promise<Saved> {
  const { entityId } = actor
  const before = await trx
    .selectFrom('entity')
    .select(['name', 'short_name', 'divipola', 'nit', 'slogan'])
    .where('id', '=', entityId)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return refuse('name', 'not_found')
  const changes = changesBetween(before, columnsOf(input))
  if (changes.length === 0) return { id: entityId }
  await trx.updateTable('entity').set(columnsOf(input)).where('id', '=', entityId).execute()
  await recordEvent(trx, { ...eventBy(actor), type: 'entity.changed', objectId: entityId, changes })
  return { id: entityId }
}

/** Small cells are hidden from the next computed figure on; what was published stays as it was (model.md §7). */
export async function changeMinimumCell(trx: Trx, actor: ActingPerson, minimumCell: number): Promise<Saved> {
  return await changeOwnRow(trx, actor, 'minimum_cell', minimumCell)
}

/** Whether whoever approves or administers has to have a second factor. */
export async function changeFactorPolicy(trx: Trx, actor: ActingPerson, isRequired: boolean): Promise<Saved> {
  return await changeOwnRow(trx, actor, 'second_factor_required', isRequired)
}

/** SHA-256 of a stored PNG, or null for the neutral mark. */
export async function changeShield(trx: Trx, actor: ActingPerson, sha256: string | null): Promise<Saved> {
  return await changeOwnRow(trx, actor, 'shield_hash', sha256)
}

/** Who answers citizens for the protection of their data, the first in the first place (Ley 1581 de 2012, art. 17). */
export async function changeRightsDuties(trx: Trx, actor: ActingPerson, duties: string[]): Promise<Saved> {
  return await changeOwnRow(trx, actor, 'rights_duties', duties)
}

async function changeOwnRow(
  trx: Trx,
  actor: ActingPerson,
  field: 'minimum_cell' | 'shield_hash' | 'second_factor_required' | 'rights_duties',
  value: string | number | boolean | string[] | null,
): Promise<Saved> {
  const { entityId } = actor
  const before = await trx
    .selectFrom('entity')
    .select(['minimum_cell', 'shield_hash', 'second_factor_required', 'rights_duties'])
    .where('id', '=', entityId)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return refuse(field, 'not_found')
  const changes = changesBetween({ [field]: said(before[field]) }, { [field]: said(value) })
  if (changes.length === 0) return { id: entityId }
  await trx
    .updateTable('entity')
    .set({ [field]: value })
    .where('id', '=', entityId)
    .execute()
  await recordEvent(trx, { ...eventBy(actor), type: 'entity.changed', objectId: entityId, changes })
  return { id: entityId }
}

/** As an event says it. */
const said = (value: string | number | boolean | string[] | null) => (Array.isArray(value) ? value.join(', ') : value)

export interface EntityPage {
  name: string
  shortName: string
  divipola: string
  nit: string
  slogan: string | null
  shieldHash: string | null
  minimumCell: number
  requiresFactor: boolean
  rightsDuties: string[]
}

export async function findEntity(trx: Trx, entityId: string): Promise<EntityPage | undefined> {
  return await trx
    .selectFrom('entity')
    .select(['name', 'divipola', 'nit', 'slogan'])
    .select(['short_name as shortName', 'shield_hash as shieldHash', 'minimum_cell as minimumCell'])
    .select(['second_factor_required as requiresFactor', 'rights_duties as rightsDuties'])
    .where('id', '=', entityId)
    .executeTakeFirst()
}

function columnsOf({ name, shortName, divipola, nit, slogan }: ChangeEntity) {
  return { name, short_name: shortName, divipola, nit, slogan }
}

/** In an empty entity none of these inputs can be taken already. */
function idFrom(saved: Saved): string {
  if (saved.problems) throw new Error(`installation: ${JSON.stringify(saved.problems)}`)
  return saved.id
}
