/** People at the browser: one context for each, signed in, and watched for anything the browser complains about. */
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { DEMO_ENTITIES, DEMO_PASSWORD } from '../../catalog/demo-users.ts'

export type SignInAs = (duty: string, slug?: string) => Promise<Page>

interface Fixtures {
  /** The page of whoever holds a duty; the same page when asked again. */
  signInAs: SignInAs
  /** What a browser said on its console that it should not have. */
  complaints: string[]
}

/** Documents answered with 4xx are on purpose; what they load must still be there. */
const EXPECTED = /Failed to load resource: the server responded with a status of 4(03|04|09|10|22)/

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from its pattern
  complaints: async ({}, use) => {
    const complaints: string[] = []
    await use(complaints)
    expect(complaints, 'the browser complained').toEqual([])
  },
  signInAs: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = []
    const pages = new Map<string, Page>()
    await use(async (duty, slug = 'santamarta') => {
      const known = pages.get(`${duty}@${slug}`)
      if (known) return known
      const context = await browser.newContext()
      contexts.push(context)
      const page = await context.newPage()
      watch(page, `${duty}@${slug}`, complaints)
      await signIn(page, duty, slug)
      pages.set(`${duty}@${slug}`, page)
      return page
    })
    for (const context of contexts) await context.close()
  },
})

export { expect }

export function emailOf(duty: string, slug = 'santamarta'): string {
  const user = DEMO_ENTITIES.find((entity) => entity.slug === slug)?.users.find((one) => one.duty === duty)
  if (!user) throw new Error(`nobody holds ${duty} in ${slug}`)
  return user.email
}

export async function signIn(page: Page, duty: string, slug = 'santamarta'): Promise<void> {
  await page.goto('/ingresar')
  // Typing in the middle of React's hydration can make it start over, and say so on the console.
  await page.waitForLoadState('networkidle')
  await page.getByLabel('Correo electrónico').fill(emailOf(duty, slug))
  await page.getByLabel('Contraseña', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Ingresar', exact: true }).click()
  await expect(page).toHaveURL(/\/inicio$/)
}

export function watch(page: Page, who: string, complaints: string[]): void {
  page.on('pageerror', (error) => {
    if (!isGoingOn(String(error))) complaints.push(`${who} ${page.url()}: ${error.message}`)
  })
  page.on('request', (request) => {
    if (request.url().endsWith('/informes/csp')) complaints.push(`${who} ${page.url()}: ${request.postData()}`)
  })
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    if (isGoingOn(message.text())) return
    const isDocument = message.location().url === page.url() || EXPECTED.test(message.text())
    if (isDocument && EXPECTED.test(message.text())) return
    complaints.push(`${who} ${page.url()}: ${message.text()} (${message.location().url})`)
  })
}

/**
 * Going on while the page still reads itself again stops that reading, and nothing is lost. Remix says so on the console; or,
 * where the data were in and only the end of the stream was not, nobody waits for it any more and the browser says so.
 */
const isGoingOn = (words: string) => words.startsWith('AbortError: signal is aborted')
