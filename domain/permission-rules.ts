/**
 * The one table of rules, as data: what each right asks of a row and of whoever asks. `permissions.ts` judges by it; every
 * version that was in force is kept as it was (decision 0052), so that a past date is judged by the rules of that date.
 */
import { GRANTERS } from './grants.ts'
import { GRANT_READERS, NAMED_DUTIES, type NamedDuties, OVERSEERS, SAMPLERS, STARTERS } from './permission-rows.ts'
import type { Action, Area, Subject } from './permission-subjects.ts'
import type { RefusalCode } from './refusals.ts'
import type { SubstitutionScope } from './substitutions.ts'

/** What stands for whoever asks. `$kinds`: the inbox lines their substitution reaches; a rule falls away where it reaches all. */
export type Asked = '$entity' | '$duty' | '$position' | '$person' | '$scopes' | '$kinds'

/**
 * Conditions on columns in the order a refusal names them, and duties that may at all. A column condition holds when the row's
 * value equals what it asks (a list: one of them) or, for a list in the row, contains it.
 */
export interface Rule {
  columns: Record<string, Asked | Asked[]>
  duties?: readonly string[]
  /** Column with the duties to ask instead, where the condition's own holds more than duties; null where none says. */
  asks?: string | null
  otherwise: RefusalCode
}

export type Reach = { [S in Subject]?: readonly Action<S>[] }

export interface PermissionRules {
  rules: { [S in Subject]: Record<Action<S>, readonly Rule[]> }
  /** Areas that are not open to everybody, and to whom they are. */
  closedAreas: Partial<Record<Area, readonly string[]>>
  /** Open to whoever acts for somebody, however far. */
  reading: Reach
  /** What a substitution reaches besides; what stands in neither takes one for all the work of the position. */
  reached: Record<Exclude<SubstitutionScope, 'all'>, Reach>
  /** What everybody answers for themselves, whoever they act for: a commitment and citizens' data are of the person (Ley 1581 de 2012). */
  personal: Reach
  named: NamedDuties
}

const ADMINISTRATORS = ['administracion']
/** Who defines connections, looks through them and has sources fetched (MM-GAC-P-008, actividad 3: Oficina TIC). */
const CONNECTION_KEEPERS = ['profesional_tic', 'direccion_tic']
/** Who brings the maps of the divisions along: whoever keeps the data (MM-GAC-P-008, actividad 3: Oficina TIC), and the administration. */
const MAP_KEEPERS = ['profesional_tic', 'direccion_tic', ...ADMINISTRATORS]

/** Who names the collectors outside that sealed events are forwarded to: whoever runs the system, and whoever audits it. */
const FORWARDERS = [...ADMINISTRATORS, 'control_interno']
/** Who reads what Temporal keeps of a procedure. */
const WORKFLOW_READERS = [...OVERSEERS, ...ADMINISTRATORS]

/** Who proposes to take content away: whoever administers the record, and who decides it: whoever leads the process (decision 0061). */
const DISPOSERS = ADMINISTRATORS
const DISPOSAL_APPROVERS = GRANTERS

const here: Rule = { columns: { entityId: '$entity' }, otherwise: 'not_visible' }
const among = (column: string): Rule => ({ columns: { [column]: '$duty' }, otherwise: 'not_in_charge' })
const heads: Rule = { columns: { heads: '$position' }, asks: 'headNames', otherwise: 'not_in_charge' }
const only = (duties: readonly string[], otherwise: RefusalCode): Rule => ({ columns: {}, duties, otherwise })
const within = (otherwise: RefusalCode): Rule => ({ columns: { scope: ['$scopes'] }, asks: null, otherwise })
const anyOf = (column: string, asked: Asked[], asks: string): Rule => ({
  columns: { [column]: asked },
  asks,
  otherwise: 'not_in_charge',
})
const readers = (asked: Asked[]): Rule => ({ columns: { readers: asked }, otherwise: 'not_visible' })
const planners: Rule = { columns: { planners: ['$person', '$duty'] }, otherwise: 'no_right' }
const reached: Rule = { columns: { kind: ['$kinds'] }, otherwise: 'beyond_substitution' }

