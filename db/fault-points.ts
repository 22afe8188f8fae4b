/** Places where a test may stop or kill a process in the middle of an act; without the test configuration they do nothing. */

export const FAULT_POINTS = [
  'web:before-store',
  'web:after-store',
  'web:after-answer',
  'worker:before-record',
  'worker:before-commit',
  'worker:after-commit',
] as const
export type FaultPoint = (typeof FAULT_POINTS)[number]

let armed: { point: string; signal: 'SIGKILL' | 'SIGSTOP' } | null = null

/** `POINT=kill` or `POINT=stop`; the configuration refuses it in production. */
export function armFault(spec: string | undefined): void {
  const [point, action] = spec?.split('=') ?? []
  armed = point ? { point, signal: action === 'stop' ? 'SIGSTOP' : 'SIGKILL' } : null
}

export function faultPoint(name: FaultPoint): void {
  if (armed?.point !== name) return
  const { signal } = armed
  armed = null
  process.kill(process.pid, signal)
}
