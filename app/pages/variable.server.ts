import { CATEGORY_NAMES } from '../../catalog/variables.ts'
import { type Trx, withActor } from '../../db/client.ts'
import type { CrosswalkRow } from '../../db/crosswalks.ts'
import { findEntity } from '../../db/entities.ts'
import { countedVigencias, listFollowed } from '../../db/series.ts'
import { findVariable, VARIABLE_STATES, type VariableFilters, type VariablePage } from '../../db/variables.ts'
import { DEFAULT_THRESHOLD } from '../../domain/disclosure.ts'
import { Refused } from '../../domain/refusals.ts'
import { breaksOf, type Exercise, oneOfEach, type SeriesBreak } from '../../domain/series.ts'
import { changesBetween, isBreak } from '../../domain/variable-definitions.ts'
import type { AppContext } from '../context.server.ts'
import { textIn } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { definitionFacts, STATE_VALUES, variablesText } from '../text/variables.ts'
import { variableObjections } from '../variable-rights.server.ts'
import { evolutionOf } from './evolution.server.ts'

/** Filters of the catalogue as its address carries them; what does not fit is left out. */
export function variableFilters(search: URLSearchParams): VariableFilters {
  const text = textIn(search, 'texto')
  const category = Object.keys(CATEGORY_NAMES).find((code) => code === search.get('categoria'))
  const state = VARIABLE_STATES.find((code) => STATE_VALUES[code] === search.get('estado'))
  return { ...(text && { text }), ...(category && { category }), ...(state && { state }) }
}

/** Everything the page of a variable shows. Throws `Refused('not_visible')` where the entity has none of that code. */
export async function loadVariable(context: AppContext, actor: Actor, code: string, chosen: string[]) {
  const { variable, followed, threshold, may } = await withActor(context.db, actor, (trx) => read(trx, actor, code))
  const compared = oneOfEach(followed, chosen)
  const last = variable.versions.at(-1) as VariablePage['versions'][number]
  const { definition, n, vigencia } = last
  return {
    ...{ code, name: definition.name, isSensitive: definition.sensitive },
    head: variablesText.head(code, variablesText.categoryOf(definition.category), n, vigencia),
    facts: definitionFacts(definition),
    versions: versionsOf(variable),
    scores: variable.scores,
    breaks: breaksOf(variable).map((found) => shownBreak(found, variable, may)),
    evolution: evolutionOf(definition.name, variable, countedVigencias(variable, compared), threshold),
    exercises: exercisesOf(followed, compared),
  }
}

async function read(trx: Trx, actor: Actor, code: string) {
  const variable = await findVariable(trx, actor.entityId, code)
  const last = variable?.versions.at(-1)
  if (!variable || !last) throw new Refused('not_visible')
  const entity = await findEntity(trx, actor.entityId)
  const may = await variableObjections(trx, actor, last.cycleId)
  return {
    variable,
    followed: await listFollowed(trx, variable),
    threshold: entity?.minimumCell ?? DEFAULT_THRESHOLD,
    may: { propose: may.propose === null, approve: may.approve === null, personId: actor.personId },
  }
}

/** The exercises of each vigencia with the one compared; none where there is nothing to choose. */
function exercisesOf(all: readonly Exercise[], compared: readonly Exercise[]) {
  if (all.length === compared.length) return []
  return compared.map(({ vigencia, cycleId }) => ({
    ...{ vigencia, chosen: cycleId },
    options: all.filter((one) => one.vigencia === vigencia).map((one) => ({ code: one.cycleId, label: one.cycleName })),
  }))
}

/** Newest first, each with what it changed. */
function versionsOf({ versions }: VariablePage) {
  return versions
    .map(({ n, vigencia, definition, reason, elaboratedBy, approvedBy, recordedAt }, i) => {
      const before = versions[i - 1]
      const changes = before ? changesBetween(before.definition, definition) : []
      return {
        ...{ n, vigencia, reason: before ? reason || variablesText.versions.noReason : '' },
        changes: before ? variablesText.changes(changes) : [variablesText.versions.first],
        breaks: before ? changes.some(isBreak) : null,
        who: variablesText.versions.who(elaboratedBy, approvedBy, recordedAt),
      }
    })
    .reverse()
}

interface May {
  propose: boolean
  approve: boolean
  personId: string
}

/** A break as the page shows it: what changed, whether it is bridged, and what this person may do about it. */
function shownBreak({ from, to, changes }: SeriesBreak, { crosswalks }: VariablePage, may: May) {
  const own = crosswalks.filter((one) => one.to === to)
  const standing = own.find(({ status }) => status !== 'returned')
  const returned = own.findLast(({ status }) => status === 'returned')
  return {
    ...{ from, to, changes: variablesText.changes(changes) },
    state: stateOf(standing, returned),
    isBridged: standing?.status === 'approved',
    link: linkOf(standing, may),
  }
}

function stateOf(standing: CrosswalkRow | undefined, returned: CrosswalkRow | undefined): string {
  const words = variablesText.breaks
  if (standing?.status === 'approved') return words.bridged(standing.decidedBy ?? '', standing.decidedAt ?? '')
  if (standing) return words.waiting(standing.proposedBy)
  return returned ? words.returned(returned.decidedBy ?? '', returned.observation) : words.open
}

function linkOf(standing: CrosswalkRow | undefined, may: May): string | null {
  const words = variablesText.breaks
  if (!standing) return may.propose ? words.propose : null
  const isTheirs = standing.status === 'proposed' && may.approve && standing.proposedById !== may.personId
  return isTheirs ? words.decide : words.see
}
