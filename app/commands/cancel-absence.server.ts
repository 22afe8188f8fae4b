import { findAbsence } from '../../db/absence-pages.ts'
import { cancelAbsence as cancel } from '../../db/absences.ts'
import { absenceRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { objection, Refused, refuseIf } from '../../domain/refusals.ts'
import { objectionToCancelling } from '../../domain/substitutions.ts'
import { tellOfAbsence } from '../absence-notice.server.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

/** Ends an absence before its last day: from the next request on nobody acts for the person in that position. */
export async function cancelAbsence(context: AppContext, actor: Actor, id: string): Promise<void> {
  await recordingRefusals(context, actor, { objectId: id }, async (trx, by) => {
    const absence = await findAbsence(trx, actor.entityId, id)
    if (!absence) throw new Refused('not_visible')
    const substitutes = absence.substitutes.map(({ personId }) => personId)
    const row = absenceRow(actor.entityId, absence.personId, substitutes)
    refuseIf(whyNot(permitted(actor), 'read', 'Absence', row))
    refuseIf(whyNot(permitted(actor), 'cancel', 'Absence', row))
    refuseIf(objectionToCancelling(absence.state))
    if (!(await cancel(trx, by, id))) refuseIf(objection('absence_over'))
    await tellOfAbsence(trx, context, actor, absence, 'cancelled')
  })
}
