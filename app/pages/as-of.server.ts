import { findNamed } from '../../db/access-grounds.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { ASKED_KINDS, type AskedKind } from '../../domain/as-of.ts'
import { isId } from '../../domain/ids.ts'
import { lastingTime, momentOf } from '../../domain/moments.ts'
import { AREAS } from '../../domain/permission-subjects.ts'
import { askAsOf } from '../commands/ask-as-of.server.ts'
import { requireAuditor } from '../commands/consult-trail.server.ts'
import type { AppContext } from '../context.server.ts'
import { textIn } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { asOfText, momentFaults, saidAsOf } from '../text/as-of.ts'
import { eventSentence } from '../text/events.ts'
import { findPeopleNamed } from './people-named.server.ts'

/** What was typed, as the address carries it. */
export interface AsOfFields {
  persona: string
  nombre: string
  objeto: string
  codigo: string
  paso: string
  fecha: string
  hora: string
  conocido: string
}
type AsOfFaults = Partial<Record<keyof AsOfFields, string>>

const UNANSWERED = { answer: null, knownThen: null, link: null, cycleLink: null }

/** Could somebody do something on a past date: the question from the address, and its answer where it can be given. */
export async function loadAsOf(context: AppContext, actor: Actor, search: URLSearchParams) {
  requireAuditor(actor)
  const typed = fieldsOf(search)
  const isAsked = [...search.keys()].some((name) => name in typed)
  if (!isAsked) return { fields: typed, faults: {}, people: [], more: false, ...UNANSWERED }
  const faults: AsOfFaults = {}
  const { people, more, person } = await personAsked(context, actor, typed)
  const fields = { ...typed, persona: person?.id ?? '', nombre: person?.name ?? typed.nombre }
  if (!person && people.length === 0) faults.nombre = fields.nombre ? asOfText.unknownPerson : asOfText.noPerson
  const object = objectAsked(fields)
  if ('fault' in object) faults[object.field] = object.fault
  const moment = momentOf({ date: fields.fecha, time: fields.hora, known: fields.conocido }, appNow())
  if ('fault' in moment) Object.assign(faults, momentFaults(moment.fault))
  const page = { fields, faults, people, more, ...UNANSWERED }
  if (!person || 'fault' in object || 'fault' in moment) return page
  const found = await askAsOf(context, actor, { personId: person.id, object, moment })
  if (!found) return { ...page, faults: { codigo: asOfText.unknownObject[object.kind] } }
  const names = actor.entity.dutyNames
  const shown = (one: typeof found.answer) => ({
    ...saidAsOf(one, { person: person.name, moment, names }),
    act: one.act && { id: one.act.id, sentence: eventSentence(one.act) },
  })
  const hora = fields.hora || lastingTime(moment)
  // Who it is, and not what they are called today: a name may change.
  const kept = { ...fields, nombre: '', hora, conocido: moment.known }
  const { cycleId } = found.answer.object
  return {
    ...page,
    answer: shown(found.answer),
    knownThen: found.knownThen && shown(found.knownThen),
    link: `/auditoria/a-la-fecha?${addressOf(kept)}`,
    cycleLink: cycleId && `/auditoria/a-la-fecha/ejercicios/${cycleId}?${addressOf({ fecha: moment.day, hora })}`,
  }
}

function addressOf(fields: object): URLSearchParams {
  return new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ''))
}

function fieldsOf(search: URLSearchParams): AsOfFields {
  const of = (name: string) => textIn(search, name)
  return {
    ...{ persona: of('persona'), nombre: of('nombre'), objeto: of('objeto'), codigo: of('codigo'), paso: of('paso') },
    ...{ fecha: of('fecha'), hora: of('hora'), conocido: of('conocido') },
  }
}

/** Who was chosen, while the name is still theirs; otherwise whoever alone is called so, or whom the name may mean. */
async function personAsked(context: AppContext, actor: Actor, { persona, nombre }: AsOfFields) {
  const { entityId } = actor
  return await withActor(context.db, actor, async (trx: Trx) => {
    const chosen = isId(persona) ? await findNamed(trx, entityId, persona) : undefined
    if (chosen && (nombre === '' || nombre === chosen.name)) return { person: chosen, people: [], more: false }
    const found = await findPeopleNamed(trx, entityId, nombre)
    const [only, ...others] = found.people
    return only && others.length === 0 ? { person: only, people: [], more: false } : { person: undefined, ...found }
  })
}

type ObjectAsked =
  | { kind: AskedKind; code: string; stepCode: string }
  | { field: 'objeto' | 'codigo' | 'paso'; fault: string }

/** An area is chosen in the list itself: `area-audit`. */
function objectAsked({ objeto, codigo, paso }: AsOfFields): ObjectAsked {
  const area = AREAS.find((one) => objeto === `area-${one}`)
  if (area) return { kind: 'area', code: area, stepCode: '' }
  const kind = ASKED_KINDS.find((one) => one === objeto)
  if (!kind || kind === 'area') return { field: 'objeto', fault: asOfText.noObject }
  if (codigo === '') return { field: 'codigo', fault: asOfText.noCode }
  if (kind === 'step' && paso === '') return { field: 'paso', fault: asOfText.noStep }
  // Codes are capitals; the radicado of a cycle is as the entity wrote it.
  const isCode = kind === 'risk' || kind === 'grant' || kind === 'record'
  return { kind, code: isCode ? codigo.toUpperCase() : codigo, stepCode: paso }
}
