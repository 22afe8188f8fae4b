/** Who may: positive CASL rules over rows, and beside them the reason why not (model.md §8). Loaders, commands, SQL and screens ask here. */

import { AbilityBuilder, createMongoAbility, type MongoAbility, subject as tagged } from '@casl/ability'
import { reopeners } from './cycle-state.ts'
import { askers, cancellers } from './decisions.ts'
import { type Procedure, type StepCode, stepTemplate } from './procedures.ts'
import { type Objection, objection, type RefusalCode } from './refusals.ts'

/** What a decision about rights needs of whoever asks: the position they act in, never an account. */
export interface Permitted {
  entityId: string
  personId: string
  positionId: string
  duty: string
}

export const AREAS = [
  'administration',
  'connections',
  'cycles',
  'improvement',
  'inbox',
  'variables',
  'publications',
  'results',
] as const
export type Area = (typeof AREAS)[number]

/** Rows carry every column a rule asks for: CASL answers "yes" on a column that is missing (promises §1). */
export interface Rows {
  Area: { area: Area }
  Cycle: { entityId: string; cancelDuties: string[] }
  Step: {
    entityId: string
    authorDuties: string[]
    deciderDuties: string[]
    askerDuties: string[]
    reopenerDuties: string[]
  }
  /** A section of the report; `writers`: the duties that elaborate step 6, and the id of the position it was given to. */
  Section: { entityId: string; authorDuties: string[]; writers: string[] }
  Source: { entityId: string; attacherDuties: string[]; analystDuties: string[]; custodianDuties: string[] }
  /** A database or an address from which sources are fetched (E1). */
  Connection: { entityId: string }
  Task: { entityId: string; duty: string }
  Variable: { entityId: string; proposerDuties: string[]; approverDuties: string[] }
  /** An improvement action; `owners`: the one position, or the duty, that answers for it. */
  Improvement: { entityId: string; ownerDuty: string; owners: string[]; checkerDuties: string[] }
  /** A finding of control interno, which asks for an improvement action. */
  Finding: { entityId: string }
  Entity: { entityId: string }
  Map: { entityId: string }
  Release: {
    entityId: string
    publisherDuties: string[]
    /** Who says when it becomes public: the last to approve step 7. */
    schedulerDuties: string[]
    correctorDuties: string[]
    signerDuties: string[]
  }
  /** Summary of a dependencia; `heads`: ids of the positions that head it, `headNames` what they are called. */
  Summary: {
    entityId: string
    heads: string[]
    headNames: string[]
    followerDuties: string[]
    reminderDuties: string[]
  }
}

export type Subject = keyof Rows
export const ACTIONS = {
  Area: ['enter'],
  Cycle: ['read', 'start', 'cancel'],
  Step: ['read', 'edit', 'submit', 'decide', 'comment', 'ask_reopen', 'reopen'],
  Section: ['write'],
  Source: ['read', 'attach', 'analyse', 'reveal'],
  Connection: ['keep'],
  Task: ['read', 'claim'],
  Variable: ['propose', 'approve'],
  Improvement: ['read', 'report', 'check'],
  Finding: ['record'],
  Entity: ['administer', 'read_mail'],
  Map: ['read', 'bring'],
  Release: ['read', 'prepare', 'withdraw', 'schedule', 'correct', 'sign'],
  Summary: ['read', 'answer', 'follow', 'remind'],
} as const satisfies Record<Subject, readonly string[]>
export type Action<S extends Subject> = (typeof ACTIONS)[S][number]

/** Duties that start a cycle: the office that leads the procedure (MM-GAC-P-008, responsables líderes). */
const STARTERS = ['profesional_ogac', 'jefatura_ogac']
const ADMINISTRATORS = ['administracion']
/** Who defines connections, looks through them and has sources fetched (MM-GAC-P-008, actividad 3: Oficina TIC). */
const CONNECTION_KEEPERS = ['profesional_tic', 'direccion_tic']
/** Who brings the maps of the divisions along: whoever keeps the data (MM-GAC-P-008, actividad 3: Oficina TIC), and the administration. */
const MAP_KEEPERS = ['profesional_tic', 'direccion_tic', ...ADMINISTRATORS]

