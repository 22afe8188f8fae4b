/** Who may: positive CASL rules over rows, and beside them the reason why not (model.md §8). Loaders, commands, SQL and screens ask here. */

import { AbilityBuilder, createMongoAbility, type MongoAbility, subject as tagged } from '@casl/ability'
import {
  type Action,
  AREAS,
  type Area,
  GRANT_READERS,
  OVERSEERS,
  type Rows,
  STARTERS,
  type Subject,
} from './permission-rows.ts'
import { type Objection, objection, type RefusalCode } from './refusals.ts'
import { type SubstitutionScope, tasksWithin } from './substitutions.ts'

/** What a decision about rights needs of whoever asks: the position they act in, never an account. */
export interface Permitted {
  entityId: string
  personId: string
  positionId: string
  duty: string
  /** What their delegated accesses in force let them enter and read (`scopeKey`); none where it is absent. */
  scopes?: readonly string[]
  /** How far they act for somebody who is absent; absent in a position of their own. */
  reach?: SubstitutionScope | null
}

const ADMINISTRATORS = ['administracion']
/** Who defines connections, looks through them and has sources fetched (MM-GAC-P-008, actividad 3: Oficina TIC). */
const CONNECTION_KEEPERS = ['profesional_tic', 'direccion_tic']
/** Who brings the maps of the divisions along: whoever keeps the data (MM-GAC-P-008, actividad 3: Oficina TIC), and the administration. */
const MAP_KEEPERS = ['profesional_tic', 'direccion_tic', ...ADMINISTRATORS]

/** Who writes findings: the third line (MIPG, dimensión 7; Ley 87 de 1993). */

interface Condition {
  columns: Record<string, string | { $in: readonly string[] }>
  duties?: string[]
  /** Column with the duties to ask instead, where the condition's own holds more than duties; null where none says. */
  asks?: string | null
  otherwise: RefusalCode
}

/**
 * The one table of rules: conditions on columns in the order a refusal names them, and duties that may at all.
 * A column condition holds when the row's value equals it (`$in`: one of them) or, for a list, contains it.
 */
