/** Templates of an entity's reports as they are made, chosen and retired (G1), each change with its event. */
import { sql } from 'kysely'
import type { FieldChange } from '../domain/events.ts'
import { type ActingPerson, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { findChosenVersion, findLatestVersion, type TemplateContent, type TemplateVersion } from './report-templates.ts'

/** Makes a template with its first version; the first of an entity is the one it prints with. */
export async function addTemplate(
  trx: Trx,
  actor: ActingPerson,
  { name, ...content }: TemplateContent & { name: string },
): Promise<Saved> {
  const { entityId } = actor
  // Two who make the first at once: the second waits, and finds that there is one.
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 25))`.execute(trx)
  const known = await trx
    .selectFrom('report_template')
    .select(['name', 'is_default'])
    .where('entity_id', '=', entityId)
    .execute()
  if (known.some((one) => one.name === name)) return refuse('name', 'name_taken')
  const id = newId()
  const isDefault = !known.some((one) => one.is_default)
  const added = await trx
    .insertInto('report_template')
    .values({ id, entity_id: entityId, name, is_default: isDefault })
    .onConflict((oc) => oc.columns(['entity_id', 'name']).doNothing())
    .executeTakeFirst()
  if (added.numInsertedOrUpdatedRows !== 1n) return refuse('name', 'name_taken')
  await addVersion(trx, actor, { templateId: id, name, n: 1, content, before: null })
  return { id }
}

/** The next version of a template; what is as in the last one makes none. */
export async function addTemplateVersion(
  trx: Trx,
  actor: ActingPerson,
  templateId: string,
  content: TemplateContent,
): Promise<Saved> {
  // Two who save at once: the second waits, and its version is the one after.
  await trx.selectFrom('report_template').select('id').where('id', '=', templateId).forUpdate().executeTakeFirst()
  const last = await findLatestVersion(trx, actor.entityId, templateId)
  if (!last) return refuse('name', 'not_found')
  if (changesOf(last, content).length > 0)
    await addVersion(trx, actor, { templateId, name: last.name, n: last.n + 1, content, before: last })
  return { id: templateId }
}

interface NewVersion {
  templateId: string
  name: string
  n: number
  content: TemplateContent
  before: TemplateContent | null
}

async function addVersion(trx: Trx, actor: ActingPerson, { templateId, name, n, content, before }: NewVersion) {
  const id = newId()
  await trx
    .insertInto('report_template_version')
    .values({
      ...{ id, entity_id: actor.entityId, template_id: templateId, n, look: JSON.stringify(content.look) },
      ...{ shield: content.shield, shield_hash: content.shieldHash },
      ...{ readability_target: content.readabilityTarget, made_by: actor.personId, made_position: actor.positionId },
    })
    .execute()
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: 'template.kept', objectId: templateId, objectVersion: String(n) },
    changes: [{ field: 'name', before: null, after: name }, ...changesOf(before, content)],
  })
}

/** Fields that differ; lines a person typed appear by name only (model.md §5). */
function changesOf(before: TemplateContent | null, after: TemplateContent): FieldChange[] {
  const flat = ({ look, ...rest }: TemplateContent): Record<string, FieldChange['after']> => ({ ...look, ...rest })
  const was = before ? flat(before) : {}
  return Object.entries(flat(after))
    .filter(([field, value]) => was[field] !== value)
    .map(([field, value]) =>
      field === 'header' || field === 'footer'
        ? { field, before: null, after: null }
        : { field, before: was[field] ?? null, after: value },
    )
}

/** What the entity prints with from now on. Refused where the template is retired. */
export async function chooseDefault(trx: Trx, actor: ActingPerson, templateId: string): Promise<Saved> {
  const { entityId } = actor
  const rows = await heldTemplates(trx, entityId)
  const chosen = rows.find(({ id }) => id === templateId)
  if (!chosen || chosen.retired_at) return refuse('template', 'not_found')
  if (chosen.is_default) return { id: templateId }
  await trx
    .updateTable('report_template')
    .set({ is_default: false })
    .where('entity_id', '=', entityId)
    .where('is_default', '=', true)
    .execute()
  await trx.updateTable('report_template').set({ is_default: true }).where('id', '=', templateId).execute()
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: 'template.default_chosen', objectId: templateId },
    changes: [{ field: 'name', before: rows.find(({ is_default }) => is_default)?.name ?? null, after: chosen.name }],
  })
  return { id: templateId }
}

/** Offers a template no more, or again; what chose it keeps it. The one the entity prints with stays. */
export async function markRetired(
  trx: Trx,
  actor: ActingPerson,
  { templateId, retired }: { templateId: string; retired: boolean },
): Promise<Saved> {
  const template = (await heldTemplates(trx, actor.entityId)).find(({ id }) => id === templateId)
  if (!template || (retired && template.is_default)) return refuse('template', 'not_found')
  if ((template.retired_at !== null) === retired) return { id: templateId }
  await trx
    .updateTable('report_template')
    .set({ retired_at: retired ? sql<Date>`app_now()` : null, retired_by: retired ? actor.personId : null })
    .where('id', '=', templateId)
    .execute()
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: retired ? 'template.retired' : 'template.restored', objectId: templateId },
    changes: [{ field: 'name', before: null, after: template.name }],
  })
  return { id: templateId }
}

async function heldTemplates(trx: Trx, entityId: string) {
  return await trx
    .selectFrom('report_template')
    .select(['id', 'name', 'is_default', 'retired_at'])
    .where('entity_id', '=', entityId)
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** The version a cycle's report is printed with, or the entity's (`null`); the same choice again writes nothing. */
export async function chooseForCycle(
  trx: Trx,
  actor: ActingPerson,
  cycleId: string,
  version: TemplateVersion | null,
): Promise<void> {
  const before = await findChosenVersion(trx, actor.entityId, cycleId)
  if ((before?.id ?? null) === (version?.id ?? null)) return
  await trx
    .insertInto('cycle_template')
    .values({ cycle_id: cycleId, entity_id: actor.entityId, version_id: version?.id ?? null })
    .onConflict((oc) => oc.column('cycle_id').doUpdateSet({ version_id: version?.id ?? null }))
    .execute()
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: 'template.chosen', objectId: cycleId, cycleId, stepCode: '6' },
    changes: [
      { field: 'template', before: before?.name ?? null, after: version?.name ?? null },
      { field: 'version', before: before?.n ?? null, after: version?.n ?? null },
    ],
  })
}