/** Who writes findings: the third line (MIPG, dimensión 7; Ley 87 de 1993). */
const AUDITORS = ['control_interno']

interface Condition {
  columns: Record<string, string | { $in: string[] }>
  duties?: string[]
  /** Column with the duties to ask instead, where the condition's own holds more than duties. */
  asks?: string
  otherwise: RefusalCode
}

/**
 * The one table of rules: conditions on columns in the order a refusal names them, and duties that may at all.
 * A column condition holds when the row's value equals it (`$in`: one of them) or, for a list, contains it.
 */
function rulesFor(actor: Permitted): { [S in Subject]: Record<Action<S>, Condition[]> } {
  const { entityId, duty, positionId } = actor
  const here: Condition = { columns: { entityId }, otherwise: 'not_visible' }
  const among = (column: string): Condition => ({ columns: { [column]: duty }, otherwise: 'not_in_charge' })
  const only = (duties: string[], otherwise: RefusalCode): Condition => ({ columns: {}, duties, otherwise })
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
    },
    Source: {
      read: [here],
      attach: [here, among('attacherDuties')],
      analyse: [here, among('analystDuties')],
      reveal: [here, among('custodianDuties')],
    },
    Connection: { keep: [here, only(CONNECTION_KEEPERS, 'not_in_charge')] },
    Task: { read: [here, among('duty')], claim: [here, among('duty')] },
    Variable: { propose: [here, among('proposerDuties')], approve: [here, among('approverDuties')] },
    Improvement: {
      read: [here],
      report: [
        here,
        { columns: { owners: { $in: [duty, positionId] } }, asks: 'ownerDuty', otherwise: 'not_in_charge' },
      ],
      check: [here, among('checkerDuties')],
    },
    Finding: { record: [here, only(AUDITORS, 'not_in_charge')] },
    Entity: {
      administer: [here, only(ADMINISTRATORS, 'no_right')],
      read_mail: [here, only(ADMINISTRATORS, 'no_right')],
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
      answer: [here, { columns: { heads: positionId }, asks: 'headNames', otherwise: 'not_in_charge' }],
      follow: [here, among('followerDuties')],
      remind: [here, among('reminderDuties')],
    },
  }
}

/** Areas a duty may open; the side menu and the area's own loader ask the same list. */
export function areasOf(duty: string): Area[] {
  return AREAS.filter((area) => CLOSED_AREAS[area]?.includes(duty) ?? true)
}

/** Areas that are not open to everybody, and to whom they are. */
const CLOSED_AREAS: Partial<Record<Area, string[]>> = {
  administration: ADMINISTRATORS,
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
  if (!failed) return null
  // What is not visible names nobody either.
  if (failed.otherwise === 'not_visible') return objection('not_visible')
  return objection(failed.otherwise, { duties: inCharge(failed, row as Record<string, unknown>).join(',') })
}

/** Who the condition would hold for: the duties it lists, or those in the row's column. */
function inCharge({ columns, duties, asks }: Condition, row: Record<string, unknown>): string[] {
  const named = asks ? [asks] : Object.keys(columns)
  return duties ?? named.flatMap((column) => row[column] as string | string[])
}

function holds({ columns, duties }: Condition, actor: Permitted, row: Record<string, unknown>): boolean {
  if (duties && !duties.includes(actor.duty)) return false
  return Object.entries(columns).every(([column, expected]) => {
    const wanted = typeof expected === 'string' ? [expected] : expected.$in
    return [row[column]].flat().some((value) => wanted.includes(value as string))
  })
}

/** The row rights on a step are judged by, from its procedure. */
export function stepRow(entityId: string, procedure: Procedure, code: StepCode): Rows['Step'] {
  const template = stepTemplate(procedure, code)
  return {
    entityId,
    authorDuties: template.authors,
    deciderDuties: [...template.reviewers, ...template.approvers.map((approver) => approver.duty)],
    askerDuties: askers(template),
    reopenerDuties: reopeners(template),
  }
}

