/** Templates of an entity's reports (G1): their versions, which one is the entity's and which one a cycle chose. */
import { DEFAULT_READABILITY_TARGET } from '../domain/readability.ts'
import { DEFAULT_LOOK, lookOf, type ReportLook, type Shield } from '../domain/report-look.ts'
import type { Trx } from './client.ts'

export interface TemplateContent {
  look: ReportLook
  shield: Shield
  /** SHA-256 of the PNG of its own; null with another shield or none. */
  shieldHash: string | null
  /** INFLESZ value each section should reach, 0 to 100. */
  readabilityTarget: number
}

export interface TemplateVersion extends TemplateContent {
  id: string
  templateId: string
  name: string
  n: number
  isDefault: boolean
  isRetired: boolean
  /** Null of what the entity had chosen before there were templates. */
  madeBy: string | null
  madeAt: Date
}

/** What an entity without templates has. */
export const PRODUCT_TEMPLATE: TemplateContent = {
  ...{ look: DEFAULT_LOOK, shield: 'entity', shieldHash: null, readabilityTarget: DEFAULT_READABILITY_TARGET },
}

const versions = (trx: Trx, entityId: string) =>
  trx
    .selectFrom('report_template_version as version')
    .innerJoin('report_template as template', 'template.id', 'version.template_id')
    .leftJoin('position', 'position.id', 'version.made_position')
    .select(['version.id', 'version.n', 'version.look', 'version.shield', 'version.shield_hash', 'version.made_at'])
    .select(['version.readability_target', 'template.id as templateId', 'template.name', 'template.is_default'])
    .select(['template.retired_at', 'position.name as madeBy'])
    .where('version.entity_id', '=', entityId)

type Row = Awaited<ReturnType<ReturnType<typeof versions>['executeTakeFirstOrThrow']>>

const asVersion = (row: Row): TemplateVersion => ({
  ...{ id: row.id, templateId: row.templateId, name: row.name, n: row.n, look: lookOf(row.look) },
  ...{ shield: row.shield as Shield, shieldHash: row.shield_hash, readabilityTarget: row.readability_target },
  ...{ isDefault: row.is_default, isRetired: row.retired_at !== null, madeBy: row.madeBy, madeAt: row.made_at },
})

/** Every version of every template by name, the latest first. */
export async function listTemplateVersions(trx: Trx, entityId: string): Promise<TemplateVersion[]> {
  const rows = await versions(trx, entityId).orderBy('template.name').orderBy('version.n', 'desc').execute()
  return rows.map(asVersion)
}

export async function findTemplateVersion(
  trx: Trx,
  entityId: string,
  id: string,
): Promise<TemplateVersion | undefined> {
  const row = await versions(trx, entityId).where('version.id', '=', id).executeTakeFirst()
  return row && asVersion(row)
}

export async function findLatestVersion(
  trx: Trx,
  entityId: string,
  templateId: string,
): Promise<TemplateVersion | undefined> {
  const row = await versions(trx, entityId)
    .where('template.id', '=', templateId)
    .orderBy('version.n', 'desc')
    .executeTakeFirst()
  return row && asVersion(row)
}

/** The latest version of the template the entity prints with; undefined while it has none. */
export async function findDefaultVersion(trx: Trx, entityId: string): Promise<TemplateVersion | undefined> {
  const row = await versions(trx, entityId)
    .where('template.is_default', '=', true)
    .orderBy('version.n', 'desc')
    .executeTakeFirst()
  return row && asVersion(row)
}

/** The version a cycle chose for itself; undefined where it goes with the entity. */
export async function findChosenVersion(
  trx: Trx,
  entityId: string,
  cycleId: string,
): Promise<TemplateVersion | undefined> {
  const chosen = await trx
    .selectFrom('cycle_template')
    .select('version_id')
    .where('cycle_id', '=', cycleId)
    .executeTakeFirst()
  return chosen?.version_id ? await findTemplateVersion(trx, entityId, chosen.version_id) : undefined
}

/** What the report of a cycle is printed with now: what it chose, else the entity's, else the product's. */
export async function findTemplateOf(
  trx: Trx,
  entityId: string,
  cycleId: string,
): Promise<TemplateContent | TemplateVersion> {
  return (
    (await findChosenVersion(trx, entityId, cycleId)) ?? (await findDefaultVersion(trx, entityId)) ?? PRODUCT_TEMPLATE
  )
}
