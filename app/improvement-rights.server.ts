import { appNow } from '../db/clock.ts'
import type { HeldAction } from '../db/improvement-entries.ts'
import {
  askedBy,
  objectionToChecker,
  objectionToChecking,
  objectionToDropping,
  objectionToReporting,
  objectionToVerifying,
} from '../domain/improvement.ts'
import { improvementRow } from '../domain/permission-rows.ts'
import { whyNot } from '../domain/permissions.ts'
import type { Objection } from '../domain/refusals.ts'
import { permitted } from './commands/permitted.server.ts'
import type { Actor } from './session.server.ts'

type Facts = Pick<HeldAction, 'status' | 'duty' | 'positionId' | 'checkerDuty' | 'checkOn' | 'hands'>

/** Why this person does not report on the action now; null when they may. The page asks too. */
export function reportObjection(actor: Actor, action: Facts): Objection | null {
  const row = improvementRow(actor.entityId, action)
  return whyNot(permitted(actor), 'report', 'Improvement', row) ?? objectionToReporting(action.status)
}

/** Why this person does not verify that it was carried out; null when they may. */
export function verifyObjection(actor: Actor, action: Facts): Objection | null {
  const row = improvementRow(actor.entityId, action)
  return (
    whyNot(permitted(actor), 'check', 'Improvement', row) ?? objectionToVerifying(action, action.hands, byOf(actor))
  )
}

/** Why this person does not decide whether it is given up; null when they may. */
export function dropObjection(actor: Actor, action: Facts): Objection | null {
  const row = improvementRow(actor.entityId, action)
  return whyNot(permitted(actor), 'check', 'Improvement', row) ?? objectionToDropping(action, action.hands, byOf(actor))
}

const byOf = ({ personId, position }: Actor) => ({
  ...{ personId, actingFor: position.actingFor?.personId ?? null, now: appNow() },
})

/** Why this person does not check its effect now; null when they may. */
export function checkObjection(actor: Actor, action: Facts): Objection | null {
  const row = improvementRow(actor.entityId, action)
  const barred = whyNot(permitted(actor), 'check', 'Improvement', row)
  return barred ?? objectionToChecking(action, action.hands, byOf(actor))
}

/** Why this person can write nothing of the action as it stands, whichever its form; null when they may. */
export function entryObjection(actor: Actor, action: Facts): Objection | null {
  const asked = askedBy(action.status)
  if (asked === 'carry_out' || asked === null) return reportObjection(actor, action)
  const row = improvementRow(actor.entityId, action)
  return whyNot(permitted(actor), 'check', 'Improvement', row) ?? objectionToChecker(action, action.hands, byOf(actor))
}
