import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORM_UPGRADES, FORMS, formChain, formDefinition, newestForm } from '../../catalog/forms/index.ts'
import {
  type Answers,
  answerText,
  bringOver,
  checkShape,
  destinationOf,
  emptyAnswers,
  type FormDefinition,
  fieldAt,
  formChanges,
  type ListField,
  type Move,
  nameAt,
  type Row,
  type ScalarField,
  type TypedValue,
  typedIn,
  type UpgradeStep,
  withLeftOver,
} from '../../domain/forms.ts'
import { STEP_CODES } from '../../domain/procedures.ts'
import { plainText, richOf } from '../../domain/rich-text.ts'

const CODES = ['a', 'b', 'c', 'd'] as const
const CHOICES = ['uno', 'dos', 'tres', 'cuatro']

const anyScalar = (code: string): fc.Arbitrary<ScalarField> =>
  fc
    .oneof(
      fc.record({
        kind: fc.constantFrom('text' as const, 'longtext' as const),
        maxLength: fc.integer({ min: 1, max: 12 }),
      }),
      fc.record({ kind: fc.constant('integer' as const), max: fc.integer({ min: 0, max: 500 }) }),
      fc.record({ kind: fc.constantFrom('date' as const, 'yesno' as const) }),
      fc.record({
        kind: fc.constantFrom('radio' as const, 'select' as const, 'checkboxes' as const),
        choices: fc.subarray(CHOICES, { minLength: 1 }).map((codes) => codes.map((one) => ({ code: one, label: one }))),
      }),
    )
    .map((field) => ({ ...field, code, label: `Campo ${code}` }) as ScalarField)

const anyScalars = fc
  .subarray([...CODES], { minLength: 1 })
  .chain((codes) => fc.tuple(...codes.map(anyScalar)) as fc.Arbitrary<ScalarField[]>)

const anyList = (code: string): fc.Arbitrary<ListField> =>
  fc.record({ fields: anyScalars, max: fc.integer({ min: 1, max: 4 }) }).map(({ fields, max }) => ({
    ...{ kind: 'list' as const, code, label: `Lista ${code}`, itemTitle: 'Fila', fields, max },
  }))

const anyDefinition = (version: number): fc.Arbitrary<FormDefinition> =>
  fc.subarray(['g', 'h'], { minLength: 1 }).chain((groups) =>
    fc.tuple(...groups.map(() => fc.tuple(anyScalars, fc.option(anyList('l'), { nil: null })))).map((made) => ({
      ...{ stepCode: '1' as const, version },
      groups: made.map(([fields, list], i) => ({
        ...{ code: groups[i] ?? 'g', title: `Grupo ${groups[i]}` },
        fields: list ? [...fields, list] : fields,
      })),
    })),
  )

/** Moves between any fields, also to none and two to one: what an upgrade says wrongly must not lose anything either. */
const anyMoves: fc.Arbitrary<Move[]> = fc.array(
  fc
    .record({ from: anyPath(), to: anyPath() })
    .chain((move) =>
      fc.constantFrom<Move>(move, { ...move, convert: (value) => (value.length > 3 ? undefined : value) }),
    ),
  { maxLength: 4 },
)

function anyPath(): fc.Arbitrary<string> {
  const [group, code] = [fc.constantFrom('g', 'h'), fc.constantFrom(...CODES, 'l')]
  return fc.oneof(
    fc.tuple(group, code).map(([g, c]) => `${g}.${c}`),
    fc.tuple(group, fc.constantFrom(...CODES)).map(([g, c]) => `${g}.l.${c}`),
  )
}

const anyChain: fc.Arbitrary<UpgradeStep[]> = fc.integer({ min: 1, max: 4 }).chain((steps) =>
  fc
    .tuple(
      fc.tuple(...Array.from({ length: steps + 1 }, (_, i) => anyDefinition(i + 1))),
      fc.tuple(...Array.from({ length: steps }, () => anyMoves)),
    )
    .map(([forms, moves]) =>
      moves.map((own, i) => ({
        before: forms[i] as FormDefinition,
        after: forms[i + 1] as FormDefinition,
        moves: own,
      })),
    ),
)

