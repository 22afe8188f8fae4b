/** Words and numbers printed on charts and documents, in Colombian Spanish. */

const ZONE = 'America/Bogota'
const integer = new Intl.NumberFormat('es', { useGrouping: 'always' } as Intl.NumberFormatOptions)
const decimal = new Intl.NumberFormat('es', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const day = new Intl.DateTimeFormat('es-CO', { timeZone: ZONE, day: 'numeric', month: 'long', year: 'numeric' })
const time = new Intl.DateTimeFormat('es', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** «338.142». */
export function number(value: number): string {
  return integer.format(value)
}

/** «27,36 %», of a part and its whole; empty where there is no whole. */
export function share(part: number, whole: number | null): string {
  return whole ? `${decimal.format((part / whole) * 100)} %` : ''
}

/** «24 de noviembre de 2026», from a civil date `YYYY-MM-DD`. */
export function dateWords(civil: string): string {
  return day.format(new Date(`${civil}T12:00:00-05:00`))
}

/** «24 de noviembre de 2026», the day of an instant in Bogotá. */
export function dateOf(instant: string): string {
  return day.format(new Date(instant))
}

/** «24 de noviembre de 2026, 10:42», Bogotá's time. */
export function instantWords(instant: string): string {
  const at = new Date(instant)
  return `${day.format(at)}, ${time.format(at)}`
}

export const words = {
  hidden: 'oculto',
  hiddenWhy: 'Las cifras marcadas «oculto» no se muestran para proteger a grupos pequeños de personas.',
  total: 'Total',
  count: 'Registros',
  shareOfTotal: 'Porcentaje',
  hiddenRest: 'Categorías ocultas',
  noData: 'No hay registros para mostrar.',
  bars: 'Gráfica de barras',
  pie: 'Gráfica circular',
  stacked: 'Gráfica de barras apiladas',
  by: (row: string, column: string) => `${row} por ${column}`,
  snapshot: (hash: string) => `Corte ${hash}`,
}

export const reportWords = {
  process: 'Proceso',
  code: 'Código',
  version: 'Versión',
  date: 'Fecha',
  page: 'Página',
  of: 'de',
  vigencia: 'Vigencia',
  radicado: 'Radicado',
  trd: 'TRD',
  act: 'Acto administrativo',
  approvedAt: 'Aprobado',
  contents: 'Contenido',
  figure: 'Figura',
  table: 'Tabla',
  recommendations: 'Recomendaciones',
  recommendationColumns: ['N.º', 'Recomendación', 'Línea de acción', 'Dependencia', 'Plazo', 'Prioridad'],
  changes: 'Control de cambios',
  changeColumns: ['Versión', 'Fecha', 'Descripción'],
  signatures: 'Firmas electrónicas',
  signatureColumns: ['Firma', 'Nombre y cargo', 'Fecha y hora', 'Comprobante'],
  signatureNote:
    'Firmas electrónicas según la Ley 527 de 1999 y el Decreto 2364 de 2012, sobre el contenido que identifica la huella impresa abajo.',
  roles: { author: 'Elaboró', reviewer: 'Revisó', approver: 'Aprobó', consent: 'Visto bueno' } as Record<
    string,
    string
  >,
  encargado: 'encargo',
  actingFor: (name: string) => `por delegación de ${name}`,
  verification: 'Verificación',
  verify: 'Compruebe que este documento es el firmado en',
  verificationCode: 'Código de verificación',
  contentHash: 'Huella del contenido firmado (SHA-256)',
  source: 'Fuente',
  none: 'Sin información.',
  priorities: { alta: 'Alta', media: 'Media', baja: 'Baja' } as Record<string, string>,
  earlierVersion: (code: string) => `Versión firmada antes, con código de verificación ${code}.`,
  thisVersion: 'Esta versión, con las firmas que aparecen abajo.',
  notComputed: (title: string) => `La figura «${title}» no se calcula: el corte aprobado no tiene esa variable.`,
  reportTitle: (vigencia: number) =>
    `Informe de caracterización de ciudadanos y grupos de interés, vigencia ${vigencia}`,
}
