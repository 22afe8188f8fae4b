/** The risk that circular 4173.010.22.2.1020.000150 of Cali answers, with its three consequences and its two controls (R9, D6). */
import type { RiskAnswers } from '../../domain/risks.ts'

export const DUB_RISK: RiskAnswers = {
  process: 'Servicio a la ciudadanía',
  objective: 'Caracterizar a la ciudadanía que acude a los puntos de atención, con sus datos protegidos',
  typology: 'seguridad',
  ...{ classification: '', area: '', immediateCause: '', rootCause: '' },
  factor: 'talento_humano',
  assetKind: 'software',
  asset: 'el formulario en línea del caracterizador DUB',
  property: 'confidencialidad',
  threat: 'Uso no autorizado',
  vulnerability: 'Ausencia de proceso para supervisión de derechos de acceso',
  consequences: [
    'Violación de la política de protección de datos personales',
    'Alteración de la información del ciudadano',
    'Desviación de los datos contenidos',
  ].join('\n'),
  description:
    'Acceso no autorizado al formulario en línea del caracterizador DUB por parte de los organismos que cuentan con puntos de atención',
  timesPerYear: 12_000,
  probability: '',
  economic: '',
  reputational: 'mayor',
  yes: [],
}

/** A risk of another typology, rated before the municipality adapted its methodology. */
export const LAUNDERING_RISK: RiskAnswers = {
  ...DUB_RISK,
  objective: 'Contratar los operativos de caracterización con proveedores conocidos y pagos trazables',
  typology: 'lavado',
  ...{ assetKind: '', asset: '', property: '', threat: '', vulnerability: '' },
  ...{ classification: 'fraude_externo', factor: 'evento_externo', area: 'ambas' },
  immediateCause: 'la contratación de un proveedor con fondos de origen ilícito',
  rootCause: 'la falta de consulta de listas restrictivas antes de contratar',
  consequences: 'Investigaciones de los entes de control',
  description:
    'Posibilidad de afectación económica y reputacional por la contratación de un proveedor con fondos de origen ilícito debido a la falta de consulta de listas restrictivas antes de contratar',
  ...{ timesPerYear: 12, economic: 'moderado', reputational: 'moderado' },
}

const DESIGN = {
  ...{ documentation: 'procedimientos', frequency: 'aleatoria', record: 'electronico', execution: 'interna' },
}

export const DUB_CONTROLS = [
  {
    ...DESIGN,
    action: 'Inhabilita de manera masiva a quienes no tienen delegación para la vigencia',
    complement:
      'Al comienzo de cada vigencia; lo que nadie confirma se retira, y quedan el listado de antes y después, el tiquete y la prueba de que la puerta se cerró.',
    ...{ type: 'preventivo', implementation: 'manual', periodicity: 'anual' },
    // Campaigns closed and carried out show it (D6).
    automaticCheck: 'access_unreviewed',
  },
  {
    ...DESIGN,
    action: 'Verifica el listado de servidores con acceso cuando hay traslados, retiros o novedades',
    complement:
      'Cada organismo informa la novedad; el acceso se retira el mismo día y queda la comunicación oficial con su radicado.',
    ...{ type: 'detectivo', implementation: 'manual', periodicity: 'mensual' },
    // The probe at the door after each end shows it (C10).
    automaticCheck: 'ending_unproven',
  },
]
