/** Which exercises the demonstration holds: whoever signs in, in either municipality, finds something that waits. */
import { CITY_FILE_TOTAL } from '../../catalog/demo/city-file.ts'
import { demoEntityId } from '../../db/seed.ts'
import type { Story } from './stories.ts'

const YEARLY = 'Caracterización de ciudadanos y grupos de interés'
const SMALL = 2_000

export const MUNICIPALITIES = [
  { slug: 'santamarta', municipality: 'Santa Marta' },
  { slug: 'cali', municipality: 'Santiago de Cali' },
]

type Plot = Pick<Story, 'name' | 'vigencia' | 'approved' | 'next' | 'surveys'>

/** The yearly exercise, finished and published, and this year's, which waits for the two approvers of step 3. */
const FIRST: Plot[] = [
  { name: `${YEARLY} 2025`, vigencia: 2025, approved: 7, surveys: true },
  { name: `${YEARLY} 2026`, vigencia: 2026, approved: 2, next: 'reviewed', surveys: true },
]

/** Others, each waiting for whoever the first two leave without a task; the last goes on from the first, a year later. */
const OTHERS: Plot[] = [
  { name: 'Caracterización de usuarios de trámites en línea', vigencia: 2025, approved: 2, next: 'open' },
  { name: 'Caracterización de personas mayores y cuidadores', vigencia: 2025, approved: 0, next: 'sent' },
  { name: 'Caracterización de usuarios de los puntos de atención', vigencia: 2025, approved: 4, next: 'open' },
  { name: 'Caracterización de asistentes a la rendición de cuentas', vigencia: 2025, approved: 4, next: 'reviewed' },
  { name: 'Caracterización de comerciantes y contribuyentes', vigencia: 2025, approved: 5, next: 'one_left' },
  { name: `${YEARLY} 2026, segundo corte`, vigencia: 2026, approved: 6, next: 'open' },
]

/** In the order they are told: what every newcomer is pointed to comes first. */
export const STORIES: Story[] = [FIRST, OTHERS].flatMap((plots, part) =>
  MUNICIPALITIES.flatMap((where) => plots.map((plot, i) => storyOf(where, plot, part * FIRST.length + i))),
)

function storyOf(where: (typeof MUNICIPALITIES)[number], plot: Plot, number: number): Story {
  const isCity = where.slug === 'santamarta' && plot.approved === 7
  const radicado = `${plot.vigencia}417301000${String(number + 1).padStart(2, '0')}504`
  const rows = isCity ? CITY_FILE_TOTAL : SMALL
  return { ...where, ...plot, entityId: demoEntityId(where.slug), radicado, rows }
}