function rulesFor(actor: Permitted): { [S in Subject]: Record<Action<S>, Condition[]> } {
  const { entityId, duty, positionId, personId, scopes = [] } = actor
  const here: Condition = { columns: { entityId }, otherwise: 'not_visible' }
  const among = (column: string): Condition => ({ columns: { [column]: duty }, otherwise: 'not_in_charge' })
  const heads: Condition = { columns: { heads: positionId }, asks: 'headNames', otherwise: 'not_in_charge' }
  const only = (duties: string[], otherwise: RefusalCode): Condition => ({ columns: {}, duties, otherwise })
  const within = (otherwise: RefusalCode): Condition => ({ columns: { scope: { $in: scopes } }, asks: null, otherwise })
  const kinds = actor.reach ? tasksWithin(actor.reach) : null
  const reached: Condition[] = kinds ? [{ columns: { kind: { $in: kinds } }, otherwise: 'beyond_substitution' }] : []
  return {
    Area: { enter: [{ columns: {}, otherwise: 'area_closed' }] },
    Cycle: { read: [here], start: [here, only(STARTERS, 'not_in_charge')], cancel: [here, among('cancelDuties')] },
    Step: {
      read: [here],
      edit: [here, among('authorDuties')],
      submit: [here, among('authorDuties')],
      decide: [here, among('deciderDuties')],
      comment: [here],
      ask_reopen: [here, among('askerDuties')],
      reopen: [here, among('reopenerDuties')],
    },
    Section: {
      write: [
        here,
        { columns: { writers: { $in: [duty, positionId] } }, asks: 'authorDuties', otherwise: 'not_in_charge' },
      ],
      propose: [
        here,
        { columns: { proposers: { $in: [duty, positionId] } }, asks: 'proposerDuties', otherwise: 'not_in_charge' },
      ],
    },
    Source: {
      read: [here],
      attach: [here, among('attacherDuties')],
      analyse: [here, among('analystDuties')],
      reveal: [here, among('custodianDuties')],
    },
    Connection: { keep: [here, only(CONNECTION_KEEPERS, 'not_in_charge')] },
    Task: { read: [here, among('duty'), ...reached], claim: [here, among('duty'), ...reached] },
    Variable: { propose: [here, among('proposerDuties')], approve: [here, among('approverDuties')] },
    Improvement: {
      read: [here],
      report: [
        here,
        { columns: { owners: { $in: [duty, positionId] } }, asks: 'ownerDuty', otherwise: 'not_in_charge' },
      ],
      check: [here, among('checkerDuties')],
    },
    Risk: {
      read: [here],
      keep: [here, among('keeperDuties')],
      check: [here, among('checkerDuties')],
      accept: [here, among('acceptorDuty')],
      attend: [
        here,
        { columns: { attendants: { $in: [duty, positionId] } }, asks: 'keeperDuties', otherwise: 'not_in_charge' },
      ],
    },
    Methodology: { keep: [here, among('keeperDuties')], choose: [here, among('chooserDuties')] },
    Finding: {
      record: [here, among('recorderDuties')],
      plan: [here, { columns: { owners: positionId }, asks: 'ownerNames', otherwise: 'not_in_charge' }],
      close: [here, among('closerDuties')],
    },
    Run: {
      execute: [
        here,
        { columns: { executors: { $in: [positionId] } }, asks: 'executorNames', otherwise: 'not_in_charge' },
      ],
      check: [
        here,
        among('checkerDuties'),
        { columns: { checkers: positionId }, asks: 'checkerNames', otherwise: 'owns_the_risk' },
      ],
    },
    Standing: {
      answer: [here, { columns: { owners: { $in: [positionId] } }, asks: 'ownerNames', otherwise: 'not_in_charge' }],
    },
    Entity: {
      administer: [here, only(ADMINISTRATORS, 'no_right')],
      read_mail: [here, only(ADMINISTRATORS, 'no_right')],
      oversee_access: [here, only(GRANT_READERS, 'area_closed')],
      audit: [here, only(OVERSEERS, 'area_closed')],
    },
    Map: { read: [here], bring: [here, only(MAP_KEEPERS, 'not_in_charge')] },
    Release: {
      read: [here],
      prepare: [here, among('publisherDuties')],
      withdraw: [here, among('publisherDuties')],
      schedule: [here, among('schedulerDuties')],
      correct: [here, among('correctorDuties')],
      sign: [here, among('signerDuties')],
    },
    Summary: {
      read: [here],
      answer: [here, heads],
      follow: [here, among('followerDuties')],
      remind: [here, among('reminderDuties')],
    },
    Grant: {
      read: [here, { columns: { readers: { $in: [personId, positionId, duty] } }, otherwise: 'not_visible' }],
      ask: [here, heads],
      accept: [here, { columns: { granteeId: personId }, otherwise: 'not_the_grantee' }],
      decide: [here, { columns: { granterDuties: duty }, asks: 'granterNames', otherwise: 'not_in_charge' }],
      withdraw: [here, heads],
      revoke: [
        here,
        { columns: { enders: { $in: [duty, positionId] } }, asks: 'granterNames', otherwise: 'not_in_charge' },
      ],
    },
    Record: {
      read: [here, within('not_visible')],
      capture: [here, within('no_access_in_force')],
      correct: [here, within('not_visible')],
    },
    Absence: {
      read: [here, { columns: { readers: { $in: [personId, duty] } }, otherwise: 'not_visible' }],
      plan: [here, { columns: { planners: { $in: [personId, duty] } }, otherwise: 'no_right' }],
      cancel: [here, { columns: { planners: { $in: [personId, duty] } }, otherwise: 'no_right' }],
    },
    Rights: {
      receive: [here],
      read: [here, { columns: { readers: { $in: [personId, duty] } }, otherwise: 'not_visible' }],
      handle: [here, among('keeperDuties')],
    },
    Campaign: {
      read: [here, { columns: { readers: { $in: [duty] } }, otherwise: 'not_visible' }],
      lead: [here, among('leaderDuties')],
    },
    Review: {
      read: [here, { columns: { readers: { $in: [personId, positionId, duty] } }, otherwise: 'not_visible' }],
      answer: [
        here,
        { columns: { reviewers: { $in: [positionId, duty] } }, asks: 'reviewerNames', otherwise: 'not_reviewer' },
      ],
    },
  }
}

type Reach = { [S in Subject]?: readonly Action<S>[] }

/** Open to whoever acts for somebody, however far. */
const READING: Reach = {
  ...{ Area: ['enter'], Cycle: ['read'], Step: ['read', 'comment', 'ask_reopen'], Source: ['read', 'analyse'] },
  ...{ Task: ['read', 'claim'], Improvement: ['read'], Map: ['read'], Release: ['read'] },
  ...{ Summary: ['read', 'follow'], Grant: ['read'], Absence: ['read'] },
  Rights: ['receive', 'read'],
  Risk: ['read', 'check'],
  ...{ Campaign: ['read'], Review: ['read'] },
}

/** What a substitution reaches besides; what stands in neither takes one for all the work of the position. */
const REACHED: Record<Exclude<SubstitutionScope, 'all'>, Reach> = {
  decisions: {
    ...{ Cycle: ['start', 'cancel'], Step: ['decide', 'reopen'], Variable: ['approve'], Improvement: ['check'] },
    ...{
      Release: ['withdraw', 'schedule', 'sign'],
      Summary: ['answer'],
      Risk: ['accept'],
      Methodology: ['keep', 'choose'],
      Finding: ['close'],
      Grant: ['ask', 'decide', 'withdraw', 'revoke'],
      Rights: ['handle'],
      Run: ['check'],
      Campaign: ['lead'],
      Review: ['answer'],
    },
  },
  elaboration: {
    ...{ Step: ['edit', 'submit'], Section: ['write', 'propose'], Source: ['attach', 'reveal'], Variable: ['propose'] },
    ...{ Improvement: ['report'], Finding: ['plan'], Risk: ['keep', 'attend'], Run: ['execute'], Standing: ['answer'] },
    Release: ['prepare', 'correct'],
  },
}