/** What a browser could have saved in a form: well formed, as every draft is. */
function anyAnswers(definition: FormDefinition): fc.Arbitrary<Answers> {
  return fc.integer({ min: 0, max: 2 ** 31 - 1 }).map((seed) => {
    const answers = emptyAnswers(definition)
    let n = seed
    const next = (limit: number) => {
      n = (Math.imul(n, 1_103_515_245) + 12_345) & 0x7fffffff
      return (n >> 8) % limit
    }
    const someValue = (field: ScalarField): string | string[] => {
      if (next(4) === 0) return field.kind === 'checkboxes' ? [] : ''
      switch (field.kind) {
        case 'text':
        case 'longtext':
          return 'ñ\u202e<b>=1 texto'.slice(0, 1 + next(field.maxLength ?? 12)).trim() || 'x'
        case 'integer':
        case 'number':
          return String(next((field.max ?? 10) + 1))
        case 'date':
          return `20${10 + next(20)}-0${1 + next(9)}-1${next(9)}`
        case 'yesno':
          return next(2) ? 'si' : 'no'
        case 'richtext':
          return ''
        case 'checkboxes':
          return field.choices.filter(() => next(2)).map((one) => one.code)
        case 'reference':
          return 'r'
        default:
          return field.choices[next(field.choices.length)]?.code ?? ''
      }
    }
    for (const group of definition.groups)
      for (const field of group.fields) {
        const own = answers[group.code]
        if (!own) continue
        if (field.kind !== 'list') own[field.code] = someValue(field)
        else
          own[field.code] = Array.from(
            { length: next((field.max ?? 3) + 1) },
            (_, i) =>
              ({ ...Object.fromEntries(field.fields.map((cell) => [cell.code, someValue(cell)])), id: `r${i}` }) as Row,
          )
      }
    return answers
  })
}

const anyDraft = anyChain.chain((chain) =>
  fc.record({ chain: fc.constant(chain), answers: anyAnswers(chain[0]?.before as FormDefinition) }),
)

const values = (typed: readonly TypedValue[]) => typed.map((one) => one.value).sort()

describe('a draft brought over to a newer form', () => {
  it('loses no typed value over any chain of versions: each has a field or is left over', () => {
    fc.assert(
      fc.property(anyDraft, ({ chain, answers }) => {
        const first = chain[0]?.before as FormDefinition
        const last = chain.at(-1)?.after as FormDefinition
        const { answers: after, leftOver, carried } = bringOver(chain, answers)
        expect(checkShape(first, answers).ok).toBe(true)
        expect(checkShape(last, after).ok, 'well formed in the new form').toBe(true)
        expect(values([...typedIn(last, after), ...leftOver])).toEqual(values(typedIn(first, answers)))
        expect(carried.map((one) => one.from)).toEqual(typedIn(first, answers))
        expect(values(carried.flatMap(({ to }) => (to ? [to] : [])))).toEqual(values(typedIn(last, after)))
      }),
      { numRuns: 400 },
    )
  })

  it('goes the whole way as it goes version by version', () => {
    fc.assert(
      fc.property(anyDraft, ({ chain, answers }) => {
        const whole = bringOver(chain, answers)
        const one = chain.reduce(
          (now, step) => {
            const next = bringOver([step], now.answers)
            return { answers: next.answers, leftOver: [...now.leftOver, ...next.leftOver] }
          },
          { answers, leftOver: [] as typeof whole.leftOver },
        )
        expect(one).toEqual({ answers: whole.answers, leftOver: whole.leftOver })
      }),
    )
  })

  it('names every field of the old form as moved, removed or staying, and every other as added', () => {
    fc.assert(
      fc.property(anyChain, (chain) => {
        const { added, moved, removed } = formChanges(chain)
        const count = (form: FormDefinition) =>
          form.groups.flatMap((group) => group.fields.flatMap((f) => (f.kind === 'list' ? f.fields : [f]))).length
        expect(removed.length + moved.length).toBeLessThanOrEqual(count(chain[0]?.before as FormDefinition))
        expect(added.length).toBeLessThanOrEqual(count(chain.at(-1)?.after as FormDefinition))
      }),
    )
  })

  it('keeps what is left over once, however often the same draft comes', () => {
    const one = { at: { group: 'g', field: 'a' }, value: 'x', form: 1 }
    expect(withLeftOver([one], [one, { ...one, value: 'y' }])).toHaveLength(2)
  })
})

