import { findNamed, type GrantAt, listEveryPoint, listGrantsAt, type PointOption } from '../../db/access-grounds.ts'
import { listHeadPositions, listLeadPositions } from '../../db/agency-heads.ts'
import { findRecordPage } from '../../db/capture-pages.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findEligibility } from '../../db/grants.ts'
import { listGrantsInForce } from '../../db/grants-in-force.ts'
import { scopeKey } from '../../domain/capture.ts'
import { CAPTURE_FORMS, type CaptureForm, GROUNDS, type Ground, isPending, standingOf } from '../../domain/grants.ts'
import { isId } from '../../domain/ids.ts'
import { GRANT_READERS, grantRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { notFound } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import { textIn } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { findPeopleNamed } from './people-named.server.ts'

/**
 * Why a person may or may not enter citizens' data at a point with a form (J2), from the address: `persona`, `punto`,
 * `formulario`, or those of a record the reader may see: `registro`. Everybody may ask about themselves; about others, whoever reads their accesses.
 */
export async function loadAccessGrounds(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const { entityId, personId: own } = actor
    const mayAskOfOthers = await asksOfOthers(trx, actor)
    const asked = search.get('persona')
    const id = isId(asked) ? asked : own
    const person = await findNamed(trx, entityId, id)
    if (!person || (id !== own && !mayAskOfOthers)) throw notFound(context.requestId)
    const points = await listEveryPoint(trx, entityId)
    const record = await recordAsked(trx, context, actor, search.get('registro'))
    const point = points.find((one) => one.id === (record?.pointId ?? search.get('punto')))
    const form = record?.form ?? CAPTURE_FORMS.find((one) => one === search.get('formulario'))
    const name = mayAskOfOthers ? textIn(search, 'nombre') : ''
    return {
      ...{ person, isSelf: id === own, mayAskOfOthers, name, ...(await findPeopleNamed(trx, entityId, name)) },
      record: record && { id: record.id, code: record.code },
      ...{ points, pointId: point?.id ?? '', form: form ?? ('' as const) },
      answer:
        point && form
          ? await answerFor(trx, context, actor, {
              personId: id,
              point,
              form,
              vigencia: record?.vigencia ?? thisYear(),
            })
          : null,
    }
  })
}

/** The place of a record this person sees; one they do not see is not there. */
async function recordAsked(trx: Trx, context: AppContext, actor: Actor, asked: string | null) {
  if (asked === null) return null
  const record = isId(asked) ? await findRecordPage(trx, permitted(actor), asked) : undefined
  if (!record) throw notFound(context.requestId)
  const { id, code, scope, form, vigencia } = record
  return { id, code, form, vigencia, pointId: scope.split(':')[0] }
}

const thisYear = () => Number(appToday().slice(0, 4))

async function asksOfOthers(trx: Trx, actor: Actor): Promise<boolean> {
  if (GRANT_READERS.includes(actor.position.duty)) return true
  const heads = await listHeadPositions(trx, actor.position.agencyId)
  return heads.some(({ id }) => id === actor.position.id)
}

interface Question {
  personId: string
  point: PointOption
  form: CaptureForm
  vigencia: number
}

async function answerFor(trx: Trx, context: AppContext, actor: Actor, { personId, point, form, vigencia }: Question) {
  const { entityId } = actor
  const [heads, leads] = [await listHeadPositions(trx, point.agencyId), await listLeadPositions(trx, entityId)]
  // Of somebody else at a point of another organismo: nothing that concerns this person.
  if (whyNot(permitted(actor), 'read', 'Grant', grantRow(entityId, heads, personId))) throw notFound(context.requestId)
  const today = appToday()
  const inForce = await listGrantsInForce(trx, personId)
  const asker = { entityId, personId, positionId: '', duty: '', scopes: inForce.map(({ scope }) => scope) }
  const scope = scopeKey({ pointId: point.id, form, vigencia })
  const against = whyNot(asker, 'capture', 'Record', { entityId, scope })
  const grants = await Promise.all(
    (await listGrantsAt(trx, { personId, pointId: point.id, form })).map((grant) => explained(trx, grant, today)),
  )
  const names = (positions: { name: string }[]) => positions.map((position) => position.name)
  return {
    letsIn: against === null,
    by: against === null ? (grants.find(({ code }) => inForce.some((one) => one.code === code)) ?? null) : null,
    grants,
    agencyName: point.agencyName,
    heads: names(heads),
    leads: names(leads),
  }
}

/** Each thing that has to hold, and whether it does; a request nobody has decided has only to be decided. */
async function explained(trx: Trx, grant: GrantAt, today: string) {
  const held = { ...standingOf(grant, today), ...(await findEligibility(trx, grant.id)) } as Record<Ground, boolean>
  const grounds = GROUNDS.map((ground) => ({ ground, holds: held[ground] }))
  return { ...grant, isPending: isPending(grant.status), grounds: grant.status === 'granted' ? grounds : [] }
}
