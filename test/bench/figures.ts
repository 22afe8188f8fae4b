/** What a bench answers, and how its figures are read from many measurements. */

export interface BenchRow {
  name: string
  value: number
  unit: string
  /** The naive way measured in the same run, in the same unit; null where a target is absolute. */
  baseline: number | null
  ratio: number | null
  target: string
  ok: boolean
}

export const round = (value: number) => Math.round(value * 100) / 100

/** Nearest-rank percentile, 0 to 100. */
export function percentile(values: readonly number[], rank: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1))] ?? Number.NaN
}

/** Milliseconds `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Every item, `width` at a time. */
export async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>) {
  const left = [...items]
  const one = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: width }, one))
}

export function below(name: string, value: number, unit: string, limit: number): BenchRow {
  const row = { name, value: round(value), unit, baseline: null, ratio: null }
  return { ...row, target: `< ${limit} ${unit}`, ok: value < limit }
}

export function atLeast(name: string, value: number, unit: string, limit: number): BenchRow {
  const row = { name, value: round(value), unit, baseline: null, ratio: null }
  return { ...row, target: `≥ ${limit} ${unit}`, ok: value >= limit }
}