/** What everybody answers for themselves, whoever they act for: a commitment and citizens' data are of the person (Ley 1581 de 2012). */
const PERSONAL: Reach = { Grant: ['accept'], Record: ['read', 'capture', 'correct'] }

/** Why a substitution does not reach this, or null; somebody in a position of their own is not limited by any. */
function limitOn<S extends Subject>({ reach }: Permitted, action: Action<S>, subject: S): RefusalCode | null {
  if (!reach) return null
  const among = (rights: Reach) => (rights[subject] as readonly Action<S>[] | undefined)?.includes(action) ?? false
  if (among(PERSONAL)) return 'personal_act'
  return reach === 'all' || among(READING) || among(REACHED[reach]) ? null : 'beyond_substitution'
}

/** Areas a duty may open; the side menu and the area's own loader ask the same list. */
export function areasOf(duty: string): Area[] {
  return AREAS.filter((area) => CLOSED_AREAS[area]?.includes(duty) ?? true)
}

/** Areas that are not open to everybody, and to whom they are. */
const CLOSED_AREAS: Partial<Record<Area, string[]>> = {
  administration: ADMINISTRATORS,
  audit: OVERSEERS,
  connections: CONNECTION_KEEPERS,
}

export type AppAbility = MongoAbility<[string, Subject | Rows[Subject]]>

/** Positive rules only: what is not granted is refused. Always ask with a row in hand: `can(action, row)`. */
export function abilityFor(actor: Permitted): AppAbility {
  const { can, build } = new AbilityBuilder<AppAbility>(createMongoAbility)
  for (const area of areasOf(actor.duty)) can('enter', 'Area', { area } as never)
  const rules = rulesFor(actor)
  for (const [name, actions] of Object.entries(rules)) {
    if (name === 'Area') continue
    for (const [action, conditions] of Object.entries(actions)) {
      if (limitOn(actor, action as never, name as Subject)) continue
      if (conditions.some(({ duties }) => duties && !duties.includes(actor.duty))) continue
      const columns = Object.assign({}, ...conditions.map((condition) => condition.columns)) as Condition['columns']
      if (Object.keys(columns).length === 0) throw new Error(`rule ${action} ${name} would hold for every row`)
      can(action, name as Subject, columns as never)
    }
  }
  return build()
}

/** Whether the ability covers this row; `whyNot` says why it does not. */
export function may<S extends Subject>(ability: AppAbility, action: Action<S>, subject: S, row: Rows[S]): boolean {
  return ability.can(action, tagged(subject, { ...row }) as never)
}

/**
 * The first reason why not, with the duties to ask instead (model.md §8), or null; agrees with `may` on every row
 * (test/domain/permissions.test.ts).
 */
export function whyNot<S extends Subject>(
  actor: Permitted,
  action: Action<S>,
  subject: S,
  row: Rows[S],
): Objection | null {
  if (subject === 'Area')
    return areasOf(actor.duty).includes((row as Rows['Area']).area) ? null : objection('area_closed')
  const conditions: Condition[] = (rulesFor(actor)[subject] as Record<string, Condition[]>)[action] ?? []
  if (conditions.length === 0) return objection('no_right')
  const failed = conditions.find((condition) => !holds(condition, actor, row as Record<string, unknown>))
  // What is not visible names nobody either.
  if (failed?.otherwise === 'not_visible') return objection('not_visible')
  const limit = limitOn(actor, action, subject)
  if (limit) return objection(limit)
  if (!failed) return null
  return objection(failed.otherwise, { duties: inCharge(failed, row as Record<string, unknown>).join(',') })
}

/** Who the condition would hold for: the duties it lists, or those in the row's column. */
function inCharge({ columns, duties, asks }: Condition, row: Record<string, unknown>): string[] {
  const named = asks === undefined ? Object.keys(columns) : asks === null ? [] : [asks]
  return duties ?? named.flatMap((column) => row[column] as string | string[])
}

function holds({ columns, duties }: Condition, actor: Permitted, row: Record<string, unknown>): boolean {
  if (duties && !duties.includes(actor.duty)) return false
  return Object.entries(columns).every(([column, expected]) => {
    const wanted = typeof expected === 'string' ? [expected] : expected.$in
    return [row[column]].flat().some((value) => wanted.includes(value as string))
  })
}
