/** A second web process on the same database and Temporal whose clock is ahead: time has passed for whoever asks it. */

import { startOurs } from '../../scripts/application.ts'
import { eventually, freePort } from '../../scripts/processes.ts'
import { type E2eState, e2eState } from '../support/e2e-state.ts'
import { TEST_SECRET } from '../support/services.ts'

export async function laterWeb(minutes: number): Promise<{ url: string; stop: () => Promise<void> }> {
  const state: E2eState = e2eState()
  const port = await freePort()
  const url = `http://localhost:${port}`
  const env = {
    ...{ PORT: String(port), PUBLIC_URL: url, DATA_DIR: state.dataDir, DATABASE_URL: state.ownerUrl },
    ...{ TEMPORAL_ADDRESS: state.temporalAddress, TEMPORAL_NAMESPACE: state.namespace, APP_SECRET: TEST_SECRET },
    ...{ NODE_ENV: 'production', INSTALLATION: 'demo', TEST_CLOCK: String(minutes * 60_000) },
  }
  const web = await startOurs('web-later', 'app/server.ts', env, state.dataDir)
  // `/listo` would miss the worker, whose sign of life is minutes old for this clock.
  await eventually(async () => {
    const { ok } = await fetch(`${url}/salud`)
    if (!ok) throw new Error('the later web process is not alive')
  }, 60)
  return { url, stop: web.stop }
}
