import { redirect } from '@remix-run/node'
import { type Trx, withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { loadMethodology } from '../../db/methodologies.ts'
import { listKinds } from '../../db/methodology-choices.ts'
import { findAssessment } from '../../db/risk-moves.ts'
import { listRatedControls } from '../../db/risk-standings.ts'
import type { HeldRisk } from '../../db/risks.ts'
import { readInput } from '../../domain/input-reading.ts'
import { type Kind, kindText } from '../../domain/methodology-choices.ts'
import { MoveInput } from '../../domain/methodology-inputs.ts'
import {
  type MoveTable,
  movedPlace,
  objectionToTarget,
  suggestedTable,
  undesigned,
} from '../../domain/methodology-moves.ts'
import { AXES, type Axis, type Methodology } from '../../domain/risk-methodology.ts'
import { type Place, placeAt, typologyOf } from '../../domain/risks.ts'
import { typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { moveRisk } from '../commands/move-risk.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { formatInstant } from '../text/format.ts'
import { inputErrors } from '../text/inputs.ts'
import { methodologyTitle } from '../text/methodologies.ts'
import { placeWords } from '../text/place-words.ts'
import { moveText as words } from '../text/risk-moves.ts'
import { requireRisk } from './risk-actions.server.ts'
import { heatMap, riskObjection } from './risks.server.ts'

/** Kinds a risk may move to today, that of its typology first. */
async function targetsFor(trx: Trx, actor: Actor, { assessment }: HeldRisk): Promise<Kind[]> {
  const kinds = (await listKinds(trx, actor.entityId)).filter((one) => objectionToTarget(assessment, one) === null)
  const isFirst = ({ typology }: Kind) => Number(typology.code === assessment.answers.typology)
  return kinds.sort((one, other) => isFirst(other) - isFirst(one))
}

export async function loadMove(context: AppContext, actor: Actor, code: string, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const risk = await requireRisk(trx, context, actor, code)
    const { assessment } = risk
    const targets = await targetsFor(trx, actor, risk)
    const to = targets.find((one) => kindText(one) === search.get('a')) ?? targets[0]
    return {
      ...{ code, formKey: newId(), read: assessment.contentHash, whyNot: riskObjection(actor) },
      targets: targets.map((one) => ({
        ...{ code: kindText(one), name: words.target(one.typology.name, methodologyTitle(one.methodology, one.key)) },
      })),
      target: to ? kindText(to) : '',
      move: to && {
        ...moveOf(assessment.methodology, to.methodology, assessment.inherent),
        ...{
          from: methodologyTitle(assessment.methodology, assessment.key),
          to: methodologyTitle(to.methodology, to.key),
        },
        undesigned: undesigned(to.methodology, await listRatedControls(trx, risk.id)).join(', '),
      },
    }
  })
}

/** The table that is proposed, level by level, and where the risk would stand with it. */
function moveOf(from: Methodology, to: Methodology, inherent: Place) {
  const table = suggestedTable(from, to)
  const tables = AXES.map((axis) => ({
    axis,
    levels: from[axis].map(({ name, percent }, i) => ({
      ...{ field: `${axis}-${i}`, name, percent, isCurrent: inherent[axis] === i, proposed: String(table[axis][i]) },
    })),
    options: to[axis].map(({ name, percent }, i) => ({ code: String(i), name, percent })),
  }))
  return { tables, before: placeWords(from, inherent), after: placeWords(to, movedPlace(to, inherent, table)) }
}

export async function actOnMove(context: AppContext, actor: Actor, code: string, form: FormData) {
  const typed = typedOf(form)
  const read = readInput(MoveInput, typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `traslado-${path}`),
      typed,
    )
  return await taken(actor, 'traslado', typed, async () => {
    await moveRisk(context, actor, code, { ...read.input, table: tableIn(typed) })
    return redirect(`/riesgos/${code}?hecho=trasladado`)
  })
}

/** The levels `probability-0`, `impact-0` and so on as they were typed; one nobody chose is none, and the table has a hole then. */
function tableIn(typed: Record<string, string>): MoveTable {
  const levels = (axis: Axis) => {
    const found: number[] = []
    for (let i = 0; typed[`${axis}-${i}`] !== undefined; i++)
      found.push(/^\d{1,2}$/.test(typed[`${axis}-${i}`] ?? '') ? Number(typed[`${axis}-${i}`]) : -1)
    return found
  }
  return { probability: levels('probability'), impact: levels('impact') }
}

/** An assessment as it was made: on the map of its version, with the table by which it came to it. */
export async function loadAssessment(context: AppContext, actor: Actor, code: string, number: string) {
  return await withActor(context.db, actor, async (trx) => {
    const risk = await requireRisk(trx, context, actor, code)
    const made = /^[1-9]\d{0,5}$/.test(number) ? await findAssessment(trx, risk.id, Number(number)) : undefined
    if (!made) throw notFound(context.requestId)
    const methodology = await loadMethodology(trx, actor.entityId, made.key)
    const place = placeAt(methodology, made.probability, made.impact)
    const { probability, impact } = made
    const { equivalences } = made
    const from = equivalences && (await loadMethodology(trx, actor.entityId, equivalences.from))
    return {
      ...{ code, n: made.n, description: made.description, reason: made.reason, position: made.position },
      at: formatInstant(made.assessedAt),
      methodology: methodologyTitle(methodology, made.key),
      typology: typologyOf(methodology, made.typology)?.name ?? made.typology,
      place: placeWords(methodology, place),
      map: heatMap(methodology, [{ place: 'inherent', probability, impact, risks: 1 }]),
      table:
        equivalences && from
          ? AXES.flatMap((axis) =>
              from[axis].map(({ name }, i) => ({
                axis,
                from: name,
                to: methodology[axis][equivalences[axis][i] ?? -1]?.name ?? '',
              })),
            )
          : [],
      from: equivalences && from ? methodologyTitle(from, equivalences.from) : '',
    }
  })
}
