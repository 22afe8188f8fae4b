/** A list of requests of access as a browser sends it. */
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { TEMPLATE_HEADER } from '../../domain/grant-lists.ts'

/** Of one row, which names nobody, unless said otherwise. */
export function accessListRequest(
  rows: string[][] = [['nadie@demo.test', 'Ningún punto', 'F004', '01/01/2026', '31/12/2026']],
  { formKey = newId(), header = TEMPLATE_HEADER }: { formKey?: string; header?: readonly string[] } = {},
): Request {
  const form = new FormData()
  const communication = { radicado: '202641730100000002', radicadoOn: appToday(), reason: 'Atienden en la ventanilla.' }
  for (const [name, value] of Object.entries({ formKey, ...communication })) form.append(name, value)
  const lines = [header, ...rows].map((cells) => cells.join(';')).join('\r\n')
  form.append('archivo', new File([lines], 'lista.csv', { type: 'text/csv' }))
  return new Request('http://localhost:3000/accesos/solicitudes/lista', { method: 'POST', body: form })
}
