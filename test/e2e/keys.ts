/** What a person does who has no pointer: Tab, arrows, space, Enter and letters. */
import type { Page } from '@playwright/test'
import { formDefinition } from '../../catalog/forms/index.ts'
import { type Answers, listOf, rowsOf, type ScalarField, type ScalarValue } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { notationOf } from '../../domain/rich-notation.ts'
import type { RowIds } from './step-form.ts'

export interface Focused {
  tag: string
  type: string
  name: string
  value: string
  text: string
  href: string
  checked: boolean
  /** Something shows where the focus is. */
  shows: boolean
}

export function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const at = document.activeElement ?? document.body
    const shows = (element: Element | null): boolean => {
      if (!element) return false
      const style = getComputedStyle(element)
      return (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
    }
    const field = at as HTMLInputElement
    return {
      ...{ tag: at.tagName.toLowerCase(), type: field.type ?? '', name: field.name ?? '', value: field.value ?? '' },
      ...{ text: at.textContent?.trim() ?? '', href: at.getAttribute('href') ?? '', checked: field.checked === true },
      shows: shows(at) || shows(at.parentElement) || shows(at.nextElementSibling),
    }
  })
}

/** Whether something around the control is drawn otherwise when the focus leaves: its own style or that of a mark beside it. */
async function looksFocused(page: Page): Promise<boolean> {
  return (await styleChanges(page)) || (await pictureChanges(page))
}

const styleChanges = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement
    const frame = [at.parentElement, at.parentElement?.parentElement]
    const beside = frame.flatMap((one) => [...(one?.children ?? [])])
    const around = [at, ...frame, ...beside].filter((one) => one instanceof Element)
    const drawn = () =>
      around.flatMap((one) =>
        [null, '::before', '::after'].map((part) => {
          const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(one, part)
          return [outline, boxShadow, borderColor, backgroundColor].join()
        }),
      )
    const withFocus = drawn()
    at.blur()
    const without = drawn()
    at.focus({ focusVisible: true } as FocusOptions)
    return withFocus.join() !== without.join()
  })

/** For what is drawn in no style of its own; slower by far. */
async function pictureChanges(page: Page): Promise<boolean> {
  const box = await page.evaluate(() => {
    document.activeElement?.scrollIntoView({ block: 'center' })
    const { x, y, width, height } = (document.activeElement ?? document.body).getBoundingClientRect()
    return { x: Math.max(0, x - 12), y: Math.max(0, y - 12), width: width + 24, height: height + 24 }
  })
  const withFocus = await page.screenshot({ clip: box, caret: 'initial' })
  await page.evaluate(() => {
    const at = document.activeElement as HTMLElement
    at.dataset.had = 'focus'
    at.blur()
  })
  const without = await page.screenshot({ clip: box })
  await page.evaluate(() => {
    const at = document.querySelector<HTMLElement>('[data-had]')
    at?.removeAttribute('data-had')
    at?.focus({ focusVisible: true } as FocusOptions)
  })
  return !withFocus.equals(without)
}

/** Loads a page and waits until React has taken it over: a key that arrives in the middle of that can make it start over. */
export async function load(page: Page, address?: string): Promise<void> {
  if (address) await page.goto(address)
  else await page.reload()
  await page.waitForFunction(() => {
    const taken = (element: Element | undefined) =>
      Object.keys(element ?? {}).some((key) => key.startsWith('__reactFiber$'))
    return taken([...document.querySelectorAll('main *')].at(-1))
  })
  // What was taken over is committed in the same task; one turn later its effects have run.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
}

type Wanted = Partial<Record<'name' | 'text' | 'href', string>>

/** Presses Tab until the focus is where it should be; a page that never leads there is a fault. */
export async function tabTo(page: Page, wanted: Wanted): Promise<void> {
  for (let presses = 0; presses < 400; presses++) {
    await page.keyboard.press('Tab')
    const at = await focused(page)
    if (Object.entries(wanted).every(([key, value]) => at[key as 'name'] === value)) return
  }
  throw new Error(`the Tab key does not lead to ${JSON.stringify(wanted)}`)
}

/** More than the longest form has stops. */
const MOST_PRESSES = 4_000

