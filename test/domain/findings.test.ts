import { describe, expect, it } from 'vitest'
import {
  findingCode,
  lacksActions,
  objectionToAnalysing,
  objectionToClosing,
  objectionToPlanning,
  originsFor,
  type Plan,
} from '../../domain/findings.ts'
import type { ActionStatus } from '../../domain/improvement.ts'
import { CauseAnalysisInput, findingInput, planActionInput } from '../../domain/improvement-inputs.ts'
import { readInput } from '../../domain/input-reading.ts'

const action = (code: string, status: ActionStatus, round = 1) => ({ code, status, round })
const plan = (...actions: Plan['actions'][number][]): Plan => ({ status: 'in_plan', round: 1, actions })

describe('a finding', () => {
  it.each([
    ['with an action whose effect nobody reviewed', plan(action('a', 'verified')), 'effect_unproven'],
    ['with one effective and one carried out', plan(action('a', 'effective'), action('b', 'done')), 'effect_unproven'],
    ['with an action without effect', plan(action('a', 'effective'), action('b', 'ineffective')), 'effect_unproven'],
    ['with no action', plan(), 'plan_empty'],
    ['whose actions were all given up', plan(action('a', 'dropped')), 'plan_empty'],
    ['whose causes are asked for', { ...plan(action('a', 'effective')), status: 'to_analyse' }, 'causes_unknown'],
    [
      'whose effective action answers an earlier analysis',
      { ...plan(action('a', 'effective'), action('b', 'in_progress', 2)), round: 2 },
      'effect_unproven',
    ],
    ['that is closed', { ...plan(action('a', 'effective')), status: 'closed' }, 'finding_closed'],
    ['with every action effective or given up', plan(action('a', 'effective'), action('b', 'dropped')), null],
    [
      'whose last actions were effective, after earlier ones without effect',
      { ...plan(action('a', 'ineffective'), action('b', 'effective', 2)), round: 2 },
      null,
    ],
  ] as [string, Plan, string | null][])('%s: closes or says why not %#', (_, one, code) => {
    expect(objectionToClosing(one)?.code ?? null).toBe(code)
  })

  it('lacks actions once its causes are known, until one that was not given up answers them', () => {
    expect(lacksActions(plan())).toBe(true)
    expect(lacksActions(plan(action('a', 'dropped')))).toBe(true)
    expect(lacksActions({ ...plan(action('a', 'effective')), round: 2 })).toBe(true)
    expect(lacksActions(plan(action('a', 'unreported')))).toBe(false)
    expect(lacksActions({ ...plan(), status: 'to_analyse' })).toBe(false)
    expect(lacksActions({ ...plan(), status: 'closed' })).toBe(false)
  })

  it('names the actions whose effect is not proven', () => {
    const objection = objectionToClosing(plan(action('AM-2026-001', 'effective'), action('AM-2026-002', 'verified')))
    expect(objection?.facts.codes).toBe('AM-2026-002')
  })

  it('has its causes said once, and actions only after them', () => {
    const of = (status: Plan['status']) => [
      objectionToAnalysing({ status })?.code,
      objectionToPlanning({ status })?.code,
    ]
    expect(of('to_analyse')).toEqual([undefined, 'causes_unknown'])
    expect(of('in_plan')).toEqual(['causes_known', undefined])
    expect(of('closed')).toEqual(['causes_known', 'finding_closed'])
  })

  it('of an audit is recorded by control interno alone', () => {
    expect(originsFor('control_interno')).toContain('audit')
    expect(originsFor('profesional_sig')).not.toContain('audit')
    expect(findingCode(2026, 7)).toBe('H-2026-007')
  })
})

describe('what is typed of it', () => {
  const formKey = '7f4d0c1e-3b1c-4c57-9a64-0d2f5b1f9a10'
  const wrong = <T>(schema: Parameters<typeof readInput<T>>[0], raw: unknown) => {
    const read = readInput(schema, raw)
    return read.ok ? [] : read.errors.map(({ path, code }) => [path, code])
  }

  it.each([
    ['two whys', 'five_whys', 'porque sí\nporque no', [['steps', 'whys_missing']]],
    ['six whys', 'five_whys', 'a\nb\nc\nd\ne\nf', [['steps', 'whys_missing']]],
    ['three whys and blank lines', 'five_whys', 'a\n\n b \nc\n', []],
    ['an empty list', 'list', ' \n ', [['steps', 'causes_missing']]],
    ['one cause', 'list', 'No hay acuerdo', []],
    ['a cause without end', 'list', 'x'.repeat(501), [['steps', 'causes_missing']]],
  ])('%s', (_, method, steps, errors) => {
    expect(wrong(CauseAnalysisInput, { formKey, method, steps, root: 'No hay acuerdo de entrega.' })).toEqual(errors)
  })

  it('says in which field each fault stands', () => {
    expect(wrong(CauseAnalysisInput, { formKey })).toEqual([
      ['method', 'cause_method_missing'],
      ['steps', 'causes_missing'],
      ['root', 'root_missing'],
    ])
    expect(wrong(planActionInput('2026-11-27'), { formKey, what: 'x', positionId: '', dueDate: '2026-11-27' })).toEqual(
      [
        ['what', 'finding_action_missing'],
        ['positionId', 'action_owner_missing'],
        ['dueDate', 'commitment_due_past'],
        ['indicator', 'indicator_missing'],
      ],
    )
    const early = wrong(findingInput('2026-11-27', 'profesional_sig'), { origin: 'audit', foundOn: '2026-11-28' })
    expect(early).toContainEqual(['origin', 'finding_origin_missing'])
    expect(early).toContainEqual(['foundOn', 'finding_date_ahead'])
  })
})
