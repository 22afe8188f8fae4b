import { formDefinition } from '../catalog/forms/index.ts'
import {
  type Answers,
  emptyAnswers,
  type FormDefinition,
  type LeftOver,
  type ReferenceOptions,
} from '../domain/forms.ts'
import type { SourceFact } from '../domain/gaps.ts'
import { prefill } from '../domain/prefill.ts'
import { type StepCode, type StepTemplate, stepTemplate } from '../domain/procedures.ts'
import type { ReadinessContext } from '../domain/readiness.ts'
import { optionsFrom, type StepAnswers } from '../domain/references.ts'
import { goneFigures, sectionDocs } from '../domain/report-rules.ts'
import type { Trx } from './client.ts'
import { type Attendance, findAttendance } from './coverage.ts'
import { findCycle, type LoadedCycle } from './cycles.ts'
import { listFormerFigures } from './former-figures.ts'
import { type NamedSnapshot, namedSnapshots } from './named-snapshots.ts'
import { findFigureGrounds } from './public-figures.ts'
import { basesOf } from './report-numbers.ts'
import { agencyChoices, dutyChoices, mapChoices, sourceFacts } from './step-choices.ts'
import { readCatalogue } from './variables.ts'
import { findDraftRelease, releaseInputHashes } from './waiting-drafts.ts'

export interface StepDraft {
  /** Moves with every save and every unfreezing; a form says which revision it was made from. */
  rev: number
  answers: Answers
  savedAt: Date
  savedBy: string | null
  /** What was typed in an earlier form and has no field in this one. */
  leftOver: LeftOver[]
}

export interface StepAttachment {
  id: string
  name: string
  sha256: string
  bytes: number
  addedBy: string
}

/** Everything a step's page, its checklist and its submission look at: one reading, one truth. */
export interface StepContext {
  cycle: LoadedCycle
  code: StepCode
  template: StepTemplate
  definition: FormDefinition
  draft: StepDraft
  /** What a draft nobody has saved starts from. */
  beginning: Answers
  /** Answers of the earlier steps as they stand approved. */
  upstream: StepAnswers
  options: ReferenceOptions
  readiness: ReadinessContext
  attachments: StepAttachment[]
  /** SHA-256 of everything the step rests on, sorted: attachments and release files, and the snapshots in use. */
  inputs: { files: string[]; snapshots: string[] }
}

/** Undefined when the cycle is not visible to this transaction or has no such step yet. */
export async function findStepContext(trx: Trx, cycleId: string, code: StepCode): Promise<StepContext | undefined> {
  const cycle = await findCycle(trx, cycleId)
  const stepId = cycle?.stepIds[code]
  if (!cycle || !stepId) return undefined
  const template = stepTemplate(cycle.version.procedure, code)
  const definition = formDefinition(code, cycle.formVersions[code])
  const upstream = await approvedAnswers(trx, cycle, code)
  const sources = await sourceFacts(trx, cycleId)
  const sourceChoices = sources.map(({ id, name }) => ({ code: id, label: name }))
  const catalogue = code === '2' ? await readCatalogue(trx, cycle.entityId, cycleId) : undefined
  const prefilled = prefill(code, upstream, {
    ...{ sources: sourceChoices, formVersion: definition.version },
    ...(catalogue && { variables: catalogue.used }),
  })
  const beginning = { ...emptyAnswers(definition), ...prefilled }
  const draft = await readDraft(trx, stepId, beginning)
  const agencies = await agencyChoices(trx, cycle.entityId)
  const attachments = await listAttachments(trx, stepId)
  const snapshots =
    code === '3' || code === '4' ? sources.flatMap((source) => (source.snapshotHash ? [source.snapshotHash] : [])) : []
  const released = code === '7' ? await releaseInputHashes(trx, cycleId) : []
  const counted = code === '6' ? await findAttendance(trx, cycleId) : undefined
  return {
    cycle,
    code,
    template,
    definition,
    draft,
    beginning,
    upstream,
    options: optionsFrom(
      { ...upstream, [code]: draft.answers },
      {
        ...{ sources: sourceChoices, agencies },
        ...(code === '4' && { maps: await mapChoices(trx, cycle.entityId, draft.answers) }),
        ...(code === '6' && { duties: await dutyChoices(trx, cycle.entityId) }),
      },
    ),
    readiness: {
      upstream,
      sources,
      agencies: agencies.map((agency) => agency.code),
      ...(catalogue && { catalogue: catalogue.definitions }),
      ...(code === '4' ? { columnTypes: typesIn(await namedSnapshots(trx, cycleId, snapshots)) } : {}),
      ...(code === '6' ? await figureFacts(trx, cycleId, draft.answers) : {}),
      ...(code === '6' ? { coverage: coverageState(counted, sources) } : {}),
      ...(code === '7' ? { release: await releaseState(trx, cycleId, draft.answers) } : {}),
    },
    attachments,
    inputs: {
      files: sortedSet([...attachments.map((file) => file.sha256), ...released, ...(counted ? [counted.sha256] : [])]),
      snapshots: sortedSet(snapshots),
    },
  }
}

