import type { Trx } from '../../db/client.ts'
import { findLastDress } from '../../db/report-looks.ts'
import {
  findChosenVersion,
  findDefaultVersion,
  listTemplateVersions,
  type TemplateVersion,
} from '../../db/report-templates.ts'
import type { StepContext } from '../../db/step-context.ts'
import { objectionToEditing } from '../../domain/decisions.ts'
import { areasOf } from '../../domain/permissions.ts'
import type { Actor } from '../session.server.ts'

/** What the report is printed with, and what whoever elaborates it may choose instead. */
export async function findTemplateChoice(trx: Trx, actor: Actor, { cycle }: StepContext, mayChoose: boolean) {
  const { entityId } = actor
  const chosen = await findChosenVersion(trx, entityId, cycle.state.id)
  // While it is written, also once it was sent before, it goes with what is chosen.
  const isWritten = objectionToEditing(cycle.state, '6') === null
  const last = isWritten ? undefined : await findLastDress(trx, cycle.state.id)
  const offered = mayChoose ? (await listTemplateVersions(trx, entityId)).filter((one) => !one.isRetired) : []
  return {
    mayChoose,
    mayManage: areasOf(actor.position.duty).includes('administration'),
    ofEntity: labelled(await findDefaultVersion(trx, entityId)),
    chosen: labelled(chosen),
    frozen: last && { template: last.template },
    versions: (chosen && !offered.some(({ id }) => id === chosen.id) && mayChoose ? [chosen, ...offered] : offered).map(
      ({ id, name, n }) => ({ id, name, n }),
    ),
  }
}

const labelled = (version: TemplateVersion | undefined) =>
  version ? { id: version.id, name: version.name, n: version.n } : null
