/** Small cells: which counts of a table may be shown so that no hidden one can be worked out (model.md §7). */

export const DEFAULT_THRESHOLD = 5

export type Mark = 'primary' | 'complementary'

/** A table of counts; one column means a list with a total. Sums of rows and columns are its totals. */
export interface CountTable {
  cells: number[][]
  /** Distinct persons behind each cell and total, where the source names a person key. */
  persons?: TablePersons
}

export interface TablePersons {
  cells: number[][]
  rows: number[]
  columns: number[]
  total: number
}

export interface DisclosurePolicy {
  /** Smallest count (records, or persons where known) that may be shown. */
  threshold: number
  /** In a sensitive variable a 0 is hidden too: it says of everybody that they are not. */
  sensitive?: boolean
}

export interface Marks {
  cells: (Mark | null)[][]
  rows: (Mark | null)[]
  columns: (Mark | null)[]
  total: Mark | null
}

/**
 * One count as an edge of a circulation: every row, column and total is an equation, and each count stands in
 * exactly two of them, once with each sign. A hidden count can be worked out exactly when no cycle of the
 * residual graph runs through its edge, which is what `protect` prevents.
 */
interface Edge {
  from: number
  to: number
  value: number
  mark: Mark | null
  /** What a reader who knows the method can deduce from the mark alone. */
  low: number
  high: number
  cost: number
}

const TOTAL_COST = 1e9

/** Primary suppression below the threshold, then complementary until nothing hidden is recoverable. */
export function suppress(table: CountTable, policy: DisclosurePolicy): Marks {
  const edges = edgesOf(table, policy)
  const nodes = 2 + Math.max(0, ...edges.map((edge) => Math.max(edge.from, edge.to)))
  // A cell hidden to protect another one needs a way to vary itself, so new ones join the queue at its end.
  const queue = edges.filter((edge) => edge.mark)
  for (const edge of queue) {
    if (isFree(edge, edges, nodes)) continue
    const cycle = protect(edge, edges, nodes)
    if (!cycle) return hideAll(table)
    for (const added of cycle) {
      hide(added, policy)
      queue.push(added)
    }
  }
  return marksOf(table, edges)
}

/** True where some reading consistent with everything shown gives the edge another value. */
function isFree(edge: Edge, edges: Edge[], nodes: number): boolean {
  const hidden = edges.filter((other) => other.mark)
  return up(edge) && path(edge.to, edge.from, edge, hidden, nodes)
    ? true
    : down(edge) && !!path(edge.from, edge.to, edge, hidden, nodes)
}

const up = (edge: Edge) => edge.value < edge.high
const down = (edge: Edge) => edge.value > edge.low

function hide(edge: Edge, policy: DisclosurePolicy) {
  edge.mark = 'complementary'
  edge.low = policy.threshold
  edge.high = Number.POSITIVE_INFINITY
}

/** The cheapest counts to hide as well, smallest first and totals last; undefined where there are none. */
function protect(edge: Edge, edges: Edge[], nodes: number): Edge[] | undefined {
  const usable = edges.filter((other) => other.mark || other.value > 0)
  const ways = [
    up(edge) ? path(edge.to, edge.from, edge, usable, nodes) : undefined,
    down(edge) ? path(edge.from, edge.to, edge, usable, nodes) : undefined,
  ].filter((way) => way !== undefined)
  const price = (way: Edge[]) => way.reduce((sum, other) => sum + (other.mark ? 0 : other.cost), 0)
  ways.sort((a, b) => price(a) - price(b))
  return ways[0]?.filter((other) => !other.mark)
}

/** Dijkstra over the residual graph: forwards an edge grows, backwards it shrinks. */
function path(start: number, goal: number, without: Edge, edges: Edge[], nodes: number): Edge[] | undefined {
  const price = new Array<number>(nodes).fill(Number.POSITIVE_INFINITY)
  const came = new Array<{ edge: Edge; node: number } | undefined>(nodes)
  const open = new Set([start])
  price[start] = 0
  while (open.size > 0) {
    let node = -1
    for (const candidate of open) if (node < 0 || (price[candidate] ?? 0) < (price[node] ?? 0)) node = candidate
    open.delete(node)
    if (node === goal) return walk(came, start, goal)
    for (const edge of edges) {
      if (edge === without) continue
      const next = step(edge, node)
      if (next === undefined) continue
      const through = (price[node] ?? 0) + (edge.mark ? 0 : edge.cost)
      if (through >= (price[next] ?? 0)) continue
      price[next] = through
      came[next] = { edge, node }
      open.add(next)
    }
  }
  return undefined
}