/** What the report may cite and show now; former figures only where its draft shows one that is gone. */
async function figureFacts(
  trx: Trx,
  cycleId: string,
  answers: Answers,
): Promise<Pick<ReadinessContext, 'bases' | 'formerFigures'>> {
  const bases = basesOf(await findFigureGrounds(trx, cycleId))
  const showsGone = sectionDocs(answers).some(({ doc }) => goneFigures(doc, bases).length > 0)
  return { bases, ...(showsGone && { formerFigures: await listFormerFigures(trx, cycleId) }) }
}

/** Counts of attention can be printed while the source they are compared with is in use. */
function coverageState(counted: Attendance | undefined, sources: readonly SourceFact[]): 'absent' | 'unread' | 'ready' {
  if (!counted) return 'absent'
  return sources.some(({ id, snapshotReady }) => id === counted.sourceId && snapshotReady) ? 'ready' : 'unread'
}

/** By variable, how each of the snapshots that have it reads it. */
function typesIn(snapshots: readonly NamedSnapshot[]): Map<string, string[]> {
  const types = new Map<string, string[]>()
  for (const { types: own } of snapshots)
    for (const [code, type] of own) types.set(code, [...(types.get(code) ?? []), type])
  return types
}

function sortedSet(hashes: string[]): string[] {
  return [...new Set(hashes)].sort()
}

async function approvedAnswers(trx: Trx, cycle: LoadedCycle, code: StepCode): Promise<StepAnswers> {
  const rows = await trx
    .selectFrom('step')
    .innerJoin('step_version', 'step_version.id', 'step.version_id')
    .select(['step.code', 'step_version.answers'])
    .where('step.cycle_id', '=', cycle.state.id)
    .where('step.status', '=', 'approved')
    .where('step.code', '<', code)
    .execute()
  return Object.fromEntries(rows.map((row) => [row.code, row.answers as unknown as Answers]))
}

/** A draft nobody has touched starts from what the earlier steps already answered. */
async function readDraft(trx: Trx, stepId: string, beginning: Answers): Promise<StepDraft> {
  const row = await trx
    .selectFrom('step_draft')
    .select(['rev', 'answers', 'saved_at', 'saved_by', 'left_over'])
    .where('step_id', '=', stepId)
    .executeTakeFirst()
  const typed = (row?.answers ?? {}) as unknown as Answers
  const answers = row?.saved_by ? typed : beginning
  const leftOver = (row?.left_over ?? []) as unknown as LeftOver[]
  return {
    rev: row?.rev ?? 0,
    answers,
    savedAt: row?.saved_at ?? new Date(0),
    savedBy: row?.saved_by ?? null,
    leftOver,
  }
}

async function listAttachments(trx: Trx, stepId: string): Promise<StepAttachment[]> {
  const rows = await trx
    .selectFrom('attachment')
    .innerJoin('person', 'person.id', 'attachment.added_by')
    .select([
      'attachment.id',
      'attachment.name',
      'attachment.sha256',
      'attachment.bytes',
      'person.display_name as addedBy',
    ])
    .where('attachment.step_id', '=', stepId)
    .where('attachment.removed_at', 'is', null)
    .orderBy('attachment.added_at')
    .execute()
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }))
}

async function releaseState(trx: Trx, cycleId: string, answers: Answers): Promise<'absent' | 'stale' | 'ready'> {
  const release = await findDraftRelease(trx, cycleId, answers)
  return release ? (release.isCurrent ? 'ready' : 'stale') : 'absent'
}
