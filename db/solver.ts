/** HiGHS (WebAssembly) behind the programs of domain/disclosure: loaded once, in the thread that protects tables. */
import loadHighs, { type Highs, type Model } from 'highs'
import type { OpenProgram, Program, Session } from '../domain/disclosure/program.ts'

/** Seconds one program may take; whoever asks then hides more instead. */
const SECONDS = 5

let loading: Promise<Highs> | undefined
// The package declares its module as CommonJS, while Node loads it as a module whose default is the loader.
const load = loadHighs as unknown as typeof loadHighs.default

export async function loadSolver(): Promise<OpenProgram> {
  loading ??= load()
  const highs = await loading
  return (program) => sessionOf(highs, program)
}

function sessionOf(highs: Highs, program: Program): Session {
  const model = modelOf(highs, program)
  model.options.set({ output_flag: false, solver: 'simplex' })
  return {
    bound: (column, low, high) => void model.changeColBounds(column, low, high),
    cost: (column, cost) => void model.changeColCost(column, cost),
    solve: () => {
      model.options.set('time_limit', model.getRunTime() + SECONDS)
      model.run()
      if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return undefined
      return model.getSolution().colValue
    },
    close: () => model.dispose(),
  }
}

function modelOf(highs: Highs, { columns, rows }: Program): Model {
  const starts = new Int32Array(rows.length + 1)
  for (const [r, row] of rows.entries()) starts[r + 1] = (starts[r] as number) + row.columns.length
  const matrix = {
    format: 'csr' as const,
    ...{ numRows: rows.length, numCols: columns.length },
    starts,
    indices: Int32Array.from(rows.flatMap((row) => row.columns)),
    values: Float64Array.from(rows.flatMap((row) => row.values)),
  }
  return highs.createModel({
    numCols: columns.length,
    numRows: rows.length,
    colCost: Float64Array.from(columns, ({ cost }) => cost),
    colLower: Float64Array.from(columns, ({ low }) => low),
    colUpper: Float64Array.from(columns, ({ high }) => high),
    rowLower: Float64Array.from(rows, ({ low }) => low),
    rowUpper: Float64Array.from(rows, ({ high }) => high),
    matrix,
  })
}
