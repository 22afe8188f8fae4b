import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the system under a browser test is: for looking into its database and for letting its time pass. */
export interface E2eState {
  url: string
  dataDir: string
  ownerUrl: string
  superuserUrl: string
  temporalAddress: string
  namespace: string
}

export function e2eStateFile(port: number): string {
  return join(tmpdir(), `caracteriza-e2e-${port}.json`)
}

export function e2eState(): E2eState {
  return JSON.parse(readFileSync(e2eStateFile(Number(process.env.E2E_PORT ?? 3999)), 'utf8'))
}