function step(edge: Edge, node: number): number | undefined {
  if (edge.from === node && (!edge.mark || up(edge))) return edge.to
  // A count about to be hidden will be known to reach the threshold: it can only shrink from above it.
  if (edge.to === node && (edge.mark ? down(edge) : edge.value > edge.low)) return edge.from
  return undefined
}

function walk(came: ({ edge: Edge; node: number } | undefined)[], start: number, goal: number): Edge[] {
  const edges: Edge[] = []
  for (let node = goal; node !== start; ) {
    const last = came[node]
    if (!last) break
    edges.push(last.edge)
    node = last.node
  }
  return edges
}

/** Nodes: rows, then columns, then the two equations of the totals. */
function edgesOf(table: CountTable, policy: DisclosurePolicy): Edge[] {
  const { cells, persons } = table
  const rows = cells.length
  const columns = cells[0]?.length ?? 0
  const totals = totalsOf(cells)
  const [ofRows, ofColumns] = [rows + columns, rows + columns + 1]
  const make = (from: number, to: number, value: number, people: number | undefined, isTotal: boolean) =>
    edge({ from, to, value, people, isTotal }, policy)
  return [
    ...cells.flatMap((row, r) => row.map((value, c) => make(r, rows + c, value, persons?.cells[r]?.[c], false))),
    // In a list the row totals would repeat the cells, so they are no equation of their own.
    ...(columns === 1 ? [] : totals.rows.map((value, r) => make(ofRows, r, value, persons?.rows[r], true))),
    ...(columns === 1
      ? []
      : totals.columns.map((value, c) => make(rows + c, ofColumns, value, persons?.columns[c], true))),
    make(columns === 1 ? rows : ofColumns, ofRows, totals.total, persons?.total, true),
  ].map((made) => (columns === 1 ? asList(made, rows) : made))
}

/** A list has one equation, the sum: every row node is the same node. */
function asList(made: Edge, rows: number): Edge {
  const node = (n: number) => (n === rows ? 1 : 0)
  return { ...made, from: node(made.from), to: node(made.to) }
}

function edge(
  of: { from: number; to: number; value: number; people: number | undefined; isTotal: boolean },
  policy: DisclosurePolicy,
): Edge {
  const measure = of.people ?? of.value
  const small = of.value === 0 ? policy.sensitive === true : measure < policy.threshold
  const low = small ? (policy.sensitive ? 0 : 1) : policy.threshold
  // Few persons may have sent many records, so with a person key the mark bounds nothing from above.
  const high = small && of.people === undefined ? policy.threshold - 1 : Number.POSITIVE_INFINITY
  const cost = (of.isTotal ? TOTAL_COST : 0) + of.value + 1
  return { from: of.from, to: of.to, value: of.value, mark: small ? 'primary' : null, low, high, cost }
}

/** Sums by row, by column and of everything. */
export function totalsOf(cells: number[][]) {
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
  const rows = cells.map(sum)
  const columns = (cells[0] ?? []).map((_, c) => sum(cells.map((row) => row[c] ?? 0)))
  return { rows, columns, total: sum(rows) }
}

function marksOf(table: CountTable, edges: Edge[]): Marks {
  const marks = edges.map((made) => made.mark)
  const width = table.cells[0]?.length ?? 0
  const cells = table.cells.map((row) => row.map(() => marks.shift() ?? null))
  const isList = width === 1
  return {
    cells,
    rows: isList ? cells.map((row) => row[0] ?? null) : table.cells.map(() => marks.shift() ?? null),
    columns: isList ? [marks[0] ?? null] : (table.cells[0] ?? []).map(() => marks.shift() ?? null),
    total: marks[0] ?? null,
  }
}

/** The last resort, for tables so empty that nothing else could be hidden: not even a 0 stands. */
function hideAll(table: CountTable): Marks {
  const hidden = (): Mark => 'complementary'
  return {
    cells: table.cells.map((row) => row.map(hidden)),
    rows: table.cells.map(hidden),
    columns: (table.cells[0] ?? []).map(hidden),
    total: 'complementary',
  }
}
