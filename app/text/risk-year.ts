import { formatNumber } from './format.ts'

/** What a year of the risk process came to (`/riesgos/informe`). */
export const riskYearText = {
  title: 'Informe anual de riesgos',
  link: 'Informe anual',
  of: (year: number) => `Informe anual de riesgos ${year}`,
  subtitle: (year: number, day: string) => `Vigencia ${year}. Con lo registrado al ${day}.`,
  /** `isOver`: the year is, and its report stays as it is. */
  intro: (day: string, isOver: boolean) =>
    `Dónde estaban los riesgos el ${day}, qué se hizo con sus controles en el año, qué se revisó, se midió y se supo que ocurrió, y qué se estaba corrigiendo. ${
      isOver
        ? 'Todo va como estaba ese día: lo que se registra después no lo cambia.'
        : 'Todo va como está hoy. Cuando termine el año, el informe queda como esté ese día.'
    }`,
  years: 'Vigencia',
  pdf: 'Descargar el informe en PDF',
  filesTitle: 'Los datos del informe',
  filesIntro:
    'Cada listado trae todas las filas de la vigencia. El de las zonas es el de ese día; los demás, como están hoy.',
  taken: 'el informe anual de riesgos en PDF',
  fileName: (year: number, day: string) => `informe-anual-de-riesgos-${year}-${day}.pdf`,
  heat: (place: string, methodology: string) => `${place}. ${methodology}`,
  corner: 'Probabilidad',
  more: (shown: number, where: string) => `Se muestran los primeros ${formatNumber(shown)}. Todos están en «${where}».`,
  zones: (day: string) => ({
    title: `Riesgos por zona al ${day}`,
    header: ['Metodología', 'Zona', 'Antes de los controles', 'Residual declarado', 'Residual demostrado'],
    none: 'Ese día todavía no había riesgos valorados.',
  }),
  inZone: (risks: number, overwritten: number) =>
    overwritten === 0
      ? formatNumber(risks)
      : `${formatNumber(risks)} (${formatNumber(overwritten)} ${overwritten === 1 ? 'sobrescrito' : 'sobrescritos'})`,
  overwritten: (day: string) => ({
    title: `Residuales sobrescritos al ${day}`,
    header: ['Riesgo', 'Lo que da el cálculo', 'Sobrescrito', 'Motivo', 'Quién y cuándo'],
    none: 'Ese día ningún residual estaba sobrescrito.',
  }),
  writtenBy: (position: string, day: string) => `${position}, ${day}`,
  runs: {
    title: 'Ejecuciones de los controles',
    header: ['Estado', 'Ejecuciones', 'De ellas, tarde'],
    none: 'En este año no hubo ejecuciones que pedir.',
    total: 'Total',
  },
  missed: {
    title: 'Controles que no se ejecutaron a tiempo',
    header: ['Control', 'Riesgo', 'Responsable', 'Ejecuciones', 'Sin ejecutar a tiempo'],
    none: 'Ninguna ejecución del año quedó sin hacer a tiempo.',
  },
  reviews: {
    title: 'Revisiones de los riesgos',
    header: ['Resultado', 'Revisiones'],
    none: 'En este año no se revisó ni se debía revisar ningún riesgo.',
    kept: 'Se mantuvo la valoración',
    reassess: 'Se pidió valorar de nuevo',
    late: 'De ellas, después de su fecha',
    open: 'Sin hacer al cierre del informe',
  },
  indicators: {
    title: 'Indicadores, con lo que se midió en el año',
    header: ['Indicador', 'Nombre', 'Riesgo', 'Mediciones', 'Críticas', 'Último valor', 'Nivel'],
    none: 'Ningún riesgo tenía indicadores.',
    retired: (name: string) => `${name} (retirado)`,
    unmeasured: 'Sin medir',
  },
  events: {
    title: 'Riesgos que ocurrieron, según lo que se registró en el año',
    header: ['Fecha', 'Riesgo', 'Veces', 'Qué ocurrió', 'Qué se hizo'],
    none: 'En este año no se registró que ocurriera ningún riesgo.',
  },
  findings: {
    title: 'Hallazgos',
    header: ['Origen', 'Estado', 'Hallazgos'],
    none: 'En este año no se registraron hallazgos.',
  },
  actions: {
    title: 'Acciones de hallazgos y de planes de riesgos que vencían en el año',
    header: ['Estado', 'Acciones'],
    none: 'Ninguna acción vencía en este año.',
  },
}
