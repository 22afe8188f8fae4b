/** Checks a procedure of the catalogue: what the types cannot say (order, references, signatures in date order). */
import { z } from 'zod'
import { isCivilDate } from './civil-dates.ts'
import { APPROVAL_POLICIES, type Procedure, STEP_CODES, type StepTemplate } from './procedures.ts'

const text = z.string().trim().min(1)
const note = z.strictObject({ code: text, text })
const notes = z.array(note).min(1).refine(hasUniqueCodes, 'codes are repeated')
const date = z.string().refine(isCivilDate, 'not a civil date')
const stepCode = z.enum(STEP_CODES)

const step = z.strictObject({
  code: stepCode,
  title: text,
  description: z.array(text).min(1),
  areas: z.array(text).min(1),
  cargos: z.array(text).min(1),
  registers: z.array(text),
  authors: z.array(text).min(1),
  reviewers: z.array(text).min(1),
  approvers: z.array(z.strictObject({ duty: text, role: z.enum(['approver', 'consent']) })).min(1),
  policy: z.enum(APPROVAL_POLICIES),
  workingDays: z.int().positive(),
  buildsOn: z.array(stepCode),
  escalatesTo: text,
  yields: z.enum(['report', 'release']).optional(),
  formVersion: z.int().positive(),
})

const shape = z.strictObject({
  code: text,
  version: z.int().positive(),
  validFrom: date,
  title: text,
  process: text,
  macroprocess: text,
  objective: text,
  scope: text,
  leaders: z.array(text).min(1),
  changes: z.array(z.strictObject({ version: z.int().positive(), description: text })).min(1),
  documentSignatures: z
    .array(z.strictObject({ role: z.enum(['elaboro', 'reviso', 'aprobo']), cargo: text, date, mark: text }))
    .min(1),
  legalBasis: z.array(text).min(1),
  glossary: z.array(z.strictObject({ term: text, definition: text })).min(1),
  purposes: notes,
  policies: notes,
  priorSources: notes,
  scopeQuestions: notes,
  variableCategories: notes,
  criteria: notes,
  populationGroups: notes,
  techniques: z.array(z.strictObject({ code: text, text, kind: z.enum(['qualitative', 'quantitative']) })).min(1),
  digitalRegisters: notes,
  actionLines: notes,
  relatedDocuments: z.array(z.strictObject({ name: text, code: text.nullable() })),
  duties: z.record(text, text),
  reviewerIsApprover: z.enum(['block', 'warn', 'allow']),
  openComments: z.enum(['block', 'allow']).optional(),
  steps: z.array(step).min(1).refine(hasUniqueCodes, 'steps are repeated'),
})

export const procedureSchema: z.ZodType<Procedure> = shape.superRefine((procedure, issue) => {
  for (const problem of problemsOf(procedure)) issue.addIssue({ code: 'custom', message: problem })
})

function problemsOf(procedure: Procedure): string[] {
  return [...procedure.steps.flatMap((template) => stepProblems(template, procedure)), ...documentProblems(procedure)]
}

function stepProblems(template: StepTemplate, procedure: Procedure): string[] {
  const named = [
    ...template.authors,
    ...template.reviewers,
    ...template.approvers.map((one) => one.duty),
    template.escalatesTo,
  ]
  const problems = named
    .filter((duty) => !(duty in procedure.duties))
    .map((duty) => `step ${template.code}: unknown duty ${duty}`)
  const position = procedure.steps.indexOf(template)
  const earlier = procedure.steps.slice(0, position).map((one) => one.code)
  for (const code of template.buildsOn) {
    if (!earlier.includes(code)) problems.push(`step ${template.code} builds on ${code}, which is not an earlier step`)
  }
  if (template.approvers[0]?.role !== 'approver')
    problems.push(`step ${template.code}: the first to approve is a consent`)
  const approvers = new Set(template.approvers.map((one) => one.duty))
  if (template.authors.some((duty) => approvers.has(duty))) problems.push(`step ${template.code}: an author approves`)
  return problems
}

/** Elaboró ≤ revisó ≤ aprobó ≤ vigencia, and versions that strictly increase (domain.md §5.1). */
function documentProblems(procedure: Procedure): string[] {
  const problems: string[] = []
  const dates = [...procedure.documentSignatures.map((one) => one.date), procedure.validFrom]
  if (dates.some((value, i) => i > 0 && value < (dates[i - 1] ?? ''))) problems.push('signature dates are out of order')
  const versions = procedure.changes.map((one) => one.version)
  if (versions.some((value, i) => i > 0 && value <= (versions[i - 1] ?? 0))) problems.push('versions do not increase')
  if (versions.at(-1) !== procedure.version) problems.push('the last change is not this version')
  return problems
}

function hasUniqueCodes(items: { code: string }[]): boolean {
  return new Set(items.map((item) => item.code)).size === items.length
}
