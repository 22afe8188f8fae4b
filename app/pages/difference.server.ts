import { redirect } from '@remix-run/node'
import { findLastRun } from '../../db/check-pages.ts'
import { withActor } from '../../db/client.ts'
import { findExplained } from '../../db/difference-explanations.ts'
import { newId } from '../../db/ids.ts'
import { foundOf, isExplained, rowsToExplain } from '../../domain/controls.ts'
import { ExplanationInput } from '../../domain/difference-inputs.ts'
import { readInput } from '../../domain/input-reading.ts'
import { typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { explainDifference } from '../commands/explain-difference.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { controlAddress } from '../text/automatic-checks.ts'
import { inputErrors } from '../text/inputs.ts'
import { checkObjection, requireControl } from './checks.server.ts'

/** The rows of one difference that the last run found, or who explained it; neither where a later run finds it no longer. */
export async function loadDifference(context: AppContext, actor: Actor, address: string, difference: string) {
  const control = requireControl(context, address)
  if (!isExplained(control)) throw notFound(context.requestId)
  return await withActor(context.db, actor, async (trx) => {
    const explained = (await findExplained(trx, actor.entityId, control, difference)) ?? null
    const last = await findLastRun(trx, actor.entityId, control)
    const violations = explained?.violations ?? rowsToExplain(control, last?.violations ?? [], difference)
    const found = explained?.found ?? foundOf(violations)
    const mayExplain = !explained && violations.length > 0
    return {
      control,
      difference,
      violations,
      found,
      explained,
      formKey: newId(),
      mayExplain,
      whyNot: checkObjection(actor),
    }
  })
}

export async function actOnDifference(context: AppContext, actor: Actor, address: string, form: FormData) {
  const control = requireControl(context, address)
  const typed = typedOf(form)
  const read = readInput(ExplanationInput, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `explicar-${path}`),
      typed,
    )
  return await taken(actor, 'explicar', typed, async () => {
    await explainDifference(context, actor, control, read.input)
    return redirect(`${controlAddress(control)}?hecho=explicado`)
  })
}
