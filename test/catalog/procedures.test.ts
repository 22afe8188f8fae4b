import { describe, expect, it } from 'vitest'
import { PROCEDURES, procedureKey } from '../../catalog/index.ts'
import { procedure as santaMarta } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import { procedureSchema } from '../../domain/procedure-schema.ts'
import { type Procedure, stepTemplate } from '../../domain/procedures.ts'

describe('the procedures the product ships', () => {
  it.each(PROCEDURES.map((one) => [procedureKey(one), one] as const))('%s passes the schema', (_key, procedure) => {
    expect(procedureSchema.safeParse(procedure).error?.issues ?? []).toEqual([])
  })
})

describe('MM-GAC-P-008 v2', () => {
  it('carries as many entries as the document prints', () => {
    const counts = {
      actionLines: santaMarta.actionLines.length,
      scopeQuestions: santaMarta.scopeQuestions.length,
      priorSources: santaMarta.priorSources.length,
      glossary: santaMarta.glossary.length,
      legalBasis: santaMarta.legalBasis.length,
      purposes: santaMarta.purposes.length,
      policies: santaMarta.policies.length,
      criteria: santaMarta.criteria.length,
      categories: santaMarta.variableCategories.length,
      groups: santaMarta.populationGroups.length,
      techniques: santaMarta.techniques.length,
      registers: santaMarta.digitalRegisters.length,
      documents: santaMarta.relatedDocuments.length,
      changes: santaMarta.changes.length,
      signatures: santaMarta.documentSignatures.length,
    }
    expect(counts).toEqual({
      actionLines: 16,
      scopeQuestions: 7,
      priorSources: 4,
      glossary: 19,
      legalBasis: 9,
      purposes: 6,
      policies: 5,
      criteria: 5,
      categories: 7,
      groups: 12,
      techniques: 6,
      registers: 4,
      documents: 5,
      changes: 2,
      signatures: 4,
    })
  })

  it.each([
    ['1', 'any', 10, 'jefatura_ogac'],
    ['2', 'any', 10, 'jefatura_ogac'],
    ['3', 'all', 15, 'jefatura_ogac direccion_tic'],
    ['4', 'any', 15, 'jefatura_ogac'],
    ['5', 'principal_with_consent', 10, 'jefatura_ogac direccion_tic jefatura_comunicaciones'],
    ['6', 'in_order', 15, 'jefatura_ogac secretaria_general'],
    ['7', 'in_order', 5, 'jefatura_ogac secretaria_general'],
  ] as const)('step %s is approved by policy %s within %i working days by %s', (code, policy, days, approvers) => {
    const step = stepTemplate(santaMarta, code)
    expect([step.policy, step.workingDays, step.approvers.map((one) => one.duty).join(' ')]).toEqual([
      policy,
      days,
      approvers,
    ])
  })

  it('prints no register for steps 1 and 2 and names the three cargos of step 5', () => {
    expect(stepTemplate(santaMarta, '1').registers).toEqual([])
    expect(stepTemplate(santaMarta, '2').registers).toEqual([])
    expect(stepTemplate(santaMarta, '5').cargos).toHaveLength(3)
  })

  const broken: [string, (copy: Procedure) => void, string][] = [
    ['an unknown duty', (copy) => void copy.steps[0]?.authors.push('nadie'), 'unknown duty nadie'],
    ['a step that builds on a later one', (copy) => void copy.steps[0]?.buildsOn.push('4'), 'not an earlier step'],
    ['an author who approves', (copy) => void copy.steps[0]?.authors.push('jefatura_ogac'), 'an author approves'],
    [
      'signatures out of order',
      (copy) => void Object.assign(copy.documentSignatures[0] ?? {}, { date: '2025-01-01' }),
      'out of order',
    ],
    ['a missing change note', (copy) => void copy.changes.pop(), 'not this version'],
  ]
  it.each(broken)('would be refused with %s', (_name, spoil, message) => {
    const copy = structuredClone(santaMarta)
    spoil(copy)
    expect(
      procedureSchema
        .safeParse(copy)
        .error?.issues.map((issue) => issue.message)
        .join('\n'),
    ).toContain(message)
  })
})
