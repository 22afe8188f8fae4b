/** Words of the page that compares a cycle at two moments of its history. */
import { type EventFacts, eventSentence } from './events.ts'
import { formatInstant } from './format.ts'

export const momentsText = {
  link: 'Comparar dos momentos',
  title: 'Qué cambió entre dos momentos',
  choose: 'Comparar desde este momento',
  compare: 'Comparar con el momento elegido',
  chosen: (moment: string) => `Eligió comparar desde este momento: ${moment} Elija abajo el otro.`,
  forget: 'No comparar',
  from: 'Primer momento',
  to: 'Segundo momento',
  show: 'Comparar',
  state: (steps: number) =>
    steps === 0
      ? 'Entre los dos momentos ningún paso cambió.'
      : steps === 1
        ? 'Entre los dos momentos cambió un paso.'
        : `Entre los dos momentos cambiaron ${steps} pasos.`,
  same: 'Elija dos momentos distintos para ver qué cambió.',
  moment: ({ at, ...facts }: EventFacts & { at: Date }) => `${formatInstant(at)}: ${eventSentence(facts)}`,
  steps: 'Cómo estaba cada paso',
  stepsCaption: 'Los pasos en los dos momentos',
  step: 'Paso',
  before: 'En el primer momento',
  after: 'En el segundo momento',
  notBegun: 'No había comenzado.',
  version: (n: number) => `Ver la versión ${n}`,
  content: 'Contenido',
  compareVersions: (before: number, after: number) => `Ver qué cambió de la versión ${before} a la ${after}`,
  firstSent: 'Se envió por primera vez entre los dos momentos.',
  equal: 'No cambió.',
}
