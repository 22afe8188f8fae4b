/** Fills in the form of any step as a person does: by the visible title of the group, the row, the field. */
import { expect, type Locator, type Page } from '@playwright/test'
import { formDefinition } from '../../catalog/forms/index.ts'
import {
  type Answers,
  isActive,
  isMultiple,
  type ListField,
  listOf,
  type Row,
  rowsOf,
  type ScalarField,
  type ScalarValue,
} from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { notationOf } from '../../domain/rich-notation.ts'

/** Rows get their ids in the browser: what an answer calls `o2` is found under the id it was really given. */
export type RowIds = Map<string, string>

export async function fillStep(page: Page, code: StepCode, answers: Answers, ids: RowIds): Promise<void> {
  for (const group of formDefinition(code).groups) {
    const section = page.locator(`section[id="${group.code}"]`)
    await expect(section.getByRole('heading', { name: group.title, exact: true })).toBeVisible()
    const given = answers[group.code] ?? {}
    for (const field of group.fields) {
      if (field.kind === 'list') await fillList(section, field, rowsOf(answers, group.code, field.code), ids)
      else if (isActive(field, given)) await fillField(section, field, given[field.code] as ScalarValue, ids)
    }
  }
}

async function fillList(section: Locator, list: ListField, rows: Row[], ids: RowIds): Promise<void> {
  const add = section.getByRole('button', { name: `Agregar ${list.itemTitle.toLowerCase()}`, exact: true })
  for (const [i, row] of rows.entries()) {
    const box = section.getByRole('group', { name: `${list.itemTitle} ${i + 1}`, exact: true })
    if ((await box.count()) === 0) await add.click()
    await expect(box).toBeVisible()
    ids.set(row.id, (await box.locator('input[type=hidden][name$=".id"]').getAttribute('value')) ?? '')
    for (const cell of list.fields) {
      if (isActive(cell, row)) await fillField(box, cell, row[cell.code], ids)
    }
  }
  // A prefilled list may hold more rows than the answers say.
  const extra = section.getByRole('button', {
    name: `Quitar ${list.itemTitle.toLowerCase()} ${rows.length + 1}`,
    exact: true,
  })
  while ((await extra.count()) > 0) await extra.click()
}

async function fillField(box: Locator, field: ScalarField, value: ScalarValue | undefined, ids: RowIds): Promise<void> {
  const wanted = listOf(value)
    .filter((one) => one !== '')
    .map((one) => (field.kind === 'reference' ? (ids.get(one) ?? one) : one))
  if (wanted.length === 0) return await leaveEmpty(box, field)
  const label = field.required ? field.label : `${field.label} (opcional)`
  if (isChoice(field)) return await choose(box, label, field.code, wanted)
  // A label may stand several times in a group, each time about another field.
  const input = box.getByLabel(label, { exact: true }).and(box.locator(`[name$=".${field.code}"]`))
  if (field.kind === 'select' || field.kind === 'reference') await input.selectOption(wanted[0] ?? '')
  else await input.fill(notationOf(wanted[0] ?? ''))
}

/** A field that came later may be filled in already, from what the entity said in an earlier exercise. */
async function leaveEmpty(box: Locator, field: ScalarField): Promise<void> {
  if (!field.addedLater || (field.kind !== 'text' && field.kind !== 'longtext')) return
  const input = box.locator(`[name$=".${field.code}"]`)
  if (await input.inputValue()) await input.fill('')
}

function isChoice(field: ScalarField): boolean {
  return field.kind === 'yesno' || field.kind === 'radio' || isMultiple(field)
}

async function choose(box: Locator, legend: string, code: string, wanted: string[]): Promise<void> {
  const groups = box.getByRole('group', { name: legend }).or(box.getByRole('radiogroup', { name: legend }))
  for (const value of wanted) await groups.locator(`input[name$=".${code}"][value="${value}"]`).check()
}
