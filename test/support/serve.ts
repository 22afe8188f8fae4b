/** Serves one whole system for browser tests run by hand (`npx playwright test`); ends on SIGTERM. */
import { writeFileSync } from 'node:fs'
import { onStop } from '../../scripts/processes.ts'
import { e2eStateFile } from './e2e-state.ts'
import { startSystem } from './system.ts'

const port = Number(process.env.E2E_PORT ?? 3999)
const system = await startSystem({ port })
const { url, dataDir, ownerUrl, superuserUrl, temporalAddress, namespace } = system
writeFileSync(e2eStateFile(port), JSON.stringify({ url, dataDir, ownerUrl, superuserUrl, temporalAddress, namespace }))
process.stdout.write(`serving ${url}\n`)
onStop(system.stop, 0)
