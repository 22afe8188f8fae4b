import { MAP_HEADINGS } from '../../catalog/risk-map-headings.ts'
import { MAP_COLUMNS, type MapColumn } from '../../domain/risk-map-sheet.ts'

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
  none: 'Ningún riesgo está valorado con esta metodología.',
  taken: 'el mapa de riesgos en PDF',
  fileName: (day: string) => `mapa-de-riesgos-${day}.pdf`,
}

/** What the drawing of a risk map says to whoever does not see it. */
export const riskHeatWords = {
  alt: (title: string, cells: readonly string[]) =>
    cells.length === 0 ? `${title}: ningún riesgo.` : `${title}: ${cells.join('; ')}.`,
}
