/** The trail of the entity and the proof that nobody changed it. */
import type { CheckResult } from '../../domain/controls.ts'
import { formatInstant, formatNumber } from './format.ts'

/** What the seal says of the whole log, in one sentence. */
interface Sealed {
  sealed: number
  waiting: number
  waitingSince: Date | null
  checkpoint: { size: number; signedAt: Date } | null
}

interface LastCheck {
  result: CheckResult
  finishedAt: Date
  lookedAt: number | null
  found: number | null
}

/** What the last self-check of the log proved: a log that none has looked at is not called whole. */
export function intactText(check: LastCheck | undefined): string {
  if (!check) return 'Todavía ningún autocontrol la ha comprobado.'
  const { result, finishedAt, lookedAt, found } = check
  const last = `l último autocontrol, del ${formatInstant(finishedAt)},`
  if (result === 'error' || !lookedAt) return `E${last} no pudo mirar ningún hecho y no prueba nada.`
  if (result === 'passed') return `Íntegra: e${last} miró ${formatNumber(lookedAt)} hechos y todos coinciden.`
  const wrong = formatNumber(found ?? 0)
  return `No está íntegra: e${last} encontró ${wrong} que no coinciden o que esperan su sello hace más de una hora.`
}

export const auditText = {
  title: 'Auditoría',
  intro:
    'Todo lo que pasó en la entidad, con quién lo hizo, cuándo y sobre qué contenido. Nada de aquí se puede cambiar ni borrar; lo que usted consulta también queda registrado.',
  state: ({ sealed, waiting, checkpoint }: Sealed) =>
    `${formatNumber(sealed)} ${sealed === 1 ? 'hecho sellado' : 'hechos sellados'}${waiting > 0 ? `, ${formatNumber(waiting)} por sellar` : ''}. ${
      checkpoint
        ? `Último punto de control firmado: ${formatInstant(checkpoint.signedAt)}.`
        : 'Todavía no hay un punto de control firmado.'
    }`,
  check: 'Ver el autocontrol',
  verification: 'Cómo se verifica',
  trail: 'Bitácora',
  empty: 'Todavía no ha pasado nada que registrar. Lo primero que haga alguien en la entidad aparecerá aquí.',
  proof: 'ver hecho',
}

export const auditEventText = {
  title: 'Hecho de la bitácora',
  at: 'Cuándo',
  who: 'Quién',
  position: 'En el cargo de',
  actingFor: 'Por delegación de',
  cycle: 'Ejercicio',
  step: 'Paso',
  content: 'Contenido',
  origin: 'De dónde vino',
  origins: {
    web: 'Una persona, en la aplicación',
    workflow: 'El procedimiento',
    courier: 'Un reenvío',
    system: 'El sistema',
  },
  nobody: 'El sistema',
  changes: 'Lo que cambió',
  field: 'Dato',
  before: 'Antes',
  after: 'Después',
  nothing: '—',
  byName: 'No se guarda: solo que cambió',
  other: 'Otro',
  yes: 'Sí',
  no: 'No',
  unnamed: (count: number) =>
    count === 1
      ? 'El comprobante trae además un dato técnico.'
      : `El comprobante trae además ${formatNumber(count)} datos técnicos.`,
  seal: 'Sello',
  place: 'Lugar en la bitácora',
  placeOf: (place: number) => `Hecho ${formatNumber(place)}`,
  leaf: 'Huella del hecho',
  checkpoint: 'Punto de control que lo cubre',
  checkpointOf: (size: number, signedAt: Date) => `De ${formatNumber(size)} hechos, firmado ${formatInstant(signedAt)}`,
  noCheckpoint: 'El siguiente, a más tardar en 15 minutos.',
  waiting:
    'Este hecho espera su sello: se toma cuando termina todo lo que se estaba guardando a la vez, casi siempre en segundos. Vuelva a abrir la página.',
  take: 'Descargar comprobante',
  takeHelp:
    'Con el comprobante, cualquier persona comprueba sin este sistema que el hecho está en la bitácora y que no se cambió.',
}

export const verificationText = {
  title: 'Verificación de la bitácora',
  intro:
    'Cada hecho tiene una huella y un lugar en un árbol de huellas. Cada 15 minutos o 1.000 hechos se firma un punto de control: quien guarde uno puede comprobar después que nada de lo anterior se cambió, se borró ni se metió en medio.',
  late: (since: Date) =>
    `Hay hechos sin sellar desde ${formatInstant(since)}. Mientras no se sellen no los cubre ninguna firma: avise a quien opera el sistema.`,
  checkpoints: 'Puntos de control',
  caption: 'Puntos de control firmados, del más reciente al más antiguo',
  empty: 'El primero se firma cuando se sella el primer hecho.',
  signedAt: 'Firmado',
  size: 'Hechos que cubre',
  root: 'Raíz del árbol',
  key: 'Llave',
  note: 'Texto firmado',
  growth: 'Crecimiento',
  growthOf: (size: number) =>
    `Descargar la prueba de que el último punto de control conserva los primeros ${formatNumber(size)} hechos`,
  leaves: 'Huellas de un día',
  leavesHelp:
    'Guardadas fuera, nombran el hecho que alguien cambie después. Un día está completo cuando ninguno de sus hechos espera su sello.',
  day: 'Día',
  dayUnreal: 'Esa fecha no existe. Escríbala con año, mes y día.',
  dayAhead: 'Ese día no ha llegado. Escriba el de hoy o uno anterior.',
  takeLeaves: 'Descargar huellas',
  download: 'descargar',
  downloadOf: (size: number) => `Descargar el punto de control de ${formatNumber(size)} hechos`,
  keys: 'Llaves públicas',
  keysHelp:
    'Guarde la llave vigente fuera de la entidad: con ella se comprueba quién firmó. La primera es la vigente; las demás firmaron antes.',
  how: 'Cómo comprobarlo por su cuenta',
  steps: [
    'Descargue hoy un punto de control y guárdelo fuera de la entidad, por ejemplo en el correo de control interno.',
    'Cuando quiera comprobar, pida a quien opera el sistema que lo verifique contra lo que usted guardó: se lee toda la bitácora y se nombra el primer hecho que no coincida.',
    'Para un solo hecho, ábralo en la bitácora y descargue su comprobante; para un ejercicio entero, exporte su paquete de evidencia. En otro equipo con Node 22 o posterior se comprueban con el programa verificador y la llave pública que usted guardó; no hace falta nada más de este sistema.',
  ],
  program: 'Descargar el programa verificador',
  programUse: 'Se usa así:',
  command: 'node caracteriza-verificador.mjs --llave LLAVE comprobante.json',
}
