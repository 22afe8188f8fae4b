import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { procedureKey } from '../catalog/index.ts'
import { VARIABLES_VERSION } from '../catalog/variables.ts'
import { renderSnapshot } from '../documents/snapshot.ts'
import { stepOf } from '../domain/cycle-state.ts'
import { activeAnswers, flattenForReview } from '../domain/forms.ts'
import { type FrozenContent, normalizedAnswers } from '../domain/frozen-content.ts'
import type { StepCode } from '../domain/procedures.ts'
import type { Trx } from './client.ts'
import { idOf } from './ids.ts'
import { findDress } from './report-looks.ts'
import type { StepContext } from './step-context.ts'

export interface FrozenVersion {
  id: string
  hash: string
  builtOn: Partial<Record<StepCode, string>>
  authors: string[]
}

/** A draft as it would be frozen now. The same revision with the same content is the same version, however often it is sent. */
export interface Freezable {
  id: string
  hash: string
  canonical: string
  content: FrozenContent
}

/** The draft as it would be frozen now: the same content under the same revision has the same id. */
export function freezable(context: StepContext): Freezable {
  const { cycle, code, draft } = context
  const content = frozenContent(context)
  const canonical = canonicalize(content) ?? ''
  const hash = createHash('sha256').update(canonical).digest('hex')
  return { id: idOf('step_version', cycle.attemptIds[code] ?? '', draft.rev, hash), hash, canonical, content }
}

/**
 * Freezes the draft as the next version of its step, in the transaction that stores the submission (model.md §2):
 * content, SHA-256 over its RFC 8785 form, rendered snapshot, everyone who elaborated it.
 */
export async function freezeVersion(trx: Trx, context: StepContext, personId: string): Promise<FrozenVersion> {
  const { cycle, code, draft, definition } = context
  const stepId = cycle.stepIds[code] ?? ''
  const { id, hash, canonical, content } = freezable(context)
  const authors = [...new Set([...stepOf(cycle.state, code).authors, personId])]
  const last = await trx
    .selectFrom('step_version')
    .select(({ fn }) => fn.max('n').as('n'))
    .where('step_id', '=', stepId)
    .executeTakeFirst()
  await trx
    .insertInto('step_version')
    .values({
      id,
      entity_id: cycle.entityId,
      cycle_id: cycle.state.id,
      step_id: stepId,
      step_code: code,
      attempt_id: cycle.attemptIds[code] ?? '',
      n: (last?.n ?? 0) + 1,
      form_version: definition.version,
      answers: JSON.stringify(draft.answers),
      canonical,
      hash,
      snapshot_html: await snapshotOf(trx, context),
      built_on: JSON.stringify(content.builtOn),
      input_hashes: JSON.stringify([...content.files, ...content.snapshots]),
      authors: JSON.stringify(authors),
      frozen_by: personId,
      look: code === '6' ? JSON.stringify(await findDress(trx, cycle.entityId, cycle.state.id)) : null,
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .execute()
  return { id, hash, builtOn: content.builtOn, authors }
}

export function frozenContent(context: StepContext): FrozenContent {
  const { cycle, code, template, definition, draft } = context
  return {
    schema: 1,
    entity: cycle.entityId,
    cycle: cycle.state.id,
    step: code,
    procedure: procedureKey(cycle.version.procedure),
    procedureHash: cycle.version.contentHash,
    form: definition.version,
    answers: normalizedAnswers(definition, activeAnswers(definition, draft.answers)),
    variables: VARIABLES_VERSION,
    ...context.inputs,
    builtOn: Object.fromEntries(
      template.buildsOn.map((ground) => [ground, stepOf(cycle.state, ground).version?.hash ?? '']),
    ),
  }
}

async function snapshotOf(trx: Trx, context: StepContext): Promise<string> {
  const { cycle, template, definition, draft, options, attachments } = context
  const names = await trx
    .selectFrom('cycle')
    .innerJoin('entity', 'entity.id', 'cycle.entity_id')
    .select(['cycle.name as cycle', 'entity.name as entity'])
    .where('cycle.id', '=', cycle.state.id)
    .executeTakeFirstOrThrow()
  const { code, version } = cycle.version.procedure
  const head = { ...names, step: `Paso ${template.code}. ${template.title}`, procedure: `${code} v${version}` }
  return renderSnapshot(head, flattenForReview(definition, draft.answers, options), attachments)
}
