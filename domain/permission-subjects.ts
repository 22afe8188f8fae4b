/** What rights are about: areas of the product, kinds of things, and what may be done with each (model.md §8). */

export const AREAS = [
  'access',
  'administration',
  'audit',
  'capture',
  'connections',
  'cycles',
  'improvement',
  'risks',
  'inbox',
  'variables',
  'publications',
  'rights',
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
  /**
   * A section of the report; `writers`: the duties that elaborate step 6, and the id of the position it was given to.
   * `proposers`: those who may propose other words for it, duties and the positions that write any section.
   */
  Section: {
    entityId: string
    authorDuties: string[]
    writers: string[]
    proposerDuties: string[]
    proposers: string[]
  }
  Source: { entityId: string; attacherDuties: string[]; analystDuties: string[]; custodianDuties: string[] }
  /** A database or an address from which sources are fetched (E1). */
  Connection: { entityId: string }
  /** An inbox line; `kind` as in domain/tasks.ts. */
  Task: { entityId: string; duty: string; kind: string }
  Variable: { entityId: string; proposerDuties: string[]; approverDuties: string[] }
  /** An improvement action; `owners`: the one position, or the duty, that answers for it. */
  Improvement: { entityId: string; ownerDuty: string; owners: string[]; checkerDuties: string[] }
  /**
   * A risk with its controls; `keeperDuties`: first and second line of the process (MIPG, dimensión 7). `checkerDuties`: who has the
   * controls of the product itself run, the third line too. `acceptorDuty`: whoever the policy names to accept it; empty where
   * nobody is asked to. `attendants`: the keepers, and the position that answers for it or measures its indicator.
   */
  Risk: {
    entityId: string
    keeperDuties: string[]
    checkerDuties: string[]
    acceptorDuty: string
    attendants: string[]
  }
  /**
   * A finding with its plan; `owners`: id of the position that answers for it, none for one still to be written, and `ownerNames`
   * what it is called.
   */
  Finding: {
    entityId: string
    recorderDuties: string[]
    owners: string[]
    ownerNames: string[]
    closerDuties: string[]
  }
  /**
   * A run of a control; `executors`: the position that executes it, `executorNames` what it is called. `checkers`: ids of the
   * positions that check it, of those with `checkerDuties`, and `checkerNames` what they are called.
   */
  Run: {
    entityId: string
    executors: string[]
    executorNames: string[]
    checkerDuties: string[]
    checkers: string[]
    checkerNames: string[]
  }
  /**
   * Methodologies risks are rated with: `keeperDuties` copy, edit and publish them, `chooserDuties` say which is used (MIPG,
   * dimensión 7).
   */
  Methodology: { entityId: string; keeperDuties: string[]; chooserDuties: string[] }
  /** Where a risk stands as demonstrated; `owners`: the position that answers for it, `ownerNames` what it is called. */
  Standing: { entityId: string; owners: string[]; ownerNames: string[] }
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
  /**
   * A delegated access; `heads`: ids of the positions that head its organismo, `headNames` what they are called and
   * `granterNames` what those are called that decide; `readers`
   * and `enders`: duties, ids of positions and the id of its person.
   */
  Grant: {
    entityId: string
    readers: string[]
    heads: string[]
    headNames: string[]
    granteeId: string
    granterDuties: string[]
    granterNames: string[]
    enders: string[]
  }
  /** A citizen's record; `scope`: point, form and vigencia (`scopeKey` in capture.ts). */
  Record: { entityId: string; scope: string }
  /** Somebody's absence; `readers` and `planners`: duties and ids of persons. */
  Absence: { entityId: string; readers: string[]; planners: string[] }
  /** A request of a citizen about their data; `readers`: duties, and the id of the person who received it. */
  Rights: { entityId: string; readers: string[]; keeperDuties: string[] }
  /** A review of accesses; `readers`: duties that read every one. */
  Campaign: { entityId: string; readers: string[]; leaderDuties: string[] }
  /**
   * The list of a reviewer; `reviewers`: ids of the positions that head its organismo, or the duties that lead the process;
   * `readers`: those, ids of the persons who had it before them, and the duties that read every campaign.
   */
  Review: { entityId: string; reviewers: string[]; readers: string[]; reviewerNames: string[] }
}

export type Subject = keyof Rows
export const ACTIONS = {
  Area: ['enter'],
  Cycle: ['read', 'start', 'cancel'],
  Step: ['read', 'edit', 'submit', 'decide', 'comment', 'ask_reopen', 'reopen'],
  Section: ['write', 'propose'],
  Source: ['read', 'attach', 'analyse', 'reveal'],
  Connection: ['keep'],
  Task: ['read', 'claim'],
  Variable: ['propose', 'approve'],
  Improvement: ['read', 'report', 'check'],
  Risk: ['read', 'keep', 'check', 'accept', 'attend'],
  Methodology: ['keep', 'choose'],
  Finding: ['record', 'plan', 'close'],
  Run: ['execute', 'check'],
  Standing: ['answer'],
  Entity: [
    'administer',
    'read_mail',
    'oversee_access',
    'audit',
    'sample',
    'forward',
    'read_workflows',
    'dispose',
    'approve_disposal',
    'withdraw_disposal',
    'read_disposals',
  ],
  Map: ['read', 'bring'],
  Release: ['read', 'prepare', 'withdraw', 'schedule', 'correct', 'sign'],
  Summary: ['read', 'answer', 'follow', 'remind'],
  Grant: ['read', 'ask', 'accept', 'decide', 'withdraw', 'revoke'],
  Record: ['read', 'capture', 'correct'],
  Absence: ['read', 'plan', 'cancel'],
  Rights: ['receive', 'read', 'handle'],
  Campaign: ['read', 'lead'],
  Review: ['read', 'answer'],
} as const satisfies Record<Subject, readonly string[]>
export type Action<S extends Subject> = (typeof ACTIONS)[S][number]
