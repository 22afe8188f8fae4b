import { defineConfig } from '@playwright/test'

const port = process.env.E2E_PORT ?? '3999'
const isServed = process.env.E2E_SERVED === '1'
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** `npm test` serves the system and finds the browser; by hand the system is started by `test/support/serve.ts`. */
export default defineConfig({
  testDir: 'test',
  // Of one journey's tests each goes on where the last one ended; different files meet in no exercise.
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['line'], ['json']] : [['line']],
  use: {
    baseURL: `http://localhost:${port}`,
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    locale: 'es-CO',
    timezoneId: 'America/Bogota',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: process.env.CHROMIUM_PATH || undefined, args },
  },
  projects: [
    { name: 'e2e', testDir: 'test/e2e', outputDir: 'test-results/e2e', testMatch: '**/*.spec.ts' },
    { name: 'life', testDir: 'test/accessibility', testMatch: 'life.setup.ts' },
    {
      name: 'accessibility',
      dependencies: ['life'],
      fullyParallel: true,
      testDir: 'test/accessibility',
      outputDir: 'test-results/accessibility',
      testMatch: '**/*.spec.ts',
    },
  ],
  webServer: isServed
    ? undefined
    : {
        command: 'node scripts/run.mjs test/support/serve.ts',
        url: `http://localhost:${port}/listo`,
        timeout: 300_000,
        reuseExistingServer: true,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
      },
})
