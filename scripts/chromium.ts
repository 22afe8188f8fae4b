/** The browser for tests: Playwright's own, the machine's, one that can be installed; otherwise one clear sentence. */
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { Explained, run } from './processes.ts'

/** The one without windows first: the same pages for half the processor time. */
const HEADLESS = 'chromium-headless-shell'
const NAMES = [HEADLESS, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

function onThisMachine(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), MAC]
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Path of a Chromium that can be started. Throws `Explained` when there is none and none can be had. */
export async function findChromium(): Promise<string> {
  const { chromium } = await import('@playwright/test')
  const own = chromium.executablePath()
  if (existsSync(own)) return own
  const found = onThisMachine()
  if (found) return found
  const cli = join(import.meta.dirname, '..', 'node_modules', '@playwright', 'test', 'cli.js')
  await run(process.execPath, [cli, 'install', 'chromium'], { timeout: 180_000 }).catch(() => undefined)
  if (existsSync(own)) return own
  if (process.getuid?.() === 0) {
    for (const name of [HEADLESS, 'chromium']) {
      await run('apt-get', ['install', '-y', name], { timeout: 300_000, maxBuffer: 1 << 26 }).catch(() => undefined)
      const installed = onThisMachine()
      if (installed) return installed
    }
  }
  throw new Explained(
    'No hay Chromium para las pruebas en navegador: instálelo (por ejemplo, apt-get install chromium) o conecte la red y repita.',
  )
}
