/** Any string a database can keep goes through a form unchanged, and leaves as text in every file (issue 4, bad input). */
import { describe, expect, it } from 'vitest'
import { formChain, formDefinition } from '../../catalog/forms/index.ts'
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
  flattenForReview,
  mergedBy,
} from '../../domain/forms.ts'
import { isStorable } from '../../domain/storable.ts'
import { naughtyStrings } from '../support/naughty.ts'

const STRINGS = naughtyStrings(600)
// The wire turns line breaks into CRLF and back (multipart/form-data): a lone CR is not typed by anybody.
const typed = STRINGS.map((text) => text.replaceAll('\r\n', '\n'))
const form = formDefinition('3', 1)
const holding = (text: string): Answers => ({
  ...emptyAnswers(form),
  tecnicas: { cualitativas: [], cuantitativas: [], aplicacion: text },
  fuentes: { lista: [{ id: 'r1', fuente: '', uso: text }] },
})

const plain = (html: string) =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')

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
    const head = { cycle: 'x', entity: 'x', step: 'x', procedure: 'x' }
    // Line breaks become marks of their own there.
    for (const text of typed.map((one) => one.replace(/[\n\r]/g, ' '))) {
      const html = renderSnapshot(head, flattenForReview(form, holding(text)), [])
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
