/** Who saw citizens' data, and what was unusual in it. */
import { DAY_HOURS, SAME_OBJECT, type Unusual, USUAL_WEEKS } from '../../domain/unusual-reading.ts'
import { formatDate, formatNumber } from './format.ts'

/** «6 a. m.», of an hour that is neither noon nor midnight. */
const hour = (n: number) => (n < 12 ? `${n} a. m.` : `${n - 12} p. m.`)
const [FROM, TO] = [hour(DAY_HOURS.from), hour(DAY_HOURS.to)]

export const unusualText: Record<Unusual, string> = {
  many: 'muchas más veces que de costumbre',
  day_off: 'en un día no hábil',
  night: `antes de las ${FROM} o después de las ${TO}`,
  same_object: `${SAME_OBJECT} veces o más el mismo registro`,
}

const times = (reads: number) => (reads === 1 ? '1 vez' : `${formatNumber(reads)} veces`)

export const readingsText = {
  title: 'Quién vio datos personales',
  link: 'Quién vio datos personales',
  intro:
    'Cada vez que alguien ve o descarga datos de ciudadanos queda escrito, con para qué lo hizo. Cada lunes se revisa la semana anterior y se lista aquí lo inusual.',
  last: ({ week, readers, reads }: { week: string; readers: number; reads: number }) =>
    reads === 0
      ? `En la semana del ${formatDate(week)} nadie vio datos personales.`
      : `En la semana del ${formatDate(week)} se vieron datos personales ${times(reads)}, por ${readers === 1 ? 'una persona' : `${formatNumber(readers)} personas`}.`,
  unusual: 'Lo inusual, semana por semana',
  unusualHelp: `Inusual no quiere decir indebido: pregunte a la persona qué atendía. Se compara con sus ${USUAL_WEEKS} semanas anteriores, el calendario de la entidad y el horario de ${FROM} a ${TO}`,
  caption: 'Personas con lecturas inusuales, de la semana más reciente a la más antigua',
  noneYet: 'Todavía no se ha revisado ninguna semana: la primera se revisa el lunes.',
  nothing: 'Ninguna semana revisada tuvo lecturas inusuales.',
  week: 'Semana del',
  person: 'Persona',
  reads: 'Veces',
  objects: 'Registros distintos',
  why: 'Por qué',
  see: 'Ver lo que vio',
  seeOf: (person: string, week: string) => `Ver lo que vio ${person} en la semana del ${formatDate(week)}`,
  all: 'Cada vez',
  none: 'Nadie ha visto todavía datos personales en este sistema.',
  nothingSuch: 'Con esos filtros no hay ninguna lectura. Cámbielos para ver otras.',
}
