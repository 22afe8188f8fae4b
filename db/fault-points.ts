/** Places where a test may stop or kill a process in the middle of an act; without the test configuration they do nothing. */
import { existsSync, readFileSync, rmSync } from 'node:fs'

export const FAULT_POINTS = [
  'web:before-store',
  'web:after-store',
  'web:after-answer',
  'worker:before-record',
  'worker:before-commit',
  'worker:after-commit',
] as const

/** Where the worker may die while it reads a file; the import starts again from the stored original. */
export const IMPORT_POINTS = ['worker:import-reading', 'worker:import-kept', 'worker:import-settled'] as const

/** Where the worker may die while an erasure goes through the files; it begins again, or goes on from its commit. */
export const ERASURE_POINTS = [
  'worker:erasure-sealed',
  'worker:erasure-placed',
  'worker:erasure-committed',
  'worker:erasure-led',
] as const

/** Where the worker may die while a disposal is carried out; it goes on from what has its tombstone. */
export const DISPOSAL_POINTS = ['worker:disposal-removed', 'worker:disposal-unlinked'] as const
/** Where the import of an entity may die; nothing of it stands then, and it is begun again. */
export const ARRIVAL_POINTS = [
  'import-entity:files-placed',
  'import-entity:before-commit',
  'import-entity:committed',
] as const
export type FaultPoint = (
  | typeof FAULT_POINTS
  | typeof IMPORT_POINTS
  | typeof ERASURE_POINTS
  | typeof DISPOSAL_POINTS
  | typeof ARRIVAL_POINTS
)[number]

interface Fault {
  point: string
  signal: 'SIGKILL' | 'SIGSTOP'
}

let armed: Fault | null = null
/** Where the test writes the next fault, so that a running process can be armed again and again. */
let orders: string | null = null

/** `POINT=kill`, `POINT=stop` or `@FILE` that will hold one of these; the configuration refuses it in production. */
export function armFault(spec: string | undefined): void {
  orders = spec?.startsWith('@') ? spec.slice(1) : null
  armed = orders === null ? parsed(spec) : null
}

/** Kills this process here when a test ordered so; otherwise nothing. */
export function faultPoint(name: FaultPoint): void {
  const fault = orders === null ? armed : ordered(orders)
  if (fault?.point !== name) return
  armed = null
  if (orders !== null) rmSync(orders, { force: true })
  process.kill(process.pid, fault.signal)
}

function ordered(file: string): Fault | null {
  return existsSync(file) ? parsed(readFileSync(file, 'utf8').trim()) : null
}

function parsed(spec: string | undefined): Fault | null {
  const [point, action] = spec?.split('=') ?? []
  return point ? { point, signal: action === 'stop' ? 'SIGSTOP' : 'SIGKILL' } : null
}
