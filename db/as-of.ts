/** Could P do A to R on a date, by which rule, access and act (I6, N8; decision 0052). */
import {
  ASKED_RIGHTS,
  type JudgedGrant,
  judgeThen,
  type PersonThen,
  type RightThen,
  whatIsAsked,
} from '../domain/as-of.ts'
import type { Moment } from '../domain/moments.ts'
import type { PermissionRules } from '../domain/permission-rules.ts'
import type { Action, Rows, Subject } from '../domain/permission-subjects.ts'
import { findBeginning, findTurning } from './acts-behind.ts'
import type { Trx } from './client.ts'
import { listJudgedGrants } from './grants-at.ts'
import { type AskedObject, findObjectAt, type ObjectThen } from './objects-at.ts'
import { findPersonAt } from './people-at.ts'
import { findRulesAt, type KeptRules } from './permission-rules.ts'

export interface AnswerThen {
  object: ObjectThen
  person: PersonThen
  rules: Omit<KeptRules, 'content'>
  /** The main right of the object first; none where it did not exist yet. */
  rights: RightThen[]
  /** Of a record: the person's accesses to its point, form and vigencia, as they stood. */
  grants: JudgedGrant[]
}

/** Undefined where the entity has no such object. Nothing of it depends on anything but the moment. */
export async function answerAsOf(
  trx: Trx,
  { entityId, personId }: { entityId: string; personId: string },
  asked: AskedObject,
  moment: Moment,
): Promise<AnswerThen | undefined> {
  const { content, ...rules } = await findRulesAt(trx, moment.stood)
  const object = await findObjectAt(trx, entityId, asked, moment, content.named)
  if (!object) return undefined
  const person = await findPersonAt(trx, { entityId, personId }, moment)
  const { scope } = object
  const grants = scope === null ? [] : await listJudgedGrants(trx, person, moment, scope)
  const scopes = grants.some(({ isInForce }) => isInForce) && scope !== null ? [scope] : []
  const rights = object.existed ? rightsOf(object, person, content, scopes) : []
  return { object, person, rules, rights, grants }
}

function rightsOf(
  { kind, row, subject }: ObjectThen,
  person: PersonThen,
  rules: PermissionRules,
  scopes: readonly string[],
): RightThen[] {
  return ASKED_RIGHTS[kind][1].map((action) => {
    const right = { action: action as Action<Subject>, subject: subject as Subject, row: row as Rows[Subject] }
    return { action, verdict: judgeThen(person, rules, { ...right, scopes }), asking: whatIsAsked(rules, right) }
  })
}

/** The act behind the main right: what gave the access, or made whoever held the position its holder or its substitute. */
export async function findActBehind(trx: Trx, entityId: string, { object, rights, grants }: AnswerThen) {
  const verdict = rights[0]?.verdict
  if (!verdict?.may) return undefined
  const inForce = grants.find(({ isInForce }) => isInForce)
  if (verdict.hold === 'scope' && inForce) return await findTurning(trx, entityId, inForce)
  if (verdict.hold === 'person' && object.id) return await findBeginning(trx, entityId, object.id)
  return await findBeginning(trx, entityId, verdict.by.actingFor?.absenceId ?? verdict.by.tenureId)
}
