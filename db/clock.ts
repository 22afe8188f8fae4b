/**
 * The one clock of the application (model.md §6). SQL's twin is `app_now()`: `openDatabase` hands it the same offset.
 * Only the test configuration may move it.
 */
let offset = 0

export function appNow(): Date {
  return new Date(Date.now() + offset)
}

/** Civil date in Bogotá, `YYYY-MM-DD`; Colombia keeps UTC−5 all year. */
export function appToday(): string {
  return bogotaDate(appNow())
}

export function bogotaDate(instant: Date): string {
  return new Date(instant.getTime() - 5 * 3_600_000).toISOString().slice(0, 10)
}

export function clockOffset(): number {
  return offset
}

/** Test configuration only: moves this process's clock and, through `openDatabase`, that of its transactions. */
export function moveClock(milliseconds: number): void {
  offset = milliseconds
}
