/**
 * What is judged as of a date (I6, N8; decision 0052): by the same rule as today, with the facts and the rules of an instant, as
 * far as they were recorded by another.
 */
import { DUTIES } from './administration.ts'
import type { StepStatus } from './cycle-state.ts'
import type { CaptureForm, GrantStatus, Ground } from './grants.ts'
import type { Asked, PermissionRules, Rule } from './permission-rules.ts'
import type { Action, Rows, Subject } from './permission-subjects.ts'
import { type Hold, holdOf, type Permitted, whyNot } from './permissions.ts'
import type { SignatureRole, StepCode } from './procedures.ts'
import type { Objection } from './refusals.ts'
import type { ActingFor } from './substitutions.ts'
import type { TaskKind } from './tasks.ts'

/** A position somebody acted in, and what it was held by. */
export interface HeldThen {
  positionId: string
  name: string
  duty: string
  kind: 'titular' | 'encargado'
  agencyId: string
  tenureId: string
  from: string
  to: string | null
  actReference: string
  /** For whom, where it was held by somebody who was absent; with the absence. */
  actingFor: (ActingFor & { absenceId: string }) | null
}

/** What the record says of somebody at a moment. */
export interface PersonThen {
  entityId: string
  personId: string
  hasAccount: boolean
  hasLeft: boolean
  /** In the order in which they are offered: their own first. */
  held: HeldThen[]
}

/** Whoever cannot come in at all is asked nothing more. */
export type Absent = 'no_account' | 'not_at_work'

export type Verdict =
  | { may: true; hold: Hold; by: HeldThen }
  | { may: false; absent: Absent }
  | { may: false; against: Objection }

/** Whether they could in any position they acted in; `scopes`: what their accesses in force let them enter. */
export function judgeThen<S extends Subject>(
  person: PersonThen,
  rules: PermissionRules,
  { action, subject, row, scopes = [] }: { action: Action<S>; subject: S; row: Rows[S]; scopes?: readonly string[] },
): Verdict {
  if (!person.hasAccount) return { may: false, absent: 'no_account' }
  if (person.hasLeft || person.held.every(({ actingFor }) => actingFor !== null))
    return { may: false, absent: 'not_at_work' }
  const against: Objection[] = []
  for (const by of person.held) {
    const asker = askerIn(person, by, scopes)
    const objection = whyNot(asker, action, subject, row, rules)
    if (!objection) return { may: true, by, hold: holdOf(asker, action, subject, row, rules) }
    against.push(objection)
  }
  const told = against.find(({ code }) => code !== 'not_visible') ?? against[0]
  if (!told) throw new Error('whoever is at work holds a position')
  return { may: false, against: told }
}

function askerIn({ entityId, personId }: PersonThen, by: HeldThen, scopes: readonly string[]): Permitted {
  return { entityId, personId, positionId: by.positionId, duty: by.duty, scopes, reach: by.actingFor?.scope ?? null }
}

/** What the rule asks of whoever comes, beyond being of the entity; `duties`: those it names for it, none where it names positions or persons. */
export interface Asking {
  asked: Asked[]
  duties: string[]
}

/** The conditions of one right over this row, each in the order of the table; none where everybody of the entity has it. */
export function whatIsAsked<S extends Subject>(
  { rules, closedAreas }: PermissionRules,
  { action, subject, row }: { action: Action<S>; subject: S; row: Rows[S] },
): Asking[] {
  if (subject === 'Area') {
    const duties = closedAreas[(row as Rows['Area']).area]
    return duties ? [{ asked: ['$duty'], duties: [...duties] }] : []
  }
  const values = row as Record<string, unknown>
  const asked = ((rules[subject] as Record<string, readonly Rule[]> | undefined)?.[action] ?? []).flatMap((rule) => [
    ...(rule.duties ? [{ asked: ['$duty' as const], duties: [...rule.duties] }] : []),
    ...Object.entries(rule.columns).map(([column, one]) => ({
      asked: [one].flat(),
      duties: [values[column]].flat().filter((value): value is string => isDuty(value)),
    })),
  ])
  return asked.filter((one) => !one.asked.includes('$entity'))
}

function isDuty(value: unknown): boolean {
  return (DUTIES as readonly unknown[]).includes(value)
}

/** A delegated access as it stood, what had to hold of it, and whether it did. */
export interface JudgedGrant extends GrantThen {
  grounds: Record<Ground, boolean>
  isInForce: boolean
}

export interface GrantThen {
  id: string
  code: string
  status: GrantStatus
  granteeId: string
  agencyId: string
  pointId: string
  form: CaptureForm
  vigencia: number
  startsOn: string
  endsOn: string
}

/** One right over what was asked about, and what its rule asks. */
export interface RightThen {
  action: string
  verdict: Verdict
  asking: Asking[]
}

/** A step of a cycle as it stood. */
export interface StepThen {
  code: StepCode
  status: StepStatus
  attempt: number
  /** Since when it stood so; null where that is older than what is kept. */
  since: string | null
  /** What was on the table or approved; null where nothing was. */
  version: { id: string; n: number; hash: string; frozenAt: string; frozenBy: string } | null
  /** On that version, in order. */
  signatures: {
    role: SignatureRole
    verdict: string
    personName: string
    positionName: string
    actingFor: string | null
    signedAt: string
  }[]
  /** Civil dates; null where no term ran. */
  term: { startDate: string; dueDate: string; workingDays: number } | null
  /** Whose turn it was. */
  waiting: { kind: TaskKind; duty: string }[]
}

/** What may be asked about, each by its code: an access, a record of a citizen, a risk; or, by the radicado of a cycle, it and its parts. */
export const ASKED_KINDS = ['record', 'grant', 'cycle', 'step', 'sources', 'releases', 'risk', 'area'] as const
export type AskedKind = (typeof ASKED_KINDS)[number]

/** Of each kind the subject of the rules and the rights that are answered, the main one first. */
export const ASKED_RIGHTS = {
  record: ['Record', ['read', 'correct']],
  grant: ['Grant', ['read', 'accept', 'decide', 'withdraw', 'revoke']],
  cycle: ['Cycle', ['read', 'cancel']],
  step: ['Step', ['read', 'edit', 'submit', 'decide', 'reopen']],
  sources: ['Source', ['read', 'attach', 'analyse', 'reveal']],
  releases: ['Release', ['read', 'prepare', 'sign', 'schedule', 'withdraw']],
  risk: ['Risk', ['read', 'keep', 'check']],
  area: ['Area', ['enter']],
} as const satisfies { [K in AskedKind]: readonly [Subject, readonly string[]] }
