import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CountTable, type DisclosurePolicy, type Mark, suppress, totalsOf } from '../../domain/disclosure.ts'

const policy = { threshold: 5 }
const list = (...values: number[]): CountTable => ({ cells: values.map((value) => [value]) })

interface Unknown {
  value: number
  mark: Mark
  row: number
  column: number
}

/** Everything an attacker can read: which integers fit a mark, and every total that is shown. */
function readings(table: CountTable, rules: DisclosurePolicy) {
  const marks = suppress(table, rules)
  const totals = totalsOf(table.cells)
  const ceiling = totals.total + rules.threshold
  const fits = (mark: Mark | null, value: number, shown: number) => {
    if (!mark) return value === shown
    if (mark === 'primary') return value < rules.threshold && value >= (rules.sensitive ? 0 : 1)
    return value >= rules.threshold
  }
  const unknown: Unknown[] = []
  table.cells.forEach((row, r) => {
    row.forEach((value, c) => {
      const mark = marks.cells[r]?.[c]
      if (mark) unknown.push({ value, mark, row: r, column: c })
    })
  })
  const seen = unknown.map(() => new Set<number>())
  const grid = table.cells.map((row) => [...row])
  const totalsSeen = new Set<number>()
  const isList = table.cells[0]?.length === 1
  const allFit = () => {
    const now = totalsOf(grid)
    if (!fits(marks.total, now.total, totals.total)) return false
    if (isList) return true
    return (
      now.rows.every((value, r) => fits(marks.rows[r] ?? null, value, totals.rows[r] ?? 0)) &&
      now.columns.every((value, c) => fits(marks.columns[c] ?? null, value, totals.columns[c] ?? 0))
    )
  }
  const visit = (i: number) => {
    const cell = unknown[i]
    if (!cell) {
      if (!allFit()) return
      unknown.forEach((other, k) => {
        seen[k]?.add(grid[other.row]?.[other.column] ?? -1)
      })
      totalsSeen.add(totalsOf(grid).total)
      return
    }
    const row = grid[cell.row] as number[]
    for (let value = 0; value <= ceiling; value++) {
      if (!fits(cell.mark, value, cell.value)) continue
      row[cell.column] = value
      visit(i + 1)
    }
    row[cell.column] = cell.value
  }
  const hidesEverything = marks.total !== null && marks.cells.flat().every((mark) => mark)
  if (!hidesEverything && unknown.length <= 5) visit(0)
  return { marks, unknown, seen, tried: !hidesEverything && unknown.length <= 5 }
}

describe('small cells', () => {
  test('counts below the threshold are hidden and a 0 is shown', () => {
    const marks = suppress(list(3, 2, 0, 40), policy)
    expect(marks.cells.flat()).toEqual(['primary', 'primary', null, null])
  })

  test('a single small cell of a list gets a companion, the smallest that serves', () => {
    const marks = suppress(list(3, 100, 12, 50), policy)
    expect(marks.cells.flat()).toEqual(['primary', null, 'complementary', null])
    expect(marks.total).toBeNull()
  })

  test('when a list has no companion the total is hidden', () => {
    const marks = suppress(list(3, 0, 0), policy)
    expect(marks.cells.flat()).toEqual(['primary', null, null])
    expect(marks.total).not.toBeNull()
  })

  test('a 0 of a sensitive variable is hidden', () => {
    expect(suppress(list(0, 40, 60), { threshold: 5, sensitive: true }).cells[0]).toEqual(['primary'])
  })

  test('the entity may raise the threshold', () => {
    expect(suppress(list(9, 8, 40), { threshold: 10 }).cells.flat()).toEqual(['primary', 'primary', null])
  })

  test('a cell of many records from few persons is hidden', () => {
    const persons = { cells: [[2], [30], [40]], rows: [2, 30, 40], columns: [72], total: 72 }
    const marks = suppress({ cells: [[50], [60], [70]], persons }, policy)
    expect(marks.cells[0]).toEqual(['primary'])
  })

  test('hiding both cells of a row is not enough when their sum leaves one reading', () => {
    // 1 + 5 = 6, and a companion is known to be at least 5: another one must follow.
    const { marks, seen, tried } = readings(list(1, 5, 40), policy)
    expect(tried).toBe(true)
    expect(marks.cells[0]).toEqual(['primary'])
    for (const values of seen) expect(values.size).toBeGreaterThan(1)
  })

  test('in a cross one small cell hides a rectangle at least', () => {
    const cells = [
      [3, 20, 30],
      [40, 50, 60],
      [70, 80, 90],
    ]
    const marks = suppress({ cells }, policy)
    expect(marks.cells.flat().filter(Boolean)).toHaveLength(4)
    expect([...marks.rows, ...marks.columns, marks.total].every((mark) => mark === null)).toBe(true)
  })

  test('no hidden cell of any small table can be worked out from what is shown', () => {
    const count = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 14 }))
    const shape = fc.constantFrom([2, 1], [3, 1], [4, 1], [2, 2], [2, 3], [3, 2])
    const tables = shape.chain(([rows = 2, columns = 1]) =>
      fc.array(fc.array(count, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    )
    let tried = 0
    fc.assert(
      fc.property(tables, fc.boolean(), (cells, sensitive) => {
        const result = readings({ cells }, { threshold: 5, sensitive })
        if (!result.tried) return
        tried += 1
        for (const values of result.seen) expect(values.size).toBeGreaterThan(1)
      }),
      { numRuns: 300, seed: 7 },
    )
    expect(tried).toBeGreaterThan(100)
  })

  test('every count below the threshold is hidden in larger tables, and nothing is hidden without a reason', () => {
    const tables = fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 6, maxLength: 6 }), {
      minLength: 2,
      maxLength: 8,
    })
    fc.assert(
      fc.property(tables, (cells) => {
        const marks = suppress({ cells }, policy)
        const small = cells.flat().map((value) => value > 0 && value < 5)
        marks.cells.flat().forEach((mark, i) => {
          if (small[i]) expect(mark).not.toBeNull()
        })
        if (!small.includes(true)) expect(marks.cells.flat().every((mark) => mark === null)).toBe(true)
      }),
      { numRuns: 200, seed: 7 },
    )
  })
})