export const PERMISSION_RULES: PermissionRules = {
  rules: {
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
      write: [here, anyOf('writers', ['$duty', '$position'], 'authorDuties')],
      propose: [here, anyOf('proposers', ['$duty', '$position'], 'proposerDuties')],
    },
    Source: {
      read: [here],
      attach: [here, among('attacherDuties')],
      analyse: [here, among('analystDuties')],
      reveal: [here, among('custodianDuties')],
    },
    Connection: { keep: [here, only(CONNECTION_KEEPERS, 'not_in_charge')] },
    Task: { read: [here, among('duty'), reached], claim: [here, among('duty'), reached] },
    Variable: { propose: [here, among('proposerDuties')], approve: [here, among('approverDuties')] },
    Improvement: {
      read: [here],
      report: [here, anyOf('owners', ['$duty', '$position'], 'ownerDuty')],
      check: [here, among('checkerDuties')],
    },
    Risk: {
      read: [here],
      keep: [here, among('keeperDuties')],
      check: [here, among('checkerDuties')],
      accept: [here, among('acceptorDuty')],
      attend: [here, anyOf('attendants', ['$duty', '$position'], 'keeperDuties')],
    },
    Methodology: { keep: [here, among('keeperDuties')], choose: [here, among('chooserDuties')] },
    Finding: {
      record: [here, among('recorderDuties')],
      plan: [here, { columns: { owners: '$position' }, asks: 'ownerNames', otherwise: 'not_in_charge' }],
      close: [here, among('closerDuties')],
    },
    Run: {
      execute: [here, anyOf('executors', ['$position'], 'executorNames')],
      check: [
        here,
        among('checkerDuties'),
        { columns: { checkers: '$position' }, asks: 'checkerNames', otherwise: 'owns_the_risk' },
      ],
    },
    Standing: { answer: [here, anyOf('owners', ['$position'], 'ownerNames')] },
    Entity: {
      administer: [here, only(ADMINISTRATORS, 'no_right')],
      read_mail: [here, only(ADMINISTRATORS, 'no_right')],
      oversee_access: [here, only(GRANT_READERS, 'area_closed')],
      audit: [here, only(OVERSEERS, 'area_closed')],
      sample: [here, only(OVERSEERS, 'area_closed'), only(SAMPLERS, 'not_in_charge')],
      forward: [here, only(FORWARDERS, 'not_in_charge')],
      read_workflows: [here, only(WORKFLOW_READERS, 'area_closed')],
      dispose: [here, only(DISPOSERS, 'not_in_charge')],
      approve_disposal: [here, only(DISPOSAL_APPROVERS, 'not_in_charge')],
      withdraw_disposal: [here, only([...DISPOSERS, ...DISPOSAL_APPROVERS], 'not_in_charge')],
      read_disposals: [here, only([...DISPOSERS, ...DISPOSAL_APPROVERS, ...OVERSEERS], 'area_closed')],
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
      read: [here, readers(['$person', '$position', '$duty'])],
      ask: [here, heads],
      accept: [here, { columns: { granteeId: '$person' }, otherwise: 'not_the_grantee' }],
      decide: [here, { columns: { granterDuties: '$duty' }, asks: 'granterNames', otherwise: 'not_in_charge' }],
      withdraw: [here, heads],
      revoke: [here, anyOf('enders', ['$duty', '$position'], 'granterNames')],
    },
    Record: {
      read: [here, within('not_visible')],
      capture: [here, within('no_access_in_force')],
      correct: [here, within('not_visible')],
    },
    Absence: { read: [here, readers(['$person', '$duty'])], plan: [here, planners], cancel: [here, planners] },
    Rights: { receive: [here], read: [here, readers(['$person', '$duty'])], handle: [here, among('keeperDuties')] },
    Campaign: { read: [here, readers(['$duty'])], lead: [here, among('leaderDuties')] },
    Review: {
      read: [here, readers(['$person', '$position', '$duty'])],
      answer: [
        here,
        { columns: { reviewers: ['$position', '$duty'] }, asks: 'reviewerNames', otherwise: 'not_reviewer' },
      ],
    },
  },
  closedAreas: { administration: ADMINISTRATORS, audit: OVERSEERS, connections: CONNECTION_KEEPERS },
  reading: {
    ...{ Area: ['enter'], Cycle: ['read'], Step: ['read', 'comment', 'ask_reopen'], Source: ['read', 'analyse'] },
    ...{ Task: ['read', 'claim'], Improvement: ['read'], Map: ['read'], Release: ['read'] },
    ...{ Summary: ['read', 'follow'], Grant: ['read'], Absence: ['read'] },
    Rights: ['receive', 'read'],
    Risk: ['read', 'check'],
    ...{ Campaign: ['read'], Review: ['read'] },
  },
  reached: {
    decisions: {
      ...{ Cycle: ['start', 'cancel'], Step: ['decide', 'reopen'], Variable: ['approve'], Improvement: ['check'] },
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
    elaboration: {
      ...{ Step: ['edit', 'submit'], Section: ['write', 'propose'], Source: ['attach', 'reveal'] },
      ...{ Variable: ['propose'], Improvement: ['report'], Finding: ['plan'], Risk: ['keep', 'attend'] },
      ...{ Run: ['execute'], Standing: ['answer'], Release: ['prepare', 'correct'] },
    },
  },
  personal: { Grant: ['accept'], Record: ['read', 'capture', 'correct'] },
  named: NAMED_DUTIES,
}
