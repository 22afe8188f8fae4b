/** The template of a procedure: its steps, who answers in each, and under which policy. Data lives in `catalog/`. */

export const STEP_CODES = ['1', '2', '3', '4', '5', '6', '7'] as const
export type StepCode = (typeof STEP_CODES)[number]

/** Signature roles as documents print them: elaboró, revisó, aprobó, visto bueno. */
export const SIGNATURE_ROLES = ['author', 'reviewer', 'approver', 'consent'] as const
export type SignatureRole = (typeof SIGNATURE_ROLES)[number]

export const APPROVAL_POLICIES = ['any', 'all', 'in_order', 'principal_with_consent'] as const
export type ApprovalPolicy = (typeof APPROVAL_POLICIES)[number]

/** What happens to an approval while comments on the step are not resolved (A9). */
export type OpenComments = 'block' | 'allow'

/** What happens when one person both reviewed and approves (model.md §4). */
export type ReviewerIsApprover = 'block' | 'warn' | 'allow'

/** Code of the function a position has in the entity's procedures, for example `jefatura_ogac`. */
export type Duty = string

export interface ApproverTemplate {
  duty: Duty
  role: 'approver' | 'consent'
}

export interface StepTemplate {
  code: StepCode
  title: string
  /** The procedure's own text of the activity, one paragraph per entry. */
  description: string[]
  areas: string[]
  cargos: string[]
  /** Registers the step produces; empty where the document prints "N.A." (S1.21). */
  registers: string[]
  authors: Duty[]
  reviewers: Duty[]
  /** Order matters under `in_order`; under `principal_with_consent` the first `approver` is the principal. */
  approvers: ApproverTemplate[]
  policy: ApprovalPolicy
  /** Working days from the opening of the step: a value of the entity, the document sets none. */
  workingDays: number
  /** Steps whose approved versions this one builds on; their hashes enter this step's hash (model.md §2). */
  buildsOn: StepCode[]
  /** Duty told when the step expires (design.md §6: escalation notifies, it gives no right). */
  escalatesTo: Duty
  /** What its approval sets off: the signed report (step 6) or the publication of the release (step 7). */
  yields?: 'report' | 'release'
  /** Version of the form definition an attempt of this step is created with. */
  formVersion: number
}

export interface CatalogNote {
  code: string
  text: string
}

export interface Procedure {
  code: string
  version: number
  /** Civil date `YYYY-MM-DD`. */
  validFrom: string
  title: string
  process: string
  macroprocess: string
  objective: string
  scope: string
  leaders: string[]
  changes: { version: number; description: string }[]
  /** The four signatures printed on the procedure document itself (S1.3): catalogue text, never generated. */
  documentSignatures: { role: 'elaboro' | 'reviso' | 'aprobo'; cargo: string; date: string; mark: string }[]
  legalBasis: string[]
  glossary: { term: string; definition: string }[]
  purposes: CatalogNote[]
  policies: CatalogNote[]
  priorSources: CatalogNote[]
  scopeQuestions: CatalogNote[]
  variableCategories: CatalogNote[]
  criteria: CatalogNote[]
  populationGroups: CatalogNote[]
  techniques: { code: string; text: string; kind: 'qualitative' | 'quantitative' }[]
  digitalRegisters: CatalogNote[]
  /** The sixteen "líneas de acción" a recommendation is filed under (S1.10). */
  actionLines: CatalogNote[]
  relatedDocuments: { name: string; code: string | null }[]
  /** Name on screen of each duty the steps use. */
  duties: Record<Duty, string>
  reviewerIsApprover: ReviewerIsApprover
  /** Whether a comment nobody resolved keeps its step from being approved; versions adopted before it was asked allow it. */
  openComments?: OpenComments
  steps: StepTemplate[]
}

/** Throws where the procedure has no such step. */
export function stepTemplate(procedure: Procedure, code: StepCode): StepTemplate {
  const step = procedure.steps.find((candidate) => candidate.code === code)
  if (!step) throw new Error(`procedure ${procedure.code} v${procedure.version} has no step ${code}`)
  return step
}
