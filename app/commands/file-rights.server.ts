import { recordEvent } from '../../db/audit.ts'
import { lookupHash } from '../../db/citizen-keys.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { idOf } from '../../db/ids.ts'
import { followSecret } from '../../db/rights-secrets.ts'
import { type FiledRights, insertRights } from '../../db/rights-texts.ts'
import { entityCalendar } from '../../db/terms.ts'
import { normalizedDocument } from '../../domain/citizens.ts'
import { type InputError, readInput } from '../../domain/input-reading.ts'
import { rightsRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import { answerTerm } from '../../domain/rights.ts'
import { type RightsFiling, rightsFiling } from '../../domain/rights-inputs.ts'
import { tellRights } from '../../workflows/tellings.ts'
import type { AppContext } from '../context.server.ts'
import { recordRefusalOf } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { permitted } from './permitted.server.ts'

const SIGNAL_MS = 3_000

export interface Filed {
  ok: true
  id: string
  number: string
  code: string
  /** Given once: with the code it opens the request. */
  secret: string
  /** Civil date by which it is answered. */
  dueOn: string
}

/**
 * Keeps a citizen's request about their data with its event (Ley 1581 de 2012, arts. 14 and 15), sealed; its workflow reads it
 * at once, or when the courier tells it. `receiver`: who received it at a point of attention; null on the public form, where
 * nobody is signed in. The same form again is the same request.
 */
export async function fileRights(
  context: AppContext,
  receiver: Actor | null,
  typed: Record<string, string>,
): Promise<Filed | { ok: false; errors: InputError[] }> {
  const read = readInput(rightsFiling(typed), typed)
  if (!read.ok) {
    if (receiver) await recordRefusalOf(context, receiver, { objectId: receiver.entityId }, new Refused('rights_input'))
    return read
  }
  try {
    const filed = await keep(context, receiver, read.input)
    await tellRights(context.temporal, { entityId: read.input.entityId, requestId: filed.id }, SIGNAL_MS).catch(() => {
      // The courier tells it: the wish stands in the row.
    })
    return filed
  } catch (failure) {
    if (receiver && failure instanceof Refused)
      await recordRefusalOf(context, receiver, { objectId: receiver.entityId }, failure)
    throw failure
  }
}

async function keep(context: AppContext, receiver: Actor | null, filing: RightsFiling): Promise<Filed> {
  const { entityId } = filing
  const work = (trx: Trx) => keepOnce(trx, context, receiver, filing)
  return await (receiver ? withActor(context.db, receiver, work) : withEntity(context.db, entityId, work))
}

async function keepOnce(trx: Trx, context: AppContext, receiver: Actor | null, filing: RightsFiling): Promise<Filed> {
  const { entityId, formKey } = filing
  if (receiver) refuseIf(whyNot(permitted(receiver), 'receive', 'Rights', rightsRow(entityId, [], null)))
  const id = idOf('rights', entityId, formKey)
  const secret = context.config.APP_SECRET
  const document = normalizedDocument({
    type: filing.content.holderDocumentType,
    number: filing.content.holderDocument,
  })
  const hash = document && lookupHash(secret, entityId, document)
  const receivedBy = receiver && { personId: receiver.personId, positionId: receiver.position.id }
  const filed = await insertRights(trx, { secret, entityId }, { id, filing, receivedBy, lookupHash: hash })
  if (filed.isNew) await recordFiling(trx, context, entityId, filed, receivedBy)
  const { dueDate } = answerTerm(filing.aim, filed.filedOn, await entityCalendar(trx, entityId))
  return {
    ok: true,
    id,
    number: filed.number,
    code: filed.code,
    secret: followSecret({ secret, entityId }, id),
    dueOn: dueDate,
  }
}

async function recordFiling(
  trx: Trx,
  context: AppContext,
  entityId: string,
  filed: FiledRights,
  by: { personId: string; positionId: string } | null,
): Promise<void> {
  await recordEvent(trx, {
    ...{ entityId, type: 'rights.filed', objectId: filed.id, origin: 'web', requestId: context.requestId },
    ...{ actorPerson: by?.personId ?? null, actorPosition: by?.positionId ?? null, purposeCode: 'citizen_request' },
    changes: [{ field: 'code', before: null, after: filed.number }],
  })
}
