import type { AppLoadContext } from '@remix-run/node'
import { formChain, formDefinition } from '../../catalog/forms/index.ts'
import type { Trx } from '../../db/client.ts'
import { requireContent } from '../../db/disposal-pages.ts'
import { findStepContext, type StepContext } from '../../db/step-context.ts'
import { listOwnVerdicts } from '../../db/step-pages.ts'
import { findStepVersion, listStepVersions } from '../../db/step-versions.ts'
import { diffBlocks } from '../../documents/text-diff.ts'
import { flattenForReview } from '../../domain/form-review.ts'
import { type Answers, bringOver } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { notFound } from '../answer.server.ts'
import type { Actor } from '../session.server.ts'
import { requireStepHead } from './step-head.server.ts'

/** The draft, among versions named by their id. */
const DRAFT = 'borrador'

interface Asked {
  from: string | null
  to: string | null
}

/**
 * Two versions of a step side by side, block by block; without a choice, from what this person last signed or returned to
 * what stands now (experience 25, 28).
 */
export async function requireChangesPage(
  trx: Trx,
  actor: Actor,
  place: { cycleId: string; code: StepCode },
  asked: Asked,
  context: AppLoadContext,
) {
  const { cycleId, code } = place
  const head = await requireStepHead(trx, actor, cycleId, code, context)
  const step = await findStepContext(trx, cycleId, code)
  if (!step) throw notFound(context.requestId)
  await requireContent(trx, cycleId)
  const stepId = step.cycle.stepIds[code] ?? ''
  const versions = await listStepVersions(trx, stepId)
  const [reviewed] = await listOwnVerdicts(trx, stepId, actor.personId)
  const known = [...versions.map(({ id }) => id), DRAFT]
  const chosen = (id: string | null) => (id !== null && known.includes(id) ? id : null)
  const isOpen = head.status === 'in_progress' || head.status === 'returned'
  const to = chosen(asked.to) ?? (isOpen ? DRAFT : (versions[0]?.id ?? DRAFT))
  const from = chosen(asked.from) ?? reviewed ?? versions.find(({ id }) => id !== to)?.id ?? to
  const texts = await Promise.all([from, to].map((id) => versionText(trx, step, id)))
  const [before, after] = texts
  if (!before || !after) throw notFound(context.requestId)
  return {
    ...head,
    versions: versions.map(({ id, n, frozenAt, frozenBy }) => ({ id, n, frozenAt, frozenBy })),
    ...{ from, to, reviewed: reviewed ?? null, draft: DRAFT },
    changes: changesOf(step, before, after),
  }
}

/** What a step said: answers, and the version of the form they were typed in. */
interface Said {
  formVersion: number
  answers: Answers
}

async function versionText(trx: Trx, step: StepContext, id: string): Promise<Said | undefined> {
  if (id === DRAFT) return { formVersion: step.definition.version, answers: step.draft.answers }
  return await findStepVersion(trx, step.cycle.state.id, id)
}

/** Answers that differ, each with its blocks and whether it came, went or changed; both are read in the later form of the two. */
function changesOf({ code, options }: StepContext, before: Said, after: Said) {
  const form = Math.max(before.formVersion, after.formVersion)
  const linesOf = ({ formVersion, answers }: Said) =>
    flattenForReview(
      formDefinition(code, form),
      bringOver(formChain(code, formVersion, form), answers).answers,
      options,
    )
  const [old, now] = [linesOf(before), linesOf(after)]
  const gone = old.filter(({ key }) => !now.some((line) => line.key === key)).map((line) => ({ ...line, value: '' }))
  return [...now, ...gone].flatMap(({ key, group, label, value }) => {
    const was = old.find((line) => line.key === key)?.value ?? ''
    if (was === value) return []
    const kind = was === '' ? ('added' as const) : value === '' ? ('removed' as const) : ('changed' as const)
    return [{ key, group, label, kind, blocks: diffBlocks(was, value) }]
  })
}
