import { MAP_HEADINGS } from '../../catalog/risk-map-headings.ts'
import type { ReadingLevel } from '../../domain/risk-indicators.ts'
import { MAP_COLUMNS, type MapColumn } from '../../domain/risk-map-sheet.ts'
import type { ReviewConclusion } from '../../domain/risk-reviews.ts'
import { formatDate, formatDecimal, formatNumber } from './format.ts'
import { levelText, riskFollowText } from './risk-follow.ts'

/** An indicator as a cell of the map tells it. */
interface MapIndicator {
  name: string
  value: string | null
  unit: string
  level: string | null
  until: string | null
}

/** The official risk map: the columns of the guide (domain facts §2.9), in its order and words. */
export const riskMapColumns = Object.fromEntries(
  MAP_COLUMNS.map((column) => [column, MAP_HEADINGS[column][0]]),
) as Record<MapColumn, string>

export const riskMapText = {
  pdf: 'Descargar el mapa en PDF',
  title: 'Mapa de riesgos',
  subtitle: (methodology: string, day: string) => `${methodology}. Al ${day}.`,
  intro:
    'La zona inherente es el riesgo sin controles. El residual declarado cuenta el diseño de los controles; el demostrado, solo los controles con evidencia vigente.',
  heat: (place: string) => place,
  tableTitle: 'Riesgos',
  columns: {
    code: 'Código',
    description: 'Riesgo',
    owner: 'Responde',
    inherent: 'Inherente',
    declared: 'Declarado',
    demonstrated: 'Demostrado',
  },
  corner: 'Probabilidad',
  indicator: ({ name, value, unit, level, until }: MapIndicator) =>
    value === null || level === null
      ? `${name}: sin medir`
      : `${name}: ${formatDecimal(Number(value))}${unit === 'percent' ? ' %' : ''}, ${levelText[level as ReadingLevel].toLowerCase()}${until ? ` (hasta el ${formatDate(until)})` : ''}`,
  review: ({ on, conclusion }: { on: string; conclusion: string }) =>
    `${formatDate(on)}: ${riskFollowText.conclusions[conclusion as ReviewConclusion].toLowerCase()}`,
  sheets: 'Ficha de cada riesgo',
  sheet: (code: string, description: string) => `${code} · ${description}`,
  noControls: 'Este riesgo no tiene controles.',
  noSheets: (most: number) =>
    `El mapa tiene más de ${formatNumber(most)} riesgos: la ficha de cada uno está en el listado en XLSX o CSV de la página.`,
  none: 'Ningún riesgo está valorado con esta metodología.',
  taken: 'el mapa de riesgos en PDF',
  fileName: (day: string) => `mapa-de-riesgos-${day}.pdf`,
}

/** What the drawing of a risk map says to whoever does not see it. */
export const riskHeatWords = {
  alt: (title: string, cells: readonly string[]) =>
    cells.length === 0 ? `${title}: ningún riesgo.` : `${title}: ${cells.join('; ')}.`,
}
