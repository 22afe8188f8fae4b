/** Words printed on charts, their tables, the report and the frozen snapshot of a step. */

export const figureWords = {
  hidden: 'oculto',
  hiddenInText: 'dato protegido',
  hiddenWhy: 'Las cifras marcadas «oculto» no se muestran para proteger a grupos pequeños de personas.',
  total: 'Total',
  count: 'Registros',
  shareOfTotal: 'Porcentaje',
  hiddenRest: 'Categorías ocultas',
  noData: 'No hay registros para mostrar.',
  kinds: {
    bar: 'Gráfica de barras',
    histogram: 'Histograma',
    pie: 'Gráfica circular',
    stacked: 'Gráfica de barras apiladas',
    heat: 'Tabla de calor',
    map: 'Mapa',
  },
  shareOf: {
    total: 'Los porcentajes son del total.',
    rows: 'Los porcentajes son de cada fila.',
    columns: 'Los porcentajes son de cada columna.',
  },
  all: 'Todos',
  darker: 'Más intenso: más registros.',
  inLayer: (layer: string, row: string) => `${layer} · ${row}`,
  byLayer: (heading: string, values: string) => `Según ${heading}: ${values}.`,
  by: (row: string, column: string) => `${row} por ${column}`,
  snapshot: (hash: string) => `Corte ${hash}`,
  whereFrom: (code: string) => `¿De dónde sale? Código ${code}`,
  more: (count: number) => `y ${count} más en la tabla`,
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
  recommendationColumns: ['N.º', 'Recomendación', 'Línea de acción', 'Dependencia y cargo', 'Plazo', 'Prioridad'],
  indicator: 'Indicador',
  glossary: 'Glosario',
  glossaryColumns: ['Término', 'Qué significa'],
  fact: 'Dato',
  value: 'Valor',
  copyNote:
    'Esta copia se puede editar y por eso no prueba nada: el documento firmado es el PDF que se verifica con el código.',
  draft: 'borrador',
  draftNote: 'Borrador sin firmas: no es un documento oficial.',
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

export const snapshotWords = {
  figure: 'Figura',
  files: 'Archivos',
}

/** Of the sample by which a template is shown. */
export const sampleWords = {
  note: 'Muestra de la plantilla: los textos y las cifras son de ejemplo.',
  facts: { radicado: '2026-000123', trd: '100.20.1', administrativeAct: 'Resolución 123 de 2026' },
  figure: 'Canal de atención',
  row: 'Canal',
  rows: ['Presencial', 'Virtual', 'Telefónico'],
}
