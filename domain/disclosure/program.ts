/** A linear program as `db/solver.ts` solves it: the only thing this folder asks of a solver. */

export interface Program {
  /** Bounds may be infinite. */
  columns: { cost: number; low: number; high: number }[]
  /** `low ≤ Σ values · columns ≤ high`. */
  rows: { low: number; high: number; columns: number[]; values: number[] }[]
}

/** One program kept open, so that asking again after a small change is cheap. */
export interface Session {
  bound: (column: number, low: number, high: number) => void
  cost: (column: number, cost: number) => void
  /** Values of the columns at the least cost; undefined where nothing fits, or no least cost was found in time. */
  solve: () => ArrayLike<number> | undefined
  close: () => void
}

export type OpenProgram = (program: Program) => Session
