/** What a person does who has no pointer: Tab, arrows, space, Enter and letters. */
import type { Page } from '@playwright/test'
import { formDefinition } from '../../catalog/forms/index.ts'
import { type Answers, listOf, rowsOf, type ScalarValue } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'

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

/** Whether the picture around the focus changes when the focus leaves: for what is drawn beside or inside a control. */
async function looksFocused(page: Page): Promise<boolean> {
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

/** Fills in a step from the keyboard; answers the controls that did not show their focus. */
export async function fillByKeys(page: Page, code: StepCode, answers: Answers): Promise<string[]> {
  const wanted = wantedValues(code, answers)
  const added = new Map<string, number>()
  const done = new Set<string>()
  const hidden = new Set<string>()
  for (let presses = 0; presses < 600; presses++) {
    await page.keyboard.press('Tab')
    let at = await focused(page)
    if (at.text === 'Revisar y enviar') {
      await page.keyboard.press('Shift+Tab')
      return [...hidden]
    }
    const [verb, path = ''] = at.name === 'intent' ? at.value.split(':') : []
    if (verb === 'agregar' && (added.get(path) ?? 0) < (wanted.rows.get(path) ?? 0)) {
      added.set(path, (added.get(path) ?? 0) + 1)
      await page.keyboard.press('Enter')
      at = await focused(page)
    }
    const key = at.type === 'checkbox' ? `${at.name}=${at.value}` : at.name
    if (done.has(key)) continue
    done.add(key)
    if (at.name && !at.shows && !(await looksFocused(page))) hidden.add(at.name)
    await answerByKeys(page, at, wanted.values.get(at.name) ?? [])
  }
  throw new Error('the Tab key does not lead to the end of the form')
}

async function answerByKeys(page: Page, at: Focused, values: string[]): Promise<void> {
  const [value] = values
  if (value === undefined) return
  if (at.type === 'checkbox') {
    if (values.includes(at.value) !== at.checked) await page.keyboard.press('Space')
  } else if (at.type === 'radio') await chooseByKeys(page, value)
  else if (at.tag === 'select') await selectByKeys(page, value)
  else if (at.type === 'date') await typeDate(page, value)
  else if (at.tag === 'textarea' || at.tag === 'input') await page.keyboard.insertText(value)
}

async function chooseByKeys(page: Page, value: string): Promise<void> {
  await page.keyboard.press('Space')
  for (let i = 0; i < 20 && (await focused(page)).value !== value; i++) await page.keyboard.press('ArrowDown')
}

async function selectByKeys(page: Page, value: string): Promise<void> {
  for (let i = 0; i < 60 && (await focused(page)).value !== value; i++) await page.keyboard.press('ArrowDown')
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

/** By the name of the input, as the form is built; and how many rows each list needs. */
function wantedValues(code: StepCode, answers: Answers): { values: Map<string, string[]>; rows: Map<string, number> } {
  const values = new Map<string, string[]>()
  const rows = new Map<string, number>()
  const put = (name: string, value: ScalarValue | undefined) => {
    const list = listOf(value).filter((one) => one !== '')
    if (list.length > 0) values.set(name, list)
  }
  for (const group of formDefinition(code).groups) {
    for (const field of group.fields) {
      const path = `${group.code}.${field.code}`
      if (field.kind !== 'list') put(path, answers[group.code]?.[field.code] as ScalarValue)
      else {
        const list = rowsOf(answers, group.code, field.code)
        rows.set(path, list.length)
        for (const [i, row] of list.entries())
          for (const cell of field.fields) put(`${path}[${i}].${cell.code}`, row[cell.code])
      }
    }
  }
  return { values, rows }
}
