import { type CheckArea, STANDING_CHECK_IDS, type StandingCheckId } from '../../domain/standing-checks.ts'
import { formatNumber } from './format.ts'

interface CheckWords {
  /** In the address of its page. */
  address: string
  name: string
  /** What is looked for, and how it is put right. */
  help: string
}

/** Standing checks, as people read of them (`/riesgos/verificaciones`). */
export const standingText: Record<StandingCheckId, CheckWords> = {
  term_over: {
    address: 'plazos-vencidos',
    name: 'Pasos con el plazo vencido',
    help: 'El paso sigue abierto después de su fecha. Ábralo para terminarlo, o para pedir que se atienda.',
  },
  comments_open: {
    address: 'comentarios-abiertos',
    name: 'Pasos en revisión con comentarios sin resolver',
    help: 'Hay comentarios abiertos sobre lo que se revisa o aprueba. Respóndalos o márquelos como resueltos.',
  },
  reopening_waits: {
    address: 'reaperturas-en-espera',
    name: 'Reaperturas sin decidir hace más de cinco días',
    help: 'Alguien pidió reabrir el paso y nadie ha respondido.',
  },
  request_waits: {
    address: 'solicitudes-de-acceso',
    name: 'Solicitudes de acceso sin decidir hace más de diez días',
    help: 'La solicitud espera que su persona acepte el compromiso o que se decida.',
  },
  access_unused: {
    address: 'accesos-sin-uso',
    name: 'Accesos que nadie usa hace más de sesenta días',
    help: 'Su persona no ha ingresado. Si ya no lo necesita, revóquelo.',
  },
  campaign_without_ticket: {
    address: 'revisiones-sin-tiquete',
    name: 'Revisiones de accesos cerradas sin tiquete',
    help: 'La inhabilitación masiva necesita su tiquete de la mesa de servicio, que es la evidencia del control.',
  },
  control_in_red: {
    address: 'autocontroles-en-rojo',
    name: 'Autocontroles en rojo',
    help: 'Abra el autocontrol: muestra qué lo incumple y dónde se corrige.',
  },
  release_held: {
    address: 'publicaciones-retenidas',
    name: 'Publicaciones retenidas',
    help: 'Se aprobaron y no salieron. Ábralas para prepararlas de nuevo.',
  },
  report_unissued: {
    address: 'informes-sin-emitir',
    name: 'Informes aprobados que no se emitieron',
    help: 'El paso 6 está aprobado hace más de un día y no hay informe firmado.',
  },
  action_overdue: {
    address: 'acciones-vencidas',
    name: 'Acciones de mejora vencidas',
    help: 'Pasó su fecha y no se ha informado que se cumplieron.',
  },
  effect_unchecked: {
    address: 'eficacia-sin-verificar',
    name: 'Acciones informadas sin verificar, o verificadas sin revisar su eficacia',
    help: 'Ya pasó el día en que otra persona debía verificar que se cumplieron, o revisar si tuvieron efecto.',
  },
  finding_without_actions: {
    address: 'hallazgos-sin-acciones',
    name: 'Hallazgos con causas analizadas y sin acciones',
    help: 'Se sabe por qué pasó y el plan no tiene ninguna acción. Quien responde por el hallazgo las planea.',
  },
  indicator_unmeasured: {
    address: 'indicadores-sin-medir',
    name: 'Indicadores sin medir a tiempo',
    help: 'Pasó el plazo de su medición y nadie la registró. Abra el indicador y pida la medición a quien lo mide.',
  },
  indicator_critical: {
    address: 'indicadores-criticos',
    name: 'Indicadores en nivel crítico',
    help: 'Su última medición pasó el umbral crítico. Revise el riesgo y el plan del hallazgo que se abrió.',
  },
  risk_without_control: {
    address: 'riesgos-sin-control',
    name: 'Riesgos sin ningún control',
    help: 'Nada reduce el riesgo. Agréguele un control o trátelo de otra forma.',
  },
  risk_not_reduced: {
    address: 'riesgos-sin-demostrar',
    name: 'Riesgos cuyo residual demostrado es mayor que el declarado',
    help: 'Sus controles no tienen evidencia vigente: lo que se declara no está demostrado.',
  },
  risk_untreated: {
    address: 'riesgos-sin-tratamiento',
    name: 'Riesgos por encima del apetito sin tratamiento',
    help: 'Nadie ha decidido qué se hace con el riesgo. Decida su tratamiento, o pida que se acepte si la política lo permite.',
  },
  risk_unplanned: {
    address: 'riesgos-sin-plan',
    name: 'Riesgos que se reducen sin plan de acción',
    help: 'Se decidió reducir el riesgo y su plan no tiene ninguna actividad. Agréguela en el tratamiento del riesgo.',
  },
  risk_of_ended_position: {
    address: 'controles-sin-responsable',
    name: 'Controles de un cargo que terminó',
    help: 'El cargo que debe ejecutarlos ya no existe. Retírelos y agréguelos con quien responde hoy.',
  },
}

