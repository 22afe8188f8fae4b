/** What every page must pass, in words a failure can be read by. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { RunOptions } from 'axe-core'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
declare global {
  interface Window {
    axe: typeof import('axe-core')
  }
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2.1 A and AA: no violation, with the element and the rule named when there is one; or some rules only. */
export async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  // Read once for each page that is loaded: the second look at it finds axe there.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const runOnly = rules ? { type: 'rule' as const, values: rules } : { type: 'tag' as const, values: WCAG }
  // What passes is not described, and no style of ours comes from another site.
  const options: RunOptions = { runOnly, resultTypes: ['violations'], preload: false }
  const violations = await page.evaluate(async (wanted) => (await window.axe.run(document, wanted)).violations, options)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`),
  )
}

/** Everything that opens is opened: what stands inside is part of the page. */
export async function openDetails(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })
}

/** At 320 px nothing scrolls sideways but regions that say so; answers what sticks out. */
export async function stickingOut(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    const scrolls = (element: Element) => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX)
    const inRegion = (element: Element): boolean => {
      for (let at: Element | null = element.parentElement; at; at = at.parentElement) if (scrolls(at)) return true
      return false
    }
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !inRegion(element))
      .slice(0, 5)
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.className} ends at ${Math.round(element.getBoundingClientRect().right)} px`,
      )
  })
}

/** A region that scrolls sideways can be reached with the keyboard and has a name. */
export async function unnamedScrollers(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => {
        const style = getComputedStyle(element)
        const scrolls = ['auto', 'scroll'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1
        if (!scrolls || element.matches('textarea, input, select')) return false
        const named = element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby')
        return !(named && element.getAttribute('tabindex') === '0')
      })
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`),
  )
}

/** What is touched is at least 44 px high on a telephone (experience 66); a link inside a sentence is as high as its line. */
export async function smallTargets(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const inSentence = (element: Element) =>
      element.matches('p a, .aksel-alert a, li a, dd a') &&
      getComputedStyle(element).display === 'inline' &&
      (element.parentElement?.textContent ?? '').trim() !== (element.textContent ?? '').trim()
    const targetOf = (element: Element) =>
      element.matches('input[type=checkbox], input[type=radio]')
        ? (element.closest('.aksel-checkbox, .aksel-radio') ?? element)
        : element
    return [...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')]
      .filter((element) => {
        const { width, height } = targetOf(element).getBoundingClientRect()
        const isHidden = width < 2 || height < 2 || getComputedStyle(element).visibility === 'hidden'
        const isOffered = element.getAttribute('tabindex') !== '-1' && !element.matches('.skip-link, .aksel-sr-only')
        return isOffered && !isHidden && height < 43.5 && !inSentence(element)
      })
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.className} «${(element.textContent ?? '').trim().slice(0, 40)}»`,
      )
  })
}
