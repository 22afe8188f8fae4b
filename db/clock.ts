import { bogotaDate } from '../domain/civil-dates.ts'

/**
 * The one clock of the application (model.md §6). SQL's twin is `app_now()`: `openDatabase` hands it the same offset.
 * Only the test configuration may move it.
 */
let offset = 0

/** The one clock of every process (model.md §6). */
export function appNow(): Date {
  return new Date(Date.now() + offset)
}

/** Civil date in Bogotá, `YYYY-MM-DD`; Colombia keeps UTC−5 all year. */
export function appToday(): string {
  return bogotaDate(appNow())
}

/**
 * So many milliseconds from now by the clock of the machine, which no test moves: until then another program is waited for.
 * In milliseconds since 1970, as Temporal's client takes a deadline.
 */
export function machineDeadline(milliseconds: number): number {
  return Date.now() + milliseconds
}

/** Milliseconds this process is ahead of the machine; 0 outside tests. */
export function clockOffset(): number {
  return offset
}

/** Test configuration only: moves this process's clock and, through `openDatabase`, that of its transactions. */
export function moveClock(milliseconds: number): void {
  offset = milliseconds
}
