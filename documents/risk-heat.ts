/** A risk map drawn: probability up, impact to the right, in every cell how many risks and the word of its zone (v7, figura 18). */
import { riskHeatWords as words } from '../app/text/risk-map.ts'
import { risksText } from '../app/text/risks.ts'
import { type Chart, optionChart } from './charts.ts'
import { INK } from './svg.ts'

export interface Heat {
  title: string
  columns: string[]
  /** From the highest probability down, as the guide draws them. */
  rows: { name: string; cells: { risks: number; zone: { code: string; name: string } }[] }[]
}

/** Light enough for black text; the word in the cell says the same. */
export const ZONE_FILLS: Record<string, string> = { B: '#d5efdc', M: '#fdf0c4', A: '#fbd9b5', E: '#f6c3bd' }
const PLAIN = '#eef1f5'
const HEIGHT = 460
const LETTERS = 20

export function riskHeat({ title, columns, rows }: Heat): Chart {
  const cells = rows.flatMap(({ cells: row }, y) => row.map(({ risks, zone }, x) => ({ x, y, risks, zone })))
  const codes = [...new Set(cells.map(({ zone }) => zone.code))]
  const axis = { type: 'category', axisTick: { show: false }, axisLine: { lineStyle: { color: INK } } }
  const label = { color: INK, fontSize: LETTERS, interval: 0 }
  const option = {
    grid: { left: 120, right: 10, top: 10, bottom: 60 },
    xAxis: { ...axis, data: columns, axisLabel: { ...label, fontSize: 17 } },
    yAxis: { ...axis, data: rows.map(({ name }) => name), inverse: true, axisLabel: label },
    visualMap: {
      ...{ type: 'piecewise', show: false, dimension: 2 },
      pieces: codes.map((code, at) => ({ value: at, color: ZONE_FILLS[code] ?? PLAIN })),
    },
    series: {
      type: 'heatmap',
      itemStyle: { borderColor: '#8a94a6', borderWidth: 1 },
      data: cells.map(({ x, y, risks, zone }) => ({
        value: [x, y, codes.indexOf(zone.code)],
        label: {
          ...{ show: true, color: INK, fontSize: risks > 0 ? 22 : 15, fontWeight: risks > 0 ? 'bold' : 'normal' },
          formatter: risks > 0 ? `${risks}\n${zone.name}` : zone.name,
        },
      })),
    },
  }
  const said = cells.filter(({ risks }) => risks > 0)
  const alt = words.alt(
    title,
    said.map(({ x, y, risks, zone }) => risksText.cell(risks, rows[y]?.name ?? '', columns[x] ?? '', zone.name)),
  )
  return optionChart(option, { height: HEIGHT, alt, target: 'print' })
}
