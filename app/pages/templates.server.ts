/** The pages of the templates of reports (G1): which there are, one with its versions, and a sample of what is typed. */
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findEntity } from '../../db/entities.ts'
import {
  findTemplateVersion,
  listTemplateVersions,
  PRODUCT_TEMPLATE,
  type TemplateContent,
  type TemplateVersion,
} from '../../db/report-templates.ts'
import type { ReportData } from '../../documents/report-content.ts'
import { reportBody } from '../../documents/report-html.ts'
import { pageOf } from '../../documents/report-page.ts'
import { sampleReport } from '../../documents/sample-report.ts'
import { shieldAddress } from '../../documents/shield.ts'
import { lookFields, templateContentInput } from '../../domain/report-look.ts'
import type { Typed } from '../administration.server.ts'
import { notFound } from '../answer.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { readShield, shieldOfTicket, shieldTicket } from '../shields.server.ts'

/** Fields of the form, and of the address of a sample. */
const FIELDS = ['name', 'shield', 'image', 'readabilityTarget', ...Object.keys(lookFields(PRODUCT_TEMPLATE.look))]

export async function loadTemplates(context: AppContext, actor: Actor) {
  const all = await withActor(context.db, actor, (trx) => listTemplateVersions(trx, actor.entityId))
  return { templates: latest(all) }
}

const latest = (all: TemplateVersion[]) =>
  all.filter(({ templateId, id }) => all.find((one) => one.templateId === templateId)?.id === id)

/** The form of a new template, with what the address says, and a sample of it. */
export async function loadNewTemplate(context: AppContext, actor: Actor, search: URLSearchParams) {
  const values = valuesIn(search, { ...fieldsOf(context, actor, PRODUCT_TEMPLATE), name: '' })
  return {
    ...(await shown(context, actor, values)),
    isRead: search.has('leido'),
    pictureLeft: search.has('sin-imagen'),
  }
}

/** A template with its versions, and the form of the next one. */
export async function loadTemplate(context: AppContext, actor: Actor, id: string, search: URLSearchParams) {
  const all = await withActor(context.db, actor, (trx) => listTemplateVersions(trx, actor.entityId))
  const versions = all.filter(({ templateId }) => templateId === id)
  const [last] = versions
  if (!last) throw notFound(context.requestId)
  const values = valuesIn(search, { ...fieldsOf(context, actor, last), name: last.name })
  return { ...(await shown(context, actor, { ...values, name: last.name })), last, versions }
}

function fieldsOf(context: AppContext, actor: Actor, content: TemplateContent): Typed {
  const { look, shield, shieldHash, readabilityTarget } = content
  return {
    ...{ ...lookFields(look), shield, readabilityTarget: String(readabilityTarget) },
    image: shieldHash ? shieldTicket(context, actor.entityId, shieldHash) : '',
  }
}

function valuesIn(search: URLSearchParams, initial: Typed): Typed {
  return Object.fromEntries(FIELDS.map((field) => [field, search.get(field) ?? initial[field] ?? '']))
}

async function shown(context: AppContext, actor: Actor, values: Typed) {
  const own = await readShield(context, shieldOfTicket(context, actor.entityId, values.image ?? ''))
  const report = await sampleOf(context, actor, values)
  return {
    values,
    image: own && shieldAddress(own),
    sample: report && {
      ...{ html: deeper(reportBody(report)), query: queryOf(values) },
      ...{ colour: report.look.colour, tint: report.look.tint, typeface: pageOf(report.look).css },
    },
  }
}

/** Below a heading of the third level; in what was made of escaped text only tags look like tags. */
const deeper = (html: string) =>
  html.replaceAll(/<(\/?)h([1-6])/g, (_, end, level) => `<${end}h${Math.min(6, Number(level) + 3)}`)

/** What the form says as the address of a sample. */
export function queryOf(values: Typed): string {
  return new URLSearchParams(
    FIELDS.flatMap((field) => (values[field] === undefined ? [] : [[field, values[field]]])),
  ).toString()
}

/** Made of the version that the address names, or of the fields it carries. */
export async function findSample(context: AppContext, actor: Actor, search: URLSearchParams): Promise<ReportData> {
  const id = search.get('version')
  if (id === null) {
    const report = await sampleOf(context, actor, Object.fromEntries(search))
    if (!report) throw notFound(context.requestId)
    return report
  }
  const version = await withActor(context.db, actor, (trx) => findTemplateVersion(trx, actor.entityId, id))
  if (!version) throw notFound(context.requestId)
  return await sampled(context, actor, version)
}

/** Null where what is typed is no look yet. */
async function sampleOf(context: AppContext, actor: Actor, typed: Typed): Promise<ReportData | null> {
  const parsed = templateContentInput.safeParse(typed)
  if (!parsed.success) return null
  const { shield, readabilityTarget: _, ...look } = parsed.data
  const shieldHash = shieldOfTicket(context, actor.entityId, typed.image ?? '')
  return await sampled(context, actor, { look, shield, shieldHash })
}

async function sampled(
  context: AppContext,
  actor: Actor,
  { look, shield, shieldHash }: Pick<TemplateContent, 'look' | 'shield' | 'shieldHash'>,
): Promise<ReportData> {
  const own = shield === 'own' ? shieldHash : null
  const hash = shield === 'entity' ? await withActor(context.db, actor, (trx) => entityShield(trx, actor)) : own
  const vigencia = Number(appToday().slice(0, 4))
  return sampleReport({ entity: actor.entity.name, vigencia, look, shield: await readShield(context, hash) })
}

const entityShield = async (trx: Trx, { entityId }: Actor) => (await findEntity(trx, entityId))?.shieldHash ?? null
