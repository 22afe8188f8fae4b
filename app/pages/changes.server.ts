import type { AppLoadContext } from '@remix-run/node'
import type { Trx } from '../../db/client.ts'
import { findStepContext, type StepContext } from '../../db/step-context.ts'
import { listOwnVerdicts } from '../../db/step-pages.ts'
import { findStepVersion, listStepVersions } from '../../db/step-versions.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { notFound } from '../answer.server.ts'
import type { Actor } from '../session.server.ts'
import { requireStepHead } from './step-head.server.ts'
import { changesBetween, type Said } from './version-changes.server.ts'

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
    changes: changesBetween(step, before, after),
  }
}

async function versionText(trx: Trx, step: StepContext, id: string): Promise<Said | undefined> {
  if (id === DRAFT) return { formVersion: step.definition.version, answers: step.draft.answers }
  return await findStepVersion(trx, step.cycle.state.id, id)
}
