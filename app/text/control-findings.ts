import { formatDate } from './format.ts'

interface RunAbout {
  control: string
  risk: string
  start: string
  end: string
}

const periodOf = ({ start, end }: RunAbout) => `el periodo del ${formatDate(start)} al ${formatDate(end)}`

/** What a run of a control that nobody made up for leaves in the improvement plan (features D5, D12). */
export const controlFindingText = {
  source: ({ control, risk }: RunAbout) => `Ejecución del control ${control} del riesgo ${risk}`,
  criterion: ({ control }: RunAbout) =>
    `El control ${control} se ejecuta en cada periodo, deja evidencia y otra persona la revisa.`,
  condition: {
    missed: (run: RunAbout) => `Nadie ejecutó el control en ${periodOf(run)}, ni dentro del plazo para recuperarlo.`,
    rejected: (run: RunAbout) => `La ejecución de ${periodOf(run)} fue devuelta y no se corrigió dentro del plazo.`,
  },
  effect: ({ risk }: RunAbout) => `El control no cuenta en el residual demostrado del riesgo ${risk}.`,
}
