import { conversionWords } from '../../catalog/open-data-words.ts'
import { NO_DATA } from '../../catalog/value-words.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { type CrosswalkRow, listWaitingCrosswalks } from '../../db/crosswalks.ts'
import { firstTheirs } from '../../db/pages.ts'
import { countedVigencias, listFollowed } from '../../db/series.ts'
import { findVariable } from '../../db/variables.ts'
import type { Conversion } from '../../domain/conversions.ts'
import { changesUnit, likelyPairs, objectionToDeciding, type Pair } from '../../domain/crosswalks.ts'
import { Refused } from '../../domain/refusals.ts'
import { changesBetween, isBreak, type VariableOption } from '../../domain/variable-definitions.ts'
import { handsOfActor } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { sentenceOf } from '../text/refusals.ts'
import { crosswalkText, variablesText } from '../text/variables.ts'
import { variableObjections } from '../variable-rights.server.ts'

/** One break and the table across it: to be proposed, to be decided, or as it was decided. Throws `Refused('not_visible')`. */
export async function loadCrosswalk(context: AppContext, actor: Actor, code: string, to: number) {
  const { variable, before, after, against, seen } = await withActor(context.db, actor, (trx) =>
    read(trx, actor, code, to),
  )
  const own = variable.crosswalks.filter((one) => one.to === to)
  const standing = own.find(({ status }) => status !== 'returned') ?? null
  const returned = own.findLast(({ status }) => status === 'returned')
  const changes = changesBetween(before.definition, after.definition)
  const breaking = changes.filter(isBreak)
  const old = before.definition.values.length > 0 ? before.definition.values : seen
  const sides = { before: before.definition, after: after.definition, old }
  const mayPropose = breaking.length > 0 && !standing && against.propose === null
  const decides =
    standing?.status === 'proposed' ? (against.approve ?? objectionToDeciding(standing, handsOfActor(actor))) : null
  return {
    ...{ code, name: after.definition.name, from: before.n, to },
    state: changesUnit(sides)
      ? crosswalkText.stateOfUnit(before.definition.unit, after.definition.unit)
      : crosswalkText.state(before.n, to),
    ...{ changes: variablesText.changes(breaking), reason: after.reason },
    refusal: breaking.length === 0 ? crosswalkText.noBreak : null,
    standing: standing && shownCrosswalk(standing, old, sides),
    returned: returned ? variablesText.breaks.returned(returned.decidedBy ?? '', returned.observation) : null,
    form: mayPropose ? formOf(sides) : null,
    mayDecide: standing?.status === 'proposed' && decides === null,
    whyNot: sentenceOf(standing ? decides : breaking.length > 0 ? against.propose : null, actor),
    asksPassword: !isProofRecent(actor),
  }
}

type Sides = Parameters<typeof likelyPairs>[0]

/** What is asked: value by value, or how the old unit is converted where there is no list and the unit changed. */
function formOf(sides: Sides) {
  const { before, after, old } = sides
  const units = changesUnit(sides) ? { before: before.unit, after: after.unit } : null
  return { old, now: after.values, likely: likelyPairs(sides), units }
}

async function read(trx: Trx, actor: Actor, code: string, to: number) {
  const variable = await findVariable(trx, actor.entityId, code)
  const [before, after] = [to - 1, to].map((n) => variable?.versions.find((version) => version.n === n))
  if (!variable || !before || !after) throw new Refused('not_visible')
  const earlier = (await listFollowed(trx, variable)).filter(({ n }) => n === before.n)
  // What the sources of the old version held, where it has no list of values.
  const values = countedVigencias(variable, earlier)
    .flatMap(({ counts }) => counts)
    .filter(({ label }) => label !== NO_DATA)
  return {
    ...{ variable, before, after },
    against: await variableObjections(trx, actor, after.cycleId),
    seen: [
      ...new Map(values.map((value) => [value.code, { code: value.code, label: value.label }])).values(),
    ] satisfies VariableOption[],
  }
}

function shownCrosswalk(row: CrosswalkRow, old: readonly VariableOption[], { before, after }: Sides) {
  const name = (options: readonly VariableOption[], code: string) =>
    options.find((option) => option.code === code)?.label ?? code
  return {
    ...{ id: row.id, note: row.note },
    conversion: row.conversion && conversionWords(row.conversion, before.unit, after.unit),
    lines: row.pairs.map(({ from, to }) => ({
      old: name(old, from),
      now: to.map((code) => name(after.values, code)).join(', ') || crosswalkText.noSuccessor,
    })),
    who: [
      crosswalkText.proposedBy(row.proposedBy, row.proposedAt),
      row.status !== 'proposed' && crosswalkText.decidedBy(row.status, row.decidedBy ?? '', row.decidedAt ?? ''),
    ]
      .filter(Boolean)
      .join(' '),
  }
}

/** The first tables this person may decide, oldest first: of their duty, and not their own. */
export async function waitingCrosswalks(trx: Trx, actor: Actor, limit: number) {
  const hands = handsOfActor(actor)
  return await firstTheirs(
    (cursor, most) => listWaitingCrosswalks(trx, actor.entityId, { cursor, limit: most }),
    async ({ proposedById, proposedForId, cycleId, ...waiting }) => {
      if (hands.some((hand) => hand === proposedById || hand === proposedForId)) return undefined
      const { approve } = await variableObjections(trx, actor, cycleId)
      return approve === null ? waiting : undefined
    },
    limit,
  )
}

/** The pairs as the form sends them: the old values it showed, each with the new ones marked for it. */
export function readPairs(form: FormData): Pair[] {
  return form.getAll('viejo').map((from, i) => ({
    from: String(from),
    to: form.getAll(`nuevo-${i}`).map(String),
  }))
}

/** The conversion as the form sends it; null where it asked for none. */
export function readConversion(form: FormData): Conversion | null {
  if (!form.has('antes')) return null
  const [before = '', after = '', offset = ''] = ['antes', 'ahora', 'suma'].map((name) =>
    String(form.get(name) ?? '').trim(),
  )
  return { before, after, offset: offset || '0' }
}