const AREAS: Record<CheckArea, string> = {
  cycles: 'Ejercicios',
  accesses: 'Accesos',
  evidence: 'Evidencia',
  publication: 'Publicación',
  indicators: 'Seguimiento',
  risks: 'Riesgos',
}

/** The check a code names, in words; the code where no check has it. */
export function standingName(code: string): string {
  return STANDING_CHECK_IDS.find((one) => one === code) ? standingText[code as StandingCheckId].name : code
}

/** The check an address names; undefined where none is called so. */
export function standingAt(address: string): StandingCheckId | undefined {
  return STANDING_CHECK_IDS.find((check) => standingText[check].address === address)
}

export const standingChecksText = {
  title: 'Verificaciones',
  link: 'Verificaciones permanentes',
  intro:
    'Lo que hoy no cuadra en ejercicios, accesos, evidencia, publicaciones, seguimiento y riesgos, y quién lo resuelve.',
  allClear: 'Nada por resolver.',
  some: (n: number) => (n === 1 ? 'Una verificación tiene pendientes.' : `${n} verificaciones tienen pendientes.`),
  caption: 'Verificaciones por tema',
  columns: {
    area: 'Tema',
    name: 'Verificación',
    found: 'Pendientes',
    looked: 'De cuántos',
    owner: 'Quién lo resuelve',
    holds: 'Retiene',
    since: 'Desde',
    who: 'Quién lo puso',
    reason: 'Motivo',
    step: 'Paso',
    act: 'Acción',
  },
  areas: AREAS,
  clear: 'Sin pendientes',
  pending: (n: number) => (n === 1 ? '1 pendiente' : `${formatNumber(n)} pendientes`),
  holdsNothing: 'Ningún paso',
  holds: (steps: string) => `Paso ${steps}`,
  step: (code: string) => `Paso ${code}`,
  rowsTitle: 'Por resolver',
  rowsCaption: 'Lo que esta verificación encuentra hoy',
  rowsMore: (shown: number, all: number) => `Se muestran ${shown} de ${formatNumber(all)}.`,
  none: 'Esta verificación no encuentra nada por resolver.',
  gatesTitle: 'Pasos que retiene',
  gatesHelp:
    'Mientras esta verificación tenga pendientes, el paso que retiene no se envía ni se aprueba. Las verificaciones de ejercicios miran solo el ejercicio del paso.',
  gatesCaption: 'Pasos que retiene esta verificación',
  noGates: 'No retiene ningún paso.',
  hold: 'Retener el paso',
  whichStep: 'Paso',
  reason: 'Motivo',
  reasonHelp: 'Queda en la bitácora y lo lee quien encuentre retenido su paso.',
  release: 'Dejar de retener',
  releaseOf: (code: string) => `Dejar de retener el paso ${code}`,
  done: {
    retenido: 'La verificación retiene ese paso mientras tenga pendientes.',
    liberado: 'La verificación ya no retiene ese paso.',
  } as Record<string, string>,
}
