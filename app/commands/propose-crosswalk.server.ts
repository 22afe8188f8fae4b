import type { Trx } from '../../db/client.ts'
import { insertCrosswalk } from '../../db/crosswalks.ts'
import { findVariable, type VariablePage, type VersionRow } from '../../db/variables.ts'
import type { Conversion } from '../../domain/conversions.ts'
import { type CrosswalkProblem, changesUnit, crosswalkProblems, type Pair } from '../../domain/crosswalks.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { tellDeciders } from '../crosswalk-notice.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { requireVariableRight, variableRights } from '../variable-rights.server.ts'

export interface CrosswalkToPropose {
  code: string
  /** The older of the two versions. */
  from: number
  pairs: Pair[]
  /** Asked where a unit changed; what comes where it did not is left out. */
  conversion: Conversion | null
  note: string
}

export type Proposed = { proposed: true } | { problems: CrosswalkProblem[] }

/** Proposes how the values of a version, or its unit, correspond with those of the next one; another person decides (N11). */
export async function proposeCrosswalk(
  context: AppContext,
  actor: Actor,
  { code, from, pairs, note, ...typed }: CrosswalkToPropose,
): Promise<Proposed> {
  return await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx, by) => {
    const { id: variableId, before, after } = await requireVersions(trx, actor, code, from)
    const sides = { before: before.definition, after: after.definition, old: oldValues(before, pairs) }
    const conversion = changesUnit(sides) ? typed.conversion : null
    const problems = crosswalkProblems(sides, { pairs, conversion, note })
    if (problems.length > 0) return { problems }
    const { cycleId } = after
    const proposal = { variableId, cycleId, from, pairs, conversion, note: note.trim() }
    const crosswalkId = await insertCrosswalk(trx, by, proposal)
    const page = `/variables/${code}/correspondencia/${after.n}`
    await tellDeciders(trx, context, by, { crosswalkId, page, row: await variableRights(trx, cycleId) })
    return { proposed: true }
  })
}

/** Where the old version has no list, the old values are those the sources held: whichever were named. */
const oldValues = ({ definition }: VersionRow, pairs: readonly Pair[]) =>
  definition.values.length > 0 ? definition.values : pairs.map(({ from }) => ({ code: from, label: from }))

async function requireVersions(
  trx: Trx,
  actor: Actor,
  code: string,
  from: number,
): Promise<VariablePage & { before: VersionRow; after: VersionRow }> {
  const variable = await findVariable(trx, actor.entityId, code)
  const [before, after] = [from, from + 1].map((n) => variable?.versions.find((version) => version.n === n))
  if (!variable || !before || !after) throw new Refused('not_visible')
  await requireVariableRight(trx, actor, after.cycleId, 'propose')
  return { ...variable, before, after }
}