describe('the forms of the catalogue', () => {
  it('have versions that follow each other from the first, with one way from each to the next', () => {
    for (const code of STEP_CODES) {
      const versions = FORMS.filter((form) => form.stepCode === code).map((form) => form.version)
      expect(versions.sort()).toEqual(versions.map((_, i) => i + 1))
      const ways = FORM_UPGRADES.filter((one) => one.stepCode === code).map((one) => one.from)
      expect(ways).toEqual(versions.slice(0, -1))
      expect(formChain(code, 1)).toHaveLength(newestForm(code).version - 1)
    }
  })

  it('move only fields there are to fields there are', () => {
    for (const { stepCode, from, moves } of FORM_UPGRADES) {
      for (const move of moves) {
        expect(fieldAt(formDefinition(stepCode, from), move.from), move.from).toBeDefined()
        expect(fieldAt(formDefinition(stepCode, from + 1), move.to), move.to).toBeDefined()
      }
    }
  })

  it('bring a full draft of step 3 from its first version to its second without leaving anything over', () => {
    const before = formDefinition('3', 1)
    const typed: Answers = {
      ...emptyAnswers(before),
      tecnicas: { cualitativas: ['encuestas'], cuantitativas: [], aplicacion: 'En los puntos, cada mes.' },
      fuentes: { lista: [{ id: 's1', fuente: 'f', uso: 'Conteos' }] },
      proteccion: { medidas: 'Seudónimos' },
    }
    const chain = formChain('3', 1, 2)
    const { answers, leftOver } = bringOver(chain, typed)
    expect(leftOver).toEqual([])
    expect(answers.mecanismos).toEqual({ lista: [], notas: 'En los puntos, cada mes.' })
    expect(answers.fuentes).toEqual(typed.fuentes)
    expect(destinationOf(chain, 'tecnicas.aplicacion')).toBe('mecanismos.notas')
    expect(formChanges(chain).moved.map(({ after }) => after.label)).toEqual(['Notas sobre la aplicación'])
    expect(nameAt(before, { group: 'fuentes', field: 'lista', row: { id: 's1', n: 1 }, cell: 'uso' }).label).toBe(
      'Fuente 1 · Para qué se usa',
    )
  })

  it('bring a draft of the report from plain to rich text with every line of it, and its recommendations as they were', () => {
    const before = formDefinition('6', 1)
    const sections = before.groups.flatMap(({ code, fields }) =>
      fields.some((one) => one.code === 'texto') ? [code] : [],
    )
    const line = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => !/[\n\r]/.test(text))
    const written = line.filter((text) => text.trim() !== '')
    const draft = fc.record({
      texts: fc.array(fc.array(line, { maxLength: 4 }), { minLength: sections.length, maxLength: sections.length }),
      recommendations: fc.array(
        fc.record({ linea: fc.constant('2'), texto: written, plazo: fc.constant('2027-01-31') }),
      ),
    })
    fc.assert(
      fc.property(draft, ({ texts, recommendations }) => {
        const typed: Answers = { ...emptyAnswers(before) }
        sections.forEach((code, i) => {
          typed[code] = { ...typed[code], texto: texts[i]?.join('\n') ?? '' }
        })
        typed.recomendaciones = { lista: recommendations.map((cells, i) => ({ ...cells, id: `r${i}` })) }
        const { answers, leftOver } = bringOver(formChain('6', 1, 2), typed)
        expect(leftOver).toEqual([])
        sections.forEach((code, i) => {
          const written = texts[i]?.filter((text) => text.trim() !== '') ?? []
          expect(plainText(richOf(answerText(answers, code, 'texto')))).toBe(written.join('\n'))
        })
        expect(answers.recomendaciones).toMatchObject(typed.recomendaciones ?? {})
        expect(checkShape(formDefinition('6', 2), answers).ok).toBe(true)
      }),
      { numRuns: 30 },
    )
  })
})
