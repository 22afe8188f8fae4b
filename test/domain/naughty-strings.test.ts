/** Any string a database can keep goes through a form unchanged, and leaves as text in every file (issue 4, bad input). */
import { describe, expect, it } from 'vitest'
import { FORMS, formChain, formDefinition } from '../../catalog/forms/index.ts'
import { renderSnapshot } from '../../documents/snapshot.ts'
import { csvCell } from '../../domain/csv-cells.ts'
import {
  type Answers,
  answersFromEntries,
  bringOver,
  checkShape,
  differencesBetween,
  emptyAnswers,
  entriesOf,
  type FormDefinition,
  flattenForReview,
  mergedBy,
} from '../../domain/forms.ts'
import { isStorable } from '../../domain/storable.ts'
import { naughtyStrings } from '../support/naughty.ts'
import { isFreeText, naughtyAnswers } from '../support/naughty-answers.ts'

const STRINGS = naughtyStrings(600)
// The wire turns line breaks into CRLF and back (multipart/form-data): a lone CR is not typed by anybody.
const typed = STRINGS.map((text) => text.replaceAll('\r\n', '\n'))
/** Twelve rounds over the fields of a form; where other strings are asked for, each of them in each field. */
const STEP = process.env.PROPERTY_SEED === undefined ? 50 : 1
const form = formDefinition('3', 1)
const holding = (text: string): Answers => ({
  ...emptyAnswers(form),
  tecnicas: { cualitativas: [], cuantitativas: [], aplicacion: text },
  fuentes: { lista: [{ id: 'r1', fuente: '', uso: text }] },
})

/** Line breaks are marks of their own on a page. */
const letters = (text: string) => text.replace(/\s/g, '')

const HEAD = { cycle: 'x', entity: 'x', step: 'x', procedure: 'x' }

const plain = (html: string) =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')

/** Every field of free text of a form, by its path. */
const textFields = ({ groups }: FormDefinition) =>
  groups.flatMap(({ code, fields }) =>
    fields.flatMap((field) => {
      if (field.kind !== 'list') return isFreeText(field) ? [`${code}.${field.code}`] : []
      return field.fields.filter(isFreeText).map((cell) => `${code}.${field.code}.${cell.code}`)
    }),
  )

describe.each(FORMS.map((one) => [`step ${one.stepCode} v${one.version}`, one] as const))(
  'every text of %s',
  (_, one) => {
    const rounds = Array.from({ length: STRINGS.length / STEP }, (_, i) =>
      naughtyAnswers(one, typed.slice(i * STEP), i),
    )

    it('is typed into by these tests', () => {
      for (const round of rounds) expect(round.typed.map(({ path }) => path)).toEqual(textFields(one))
    })

    it('comes back from the entries, the check and JSON as it was typed', () => {
      for (const { answers } of rounds) {
        expect(answersFromEntries(one, entriesOf(one, answers))).toEqual(answers)
        expect(checkShape(one, answers)).toEqual({ ok: true, answers })
        expect(JSON.parse(JSON.stringify(answers))).toEqual(answers)
      }
    })

    it('stands in the frozen page as text', () => {
      const shown = new Set<string>()
      for (const { answers, typed: texts } of rounds) {
        const lines = flattenForReview(one, answers)
        const asked = new Set(lines.map(({ path }) => path.replace(/\[\d+\]/, '')))
        const html = renderSnapshot(HEAD, lines, [])
        expect(html).not.toMatch(/<script>alert|<img src=x/)
        const said = letters(plain(html.replace(/<[^>]+>/g, '')))
        for (const { path, text } of texts.filter((one) => asked.has(one.path))) {
          expect([path, said.includes(letters(text))]).toEqual([path, true])
          shown.add(path)
        }
      }
      expect(textFields(one).filter((path) => !shown.has(path))).toEqual([])
    })

    it('with a character no database keeps is refused, and the field named', () => {
      for (const bad of ['a\u0000b', 'a\ud83db']) {
        const { answers, typed: texts } = naughtyAnswers(one, [bad])
        const checked = checkShape(one, answers)
        const named = checked.ok ? [] : checked.errors.map(({ path }) => path.replace(/\[\d+\]/, ''))
        expect(named.sort()).toEqual(texts.map(({ path }) => path).sort())
      }
    })
  },
)

describe('a string of any kind', () => {
  it('is one a database keeps, and no two are equal', () => {
    expect(STRINGS.every(isStorable)).toBe(true)
    expect(new Set(STRINGS).size).toBe(STRINGS.length)
  })

  it('comes back from the entries of a form, its check, its upgrade and its merge as it was typed', () => {
    for (const text of typed) {
      const answers = holding(text)
      const read = answersFromEntries(form, entriesOf(form, answers))
      expect(read).toEqual(answers)
      expect(checkShape(form, read)).toEqual({ ok: true, answers })
      const { answers: newer, leftOver } = bringOver(formChain('3', 1, 2), answers)
      expect([newer.mecanismos?.notas, leftOver]).toEqual([text, []])
      const sides = { base: emptyAnswers(form), mine: answers, theirs: emptyAnswers(form) }
      expect(differencesBetween(form, sides)[0]?.mine).toBe(text)
      expect(mergedBy(form, sides, () => 'mia')).toEqual(answers)
    }
  })

  it('stands in the frozen page as text, never as markup', () => {
    // Line breaks become marks of their own there.
    for (const text of typed.map((one) => one.replace(/[\n\r]/g, ' '))) {
      const html = renderSnapshot(HEAD, flattenForReview(form, holding(text)), [])
      expect(plain(html)).toContain(text)
      expect(html).not.toMatch(/<script>alert|<img src=x/)
    }
  })

  it('is one cell of a CSV file that nothing runs, with every character in it', () => {
    for (const text of STRINGS) {
      const cell = csvCell(text, ';')
      const inner = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
      expect(inner === text || inner === `'${text}`).toBe(true)
      expect(inner).not.toMatch(/^[=+\-@\uff1d\uff0b\t\r]/)
    }
  })

  it('is the same in JSON', () => {
    for (const text of STRINGS) expect(JSON.parse(JSON.stringify({ text })).text).toBe(text)
  })
})
