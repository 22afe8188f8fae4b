/** The history of each entity as anybody can keep and check it, without an account. */
import { formatDay, formatNumber } from './format.ts'

export const publicLogText = {
  title: 'Historia verificable',
  intro:
    'Cada entidad sella día por día la historia de lo que hace en este sistema. Quien guarde hoy un punto de control puede demostrar mañana que nada de lo anterior se cambió, se borró ni se agregó. Aquí no hay datos de personas ni de lo que pasó: solo huellas y firmas.',
  none: 'Ninguna entidad ha publicado todavía un día de su historia. El primero se publica la noche siguiente a la instalación.',
  entity: 'Entidad',
  lastDay: 'Último día publicado',
  caption: 'Entidades que publican su historia',
  of: (name: string) => `Historia verificable: ${name}`,
  size: (size: number, day: string) => `${formatNumber(size)} hechos sellados hasta el ${formatDay(day)}.`,
  how: 'Cómo comprobarla',
  steps: [
    'Guarde la llave pública y el punto de control de un día donde la entidad no pueda cambiarlos: su correo, otro equipo, una impresión.',
    'Si además guarda las huellas de los días, un cambio posterior se puede señalar hecho por hecho.',
    'Con el programa verificador y esa llave puede comprobar el punto de control que guardó, y el comprobante de un hecho o el paquete de evidencia que la entidad le entregue, en cualquier equipo con Node 22 o posterior; no se conecta a nada.',
  ],
  keysHelp: 'La primera firma hoy; las demás firmaron antes.',
  daysOf: 'Días publicados',
  daysCaption: 'Días publicados, del más reciente al más antiguo',
  day: 'Día',
  events: 'Hechos nuevos',
  total: 'Hechos en total',
  checkpoint: 'Punto de control',
  leaves: 'Huellas',
  download: 'descargar',
  checkpointOf: (day: string) => `Descargar el punto de control del ${formatDay(day)}`,
  leavesOf: (day: string) => `Descargar las huellas del ${formatDay(day)}`,
  about: 'los puntos de control firmados de cada día y las llaves con que se comprueban',
}
