import { lowered } from './letters.ts'

/** Words of the way of a cycle through its procedure. */
export const cycleMapText = {
  title: 'Recorrido del ejercicio',
  link: 'Recorrido en un mapa',
  intro:
    'Los pasos en su orden, con lo que se devolvió y lo que se reabrió. Debajo del mapa está lo mismo en una tabla.',
  caption: 'Los pasos del ejercicio',
  step: 'Paso',
  state: 'Estado',
  attemptsHeading: 'Intentos',
  returns: 'Devoluciones',
  withdrawals: 'Envíos retirados',
  reopenings: 'Reaperturas',
  now: 'Paso actual',
  attempts: (n: number) => `intento ${n}`,
  /** In front of the state of the step the cycle is at. */
  current: (state: string) => `▶ Actual: ${lowered(state)}`,
  /** In lines, beside its step. */
  returned: (n: number) => (n === 1 ? ['una', 'vuelta'] : [String(n), 'vueltas']),
  reopened: (n: number) => (n === 1 ? 'reabierto' : `reabierto ${n} veces`),
  /** «2, cuando iba por el paso 5». */
  reopenedFrom: (ways: { from: string; times: number }[]) =>
    ways.map(({ from, times }) => `${times}, cuando iba por el paso ${from}`).join('; ') || '0',
  alt: ({
    steps,
    done,
    current,
    returns,
    back,
  }: Record<'steps' | 'done' | 'returns' | 'back', number> & { current: string | null }) =>
    `Mapa de los ${steps} pasos: ${done} aprobados; ${current ? `va por el paso ${current}` : 'ninguno está en curso'}; devoluciones: ${returns}; reaperturas: ${back}.`,
}