/** Fills in a step from the keyboard; answers the controls that did not show their focus. Rows are remembered by the id they got. */
export async function fillByKeys(page: Page, code: StepCode, answers: Answers, ids: RowIds): Promise<string[]> {
  const wanted = wantedValues(code, answers)
  const done = new Set<string>()
  const hidden = new Set<string>()
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    await page.keyboard.press('Tab')
    let at = await focused(page)
    if (at.text === 'Revisar y enviar') {
      await page.keyboard.press('Shift+Tab')
      await rememberRows(page, code, answers, ids)
      return [...hidden]
    }
    const [verb, path = ''] = at.name === 'intent' ? at.value.split(':') : []
    const rows = wanted.rows.get(path) ?? 0
    if (verb === 'agregar' && (await rowsNow(page, path)) < rows) {
      await page.keyboard.press('Enter')
      at = await focused(page)
    } else if (verb === 'agregar') await removeRowsPast(page, path, rows)
    const key = at.type === 'checkbox' ? `${at.name}=${at.value}` : at.name
    if (done.has(key)) continue
    done.add(key)
    // Looked at twice: a save in between draws the field anew.
    if (at.name && !at.shows && !(await looksFocused(page)) && !(await looksFocused(page))) hidden.add(at.name)
    const values = wanted.values.get(at.name) ?? []
    if (!wanted.references.has(at.name)) await answerByKeys(page, at, values)
    else {
      // It may point at a row typed a moment ago in this very form.
      await rememberRows(page, code, answers, ids)
      await answerByKeys(
        page,
        at,
        values.map((one) => ids.get(one) ?? one),
      )
    }
  }
  throw new Error('the Tab key does not lead to the end of the form')
}

/** A prefilled list may hold more rows than the answers say; before the button that adds stands the one of the last row. */
async function removeRowsPast(page: Page, path: string, rows: number): Promise<void> {
  while ((await rowsNow(page, path)) > rows) {
    await page.keyboard.press('Shift+Tab')
    if (!(await focused(page)).value.startsWith(`quitar:${path}:`)) throw new Error(`no row of ${path} can be removed`)
    await page.keyboard.press('Enter')
  }
}

const idsOf = (page: Page, path: string) =>
  page.evaluate(
    (start) =>
      [...document.querySelectorAll<HTMLInputElement>('input[type=hidden][name$=".id"]')]
        .filter((one) => one.name.startsWith(start))
        .map((one) => one.value),
    `${path}[`,
  )

const rowsNow = async (page: Page, path: string) => (await idsOf(page, path)).length

/** Rows get their ids in the browser: what the answers of a later step call `o2` is found under the id it was really given. */
async function rememberRows(page: Page, code: StepCode, answers: Answers, ids: RowIds): Promise<void> {
  for (const group of formDefinition(code).groups)
    for (const field of group.fields.filter((one) => one.kind === 'list')) {
      const given = await idsOf(page, `${group.code}.${field.code}`)
      for (const [i, row] of rowsOf(answers, group.code, field.code).entries()) ids.set(row.id, given[i] ?? '')
    }
}

/** Gives the control that has the focus its value, whatever kind of control it is. */
export async function answerByKeys(page: Page, at: Focused, values: string[]): Promise<void> {
  const [value] = values
  if (value === undefined) return
  if (at.type === 'checkbox') {
    if (values.includes(at.value) !== at.checked) await page.keyboard.press('Space')
  } else if (at.type === 'radio') await chooseByKeys(page, value)
  else if (at.tag === 'select') await selectByKeys(page, value)
  else if (at.type === 'date') await typeDate(page, value)
  else if (at.tag === 'textarea' || at.tag === 'input') await type(page, value)
}

/** In place of what stands there already; rich text as a plain field takes it. */
export async function type(page: Page, value: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(notationOf(value))
}

async function chooseByKeys(page: Page, value: string): Promise<void> {
  await page.keyboard.press('Space')
  for (let i = 0; i < 20 && (await focused(page)).value !== value; i++) await page.keyboard.press('ArrowDown')
}

async function selectByKeys(page: Page, value: string): Promise<void> {
  for (let i = 0; i < 100 && (await focused(page)).value !== value; i++) await page.keyboard.press('ArrowDown')
}

/** The parts of a date stand in the order of the browser's language. */
async function typeDate(page: Page, value: string): Promise<void> {
  const [year = '', month = '', day = ''] = value.split('-')
  for (const order of [`${day}${month}${year}`, `${month}${day}${year}`]) {
    await page.keyboard.type(order)
    if ((await focused(page)).value === value) return
    for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowLeft')
  }
}

interface WantedForm {
  /** By the name of the input, as the form is built. */
  values: Map<string, string[]>
  /** Inputs whose values are ids of rows. */
  references: Set<string>
  /** How many rows each list needs. */
  rows: Map<string, number>
}

function wantedValues(code: StepCode, answers: Answers): WantedForm {
  const wanted: WantedForm = { values: new Map(), references: new Set(), rows: new Map() }
  const put = (name: string, field: ScalarField, value: ScalarValue | undefined) => {
    const list = listOf(value).filter((one) => one !== '')
    if (list.length > 0) wanted.values.set(name, list)
    if (field.kind === 'reference') wanted.references.add(name)
  }
  for (const group of formDefinition(code).groups) {
    for (const field of group.fields) {
      const path = `${group.code}.${field.code}`
      if (field.kind !== 'list') put(path, field, answers[group.code]?.[field.code] as ScalarValue)
      else {
        const list = rowsOf(answers, group.code, field.code)
        wanted.rows.set(path, list.length)
        for (const [i, row] of list.entries())
          for (const cell of field.fields) put(`${path}[${i}].${cell.code}`, cell, row[cell.code])
      }
    }
  }
  return wanted
}
