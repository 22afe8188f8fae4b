import { type AccessIndicator, REVOCATION_TARGET_HOURS } from '../../domain/access-indicators.ts'
import { formatDecimal, formatInstant, formatNumber, formatShare } from './format.ts'

interface Definition {
  name: string
  numerator: string
  denominator: string
  moment: string
  source: string
  goal: string
  /** Why there is no figure. */
  nothing: string
}

const DEFINITIONS: Record<AccessIndicator, Definition> = {
  undelegated: {
    name: 'Accesos activos sin delegación válida',
    numerator:
      'Accesos activos a los que les falta algo de la delegación: cargo o cuenta vigente de la persona, punto abierto, fechas, firma de quien aprueba o compromiso aceptado.',
    denominator: 'Accesos activos: aprobados y con su fecha de inicio cumplida.',
    moment: 'Al abrir esta página.',
    source: 'Registro de accesos, vinculaciones, cuentas y puntos de atención.',
    goal: '0 %',
    nothing: 'Hoy no hay accesos activos.',
  },
  recertified: {
    name: 'Accesos recertificados a la fecha de corte',
    numerator: 'Accesos del alcance de la revisión con respuesta a la fecha de corte.',
    denominator: 'Accesos del alcance de la revisión.',
    moment: 'En la fecha de corte de la última revisión de la vigencia.',
    source: 'Revisiones de accesos.',
    goal: '100 %',
    nothing: 'Sin revisiones todavía.',
  },
  revocation_hours: {
    name: 'Horas entre el hecho y la revocación',
    numerator:
      'Suma de las horas entre el hecho que quita el fundamento (retiro, traslado, fin de contrato, cuenta cerrada, incidente o solicitud) y el momento en que el acceso dejó de permitir el ingreso.',
    denominator: 'Accesos de la vigencia que se revocaron.',
    moment: 'Al abrir esta página, sobre la vigencia que se muestra.',
    source: 'Actos de revocación y registro de retiros, vinculaciones y cuentas.',
    goal: `Hasta ${REVOCATION_TARGET_HOURS} horas en promedio`,
    nothing: 'En esta vigencia no se ha revocado ningún acceso.',
  },
}

export const accessIndicatorsText = {
  title: 'Indicadores de acceso',
  link: 'Indicadores de acceso',
  state: (vigencia: number, at: Date | string) => `Vigencia ${vigencia}, medidos el ${formatInstant(at)}.`,
  intro:
    'Alimentan el mapa de riesgos del proceso: riesgo «Acceso no autorizado al formulario en línea del caracterizador DUB por parte de los organismos que cuentan con puntos de atención».',
  definitions: DEFINITIONS,
  met: 'Cumple la meta',
  unmet: 'No cumple la meta',
  none: 'Sin medición',
  tableTitle: 'Ver como tabla',
  caption: 'Indicadores con su numerador, su denominador y su meta',
  columns: {
    name: 'Indicador',
    value: 'Valor',
    numerator: 'Numerador',
    denominator: 'Denominador',
    goal: 'Meta',
    result: 'Resultado',
    moment: 'Momento',
    source: 'Fuente',
  },
  definitionTitle: 'Cómo se mide',
  agencies: 'Accesos activos por organismo',
  agencyColumns: { agency: 'Organismo', active: 'Activos', undelegated: 'Sin delegación válida' },
  noAgencies: 'Hoy ningún organismo tiene accesos activos.',
}

/** «2,5 %», «1,4 horas»; a sentence where there is nothing to measure. */
export function indicatorValue(code: AccessIndicator, value: number | null): string {
  if (value === null) return DEFINITIONS[code].nothing
  return code === 'revocation_hours' ? `${formatDecimal(value)} horas` : formatShare(value)
}

/** What a numerator or a denominator counts. */
export function indicatorCount(code: AccessIndicator, part: 'numerator' | 'denominator', count: number): string {
  return code === 'revocation_hours' && part === 'numerator' ? `${formatDecimal(count)} horas` : formatNumber(count)
}
