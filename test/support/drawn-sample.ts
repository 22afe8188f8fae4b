/** A sample with one paper, by the product's own acts; made once, found again afterwards. */
import { drawSample } from '../../app/commands/draw-sample.server.ts'
import { writePaper } from '../../app/commands/write-paper.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { appToday } from '../../db/clock.ts'
import { idOf } from '../../db/ids.ts'
import * as acts from '../../scripts/demonstration/acts.ts'

/** Answers its code. */
export async function drawnSample(context: AppContext, entityId: string): Promise<string> {
  const auditor = await acts.actorOf(context, entityId, 'control_interno')
  const code = await drawSample(context, auditor, {
    ...{ sampleId: idOf('drawn-sample', entityId), population: 'events', part: null, method: 'by_size' },
    ...{ from: '2026-01-01', to: appToday(), wanted: 5, seed: 'Plan de auditoría 4' },
  })
  await writePaper(
    context,
    auditor,
    { code, ordinal: 1 },
    {
      ...{ paperId: idOf('drawn-paper', entityId), result: 'nonconforming', evidence: 'Expediente del ejercicio' },
      ...{ test: 'Se comparó con el expediente.', conclusion: 'No se encontró el soporte.' },
    },
  )
  return code
}
