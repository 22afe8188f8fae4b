import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Answers,
  contentAt,
  differencesBetween,
  emptyAnswers,
  type FormDefinition,
  type MergeChoice,
  mergedBy,
  type Row,
  rowsOf,
} from '../../domain/forms.ts'

const form: FormDefinition = {
  stepCode: '1',
  version: 1,
  groups: [
    {
      ...{ code: 'g', title: 'Grupo' },
      fields: [
        { kind: 'longtext', code: 'a', label: 'A' },
        { kind: 'text', code: 'b', label: 'B' },
        {
          kind: 'checkboxes',
          code: 'c',
          label: 'C',
          choices: [
            { code: 'uno', label: 'Uno' },
            { code: 'dos', label: 'Dos' },
          ],
        },
        {
          ...{ kind: 'list', code: 'l', label: 'Lista', itemTitle: 'Fila' },
          fields: [
            { kind: 'text', code: 'x', label: 'X' },
            { kind: 'text', code: 'y', label: 'Y' },
          ],
        },
      ],
    },
  ],
}

const anyText = fc.constantFrom('', 'uno', 'dos', '=1+1', 'ñ\u202e😀', '<b>')
const anyRows = fc
  .uniqueArray(fc.constantFrom('r1', 'r2', 'r3', 'r4'), { maxLength: 4 })
  .chain((ids) =>
    fc.tuple(...ids.map((id) => fc.record({ x: anyText, y: anyText }).map((cells) => ({ ...cells, id }) as Row))),
  )
const anyAnswers: fc.Arbitrary<Answers> = fc
  .record({ a: anyText, b: anyText, c: fc.subarray(['uno', 'dos']), l: anyRows })
  .map((g) => ({ g }) as Answers)
const anySides = fc.record({ base: fc.option(anyAnswers), mine: anyAnswers, theirs: anyAnswers })

const all = (choice: MergeChoice) => () => choice
const sorted = (answers: Answers) => ({
  g: { ...answers.g, l: [...rowsOf(answers, 'g', 'l')].sort((p, q) => (p.id < q.id ? -1 : 1)) },
})

describe('two versions of a draft', () => {
  it('merged as one of them alone are that one, and nothing else', () => {
    fc.assert(
      fc.property(anySides, (sides) => {
        expect(sorted(mergedBy(form, sides, all('mia')))).toEqual(sorted(sides.mine))
        expect(sorted(mergedBy(form, sides, all('guardada')))).toEqual(sorted(sides.theirs))
      }),
    )
  })

  it('differ in exactly what is listed, and each choice puts its own side there and touches nothing else', () => {
    fc.assert(
      fc.property(anySides, fc.infiniteStream(fc.boolean()), (sides, coins) => {
        const found = differencesBetween(form, sides)
        const chosen = new Map(
          found.map(({ key }) => [key, coins.next().value ? ('mia' as const) : ('guardada' as const)]),
        )
        const merged = mergedBy(form, sides, (key) => chosen.get(key) ?? null)
        for (const [key, choice] of chosen)
          expect(contentAt(merged, key), key).toBe(contentAt(choice === 'mia' ? sides.mine : sides.theirs, key))
        // Against the chosen sides nothing else differs: the rest was equal in both.
        const rest = differencesBetween(form, { base: null, mine: merged, theirs: sides.mine })
        for (const { key } of rest) expect(chosen.get(key), key).toBe('guardada')
      }),
    )
  })

  it('suggest what only one of them changed, and ask where both did', () => {
    fc.assert(
      fc.property(anyAnswers, anyAnswers, (base, changed) => {
        const mineOnly = differencesBetween(form, { base, mine: changed, theirs: base })
        expect(mineOnly.every((one) => one.choice === 'mia' && !one.both)).toBe(true)
        const theirsOnly = differencesBetween(form, { base, mine: base, theirs: changed })
        expect(theirsOnly.every((one) => one.choice === 'guardada' && !one.both)).toBe(true)
      }),
    )
    const sides = [{ a: 'lo mío' }, { a: 'lo suyo' }].map((g) => ({ g: { ...emptyAnswers(form).g, ...g } }) as Answers)
    const [mine, theirs] = sides as [Answers, Answers]
    expect(differencesBetween(form, { base: emptyAnswers(form), mine, theirs })).toMatchObject([
      { key: 'g.a', both: true, joinable: true, choice: 'mia', mine: 'lo mío', theirs: 'lo suyo' },
    ])
    expect(mergedBy(form, { mine, theirs }, all('ambas')).g?.a).toBe('lo suyo\nlo mío')
  })

  it('keep a row that one changed and the other took out, and ask', () => {
    const row = { id: 'r1', x: 'uno', y: '' } as Row
    const withRows = (...l: Row[]): Answers => ({ g: { ...emptyAnswers(form).g, l } })
    const sides = { base: withRows(row), mine: withRows({ ...row, x: 'dos' } as Row), theirs: withRows() }
    expect(differencesBetween(form, sides)).toMatchObject([{ key: 'g.l[r1]', both: true, choice: 'mia', theirs: '' }])
    const untouched = { base: withRows(row), mine: withRows(row), theirs: withRows() }
    expect(differencesBetween(form, untouched)).toMatchObject([{ both: false, choice: 'guardada' }])
  })
})