/**
 * A section of the report of step 6 (G3). It is given to one position, not to its duty: another position with the same
 * duty does not write it. `ownerId` is null where nobody in particular is responsible.
 */
export function sectionRow(entityId: string, procedure: Procedure, ownerId: string | null): Rows['Section'] {
  const authorDuties = stepTemplate(procedure, '6').authors
  return { entityId, authorDuties, writers: ownerId === null ? authorDuties : [...authorDuties, ownerId] }
}

export function cycleRow(entityId: string, procedure: Procedure): Rows['Cycle'] {
  return { entityId, cancelDuties: cancellers(procedure) }
}

/** Sources are attached by the authors of step 3 (E1) and analysed by whoever works on steps 3 to 6. */
export function sourceRow(entityId: string, procedure: Procedure): Rows['Source'] {
  const analysts = (['3', '4', '5', '6', '7'] as const).flatMap((code) => {
    const row = stepRow(entityId, procedure, code)
    return [...row.authorDuties, ...row.deciderDuties]
  })
  const attachers = stepTemplate(procedure, '3').authors
  const custodianDuties = custodiansAmong(attachers)
  return { entityId, attacherDuties: attachers, analystDuties: [...new Set(analysts)], custodianDuties }
}

/** Who keeps the data of the sources: the authors of step 3 outside the leading office (MM-GAC-P-008, actividad 3: Oficina TIC), or all of them. */
export function custodiansAmong(authors: string[]): string[] {
  const others = authors.filter((duty) => !STARTERS.includes(duty))
  return others.length > 0 ? others : authors
}

/** Correspondences between versions of a variable are proposed by the authors of step 2 and approved by its approvers (N11). */
export function variableRow(entityId: string, procedure: Procedure): Rows['Variable'] {
  const { authors, approvers } = stepTemplate(procedure, '2')
  return { entityId, proposerDuties: authors, approverDuties: approvers.map(({ duty }) => duty) }
}

/**
 * Releases are prepared by the authors of step 7 and withdrawn by its approvers, the last of whom publishes (model.md §2);
 * corrections are prepared and signed by the same.
 */
export function releaseRow(entityId: string, procedure: Procedure): Rows['Release'] {
  const template = stepTemplate(procedure, '7')
  const signers = template.approvers.map((approver) => approver.duty)
  return {
    entityId,
    publisherDuties: [...template.authors, ...signers],
    schedulerDuties: signers.slice(-1),
    correctorDuties: template.authors,
    signerDuties: signers,
  }
}

/** Who may read the answers of the dependencias besides those who worked on step 7: audit, and whoever directs the entity. */
const OVERSEERS = ['control_interno', 'alcaldia']

/**
 * The summary of a dependencia is answered by whoever heads it; those of step 7 follow what became of it, and those who
 * elaborate or approve the step may remind (features H9).
 */
export function summaryRow(
  entityId: string,
  procedure: Procedure,
  heads: readonly { id: string; name: string }[],
): Rows['Summary'] {
  const { authorDuties, deciderDuties } = stepRow(entityId, procedure, '7')
  return {
    ...{ entityId, heads: heads.map(({ id }) => id), headNames: heads.map(({ name }) => name) },
    followerDuties: [...new Set([...authorDuties, ...deciderDuties, ...OVERSEERS])],
    reminderDuties: releaseRow(entityId, procedure).publisherDuties,
  }
}

/** An improvement action that one position answers for is reported on by no other of its duty. */
export function improvementRow(
  entityId: string,
  action: { duty: string; positionId: string | null; checkerDuty: string },
): Rows['Improvement'] {
  const { duty, positionId, checkerDuty } = action
  return { entityId, ownerDuty: duty, owners: [positionId ?? duty], checkerDuties: [checkerDuty] }
}
