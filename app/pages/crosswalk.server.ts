import path from 'node:path'
import { NO_DATA } from '../../catalog/value-words.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { type CrosswalkRow, listWaitingCrosswalks, type WaitingCrosswalk } from '../../db/crosswalks.ts'
import { findEntity } from '../../db/entities.ts'
import { emitSeries } from '../../db/series.ts'
import { findVariable, listExercises, listVigenciaGrounds } from '../../db/variables.ts'
import { likelyPairs, objectionToDeciding, type Pair } from '../../domain/crosswalks.ts'
import { DEFAULT_THRESHOLD } from '../../domain/disclosure.ts'
import { Refused } from '../../domain/refusals.ts'
import { changesBetween, isBreak, type VariableOption } from '../../domain/variable-definitions.ts'
import type { AppContext } from '../context.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { sentenceOf } from '../text/refusals.ts'
import { crosswalkText, variablesText } from '../text/variables.ts'
import { variableObjections } from '../variable-rights.server.ts'

/** One break and the table across it: to be proposed, to be decided, or as it was decided. Throws `Refused('not_visible')`. */
export async function loadCrosswalk(context: AppContext, actor: Actor, code: string, to: number) {
  const { variable, before, after, against, grounds, threshold } = await withActor(context.db, actor, (trx) =>
    read(trx, actor, code, to),
  )
  const own = variable.crosswalks.filter((one) => one.to === to)
  const standing = own.find(({ status }) => status !== 'returned') ?? null
  const returned = own.findLast(({ status }) => status === 'returned')
  const changes = changesBetween(before.definition, after.definition)
  const breaking = changes.filter(isBreak)
  const old = before.definition.values.length > 0 ? before.definition.values : await seenValues()
  const sides = { before: before.definition, after: after.definition, old }
  const mayPropose = breaking.length > 0 && !standing && against.propose === null
  const decides =
    standing?.status === 'proposed' ? (against.approve ?? objectionToDeciding(standing, actor.personId)) : null
  return {
    ...{ code, name: after.definition.name, from: before.n, to },
    changes: variablesText.changes(breaking),
    refusal: breaking.length === 0 ? crosswalkText.noBreak : null,
    standing: standing && shownCrosswalk(standing, old, after.definition.values),
    returned: returned ? variablesText.breaks.returned(returned.decidedBy ?? '', returned.observation) : null,
    form: mayPropose ? { old, now: after.definition.values, likely: likelyPairs(sides) } : null,
    mayDecide: standing?.status === 'proposed' && decides === null,
    whyNot: sentenceOf(standing ? decides : breaking.length > 0 ? against.propose : null),
    asksPassword: !isProofRecent(actor),
  }

  /** What the sources of the old version held, where it has no list of values. */
  async function seenValues(): Promise<VariableOption[]> {
    const dataDir = path.resolve(context.config.DATA_DIR)
    const counted = await emitSeries({ dataDir, code, threshold }, variable, grounds)
    const values = counted.flatMap(({ counts }) => counts).filter(({ label }) => label !== NO_DATA)
    return [...new Map(values.map((value) => [value.code, { code: value.code, label: value.label }])).values()]
  }
}

async function read(trx: Trx, actor: Actor, code: string, to: number) {
  const variable = await findVariable(trx, actor.entityId, code)
  const [before, after] = [to - 1, to].map((n) => variable?.versions.find((version) => version.n === n))
  if (!variable || !before || !after) throw new Refused('not_visible')
  const earlier = (await listExercises(trx, variable.id)).filter(({ n }) => n === before.n)
  return {
    ...{ variable, before, after },
    against: await variableObjections(trx, actor, after.cycleId),
    grounds: await listVigenciaGrounds(trx, earlier, code),
    threshold: (await findEntity(trx, actor.entityId))?.minimumCell ?? DEFAULT_THRESHOLD,
  }
}

function shownCrosswalk(row: CrosswalkRow, old: readonly VariableOption[], now: readonly VariableOption[]) {
  const name = (options: readonly VariableOption[], code: string) =>
    options.find((option) => option.code === code)?.label ?? code
  return {
    ...{ id: row.id, note: row.note },
    lines: row.pairs.map(({ from, to }) => ({
      old: name(old, from),
      now: to.map((code) => name(now, code)).join(', ') || crosswalkText.noSuccessor,
    })),
    who: [
      crosswalkText.proposedBy(row.proposedBy, row.proposedAt),
      row.status !== 'proposed' && crosswalkText.decidedBy(row.status, row.decidedBy ?? '', row.decidedAt ?? ''),
    ]
      .filter(Boolean)
      .join(' '),
  }
}

/** The tables this person may decide, oldest first: of their duty, and not their own. */
export async function waitingCrosswalks(trx: Trx, actor: Actor) {
  const theirs: Omit<WaitingCrosswalk, 'proposedById' | 'cycleId'>[] = []
  for (const { proposedById, cycleId, ...waiting } of await listWaitingCrosswalks(trx, actor.entityId)) {
    if (proposedById === actor.personId) continue
    const { approve } = await variableObjections(trx, actor, cycleId)
    if (approve === null) theirs.push(waiting)
  }
  return theirs
}

/** The pairs as the form sends them: the old values it showed, each with the new ones marked for it. */
export function readPairs(form: FormData): Pair[] {
  return form.getAll('viejo').map((from, i) => ({
    from: String(from),
    to: form.getAll(`nuevo-${i}`).map(String),
  }))
}
