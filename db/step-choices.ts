/** What a field of a step may choose among, as it stands now. */
import { mapTitle, withdrawnMapTitle } from '../catalog/figure-titles.ts'
import type { Answers } from '../domain/forms.ts'
import type { Trx } from './client.ts'
import { listMaps } from './division-maps.ts'

/** Sources of the cycle, as a checklist judges them, in the order attached. */
export async function sourceFacts(trx: Trx, cycleId: string) {
  const rows = await trx
    .selectFrom('source')
    .select(['id', 'name', 'legal_basis', 'owner_agency_id', 'snapshot_hash'])
    .where('cycle_id', '=', cycleId)
    .where('detached_at', 'is', null)
    .orderBy('attached_at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    contractComplete: row.legal_basis.trim() !== '' && row.owner_agency_id !== null,
    snapshotReady: row.snapshot_hash !== null,
    snapshotHash: row.snapshot_hash,
  }))
}

/** Dependencias that stand, by name. */
export async function agencyChoices(trx: Trx, entityId: string) {
  const rows = await trx
    .selectFrom('agency')
    .select(['id', 'code', 'name'])
    .where('entity_id', '=', entityId)
    .where('ended_on', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ code: row.code ?? row.id, label: row.name }))
}

/** Every version of every map that stands, and what a figure names already: that stays to be chosen, marked. */
export async function mapChoices(trx: Trx, entityId: string, answers: Answers) {
  const said = JSON.stringify(answers)
  const maps = await listMaps(trx, entityId)
  const standing = maps.filter(({ withdrawnAt }) => withdrawnAt === null)
  const named = maps.filter(({ withdrawnAt, hash }) => withdrawnAt !== null && said.includes(hash))
  const labels = new Map([
    ...named.map(({ hash, name, version }) => [hash, withdrawnMapTitle(name, version)] as const),
    ...standing.map(({ hash, name, version }) => [hash, mapTitle(name, version)] as const),
  ])
  return [...labels].map(([code, label]) => ({ code, label }))
}

/** Each duty under the name of the first position that has it. */
export async function dutyChoices(trx: Trx, entityId: string) {
  return await trx
    .selectFrom('position')
    .distinctOn('duty')
    .select(['duty as code', 'name as label'])
    .where('entity_id', '=', entityId)
    .where('ended_on', 'is', null)
    .orderBy('duty')
    .orderBy('name')
    .execute()
}
