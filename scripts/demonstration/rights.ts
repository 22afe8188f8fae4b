/** Citizens' requests about their data in the demonstration, filed and decided through the product's own commands. */
import { decideRights } from '../../app/commands/decide-rights.server.ts'
import { fileRights } from '../../app/commands/file-rights.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { idOf } from '../../db/ids.ts'
import { findRights } from '../../db/rights.ts'
import type { RightsAim, RightsVerdict } from '../../domain/rights.ts'
import type { RightsVerdictInput } from '../../domain/rights-inputs.ts'
import { eventually } from '../processes.ts'
import * as acts from './acts.ts'

const NOBODY = {
  ...{ quality: 'holder', holderName: 'Persona de la demostración', holderDocumentType: 'CC' },
  ...{ email: 'persona@example.com', phone: '', address: '' },
}

/** Files one for an invented person; filed before, it stays as it is. Answers where it stands. */
export async function askOne(context: AppContext, entityId: string, aim: RightsAim) {
  const formKey = idOf('demo-rights', entityId, aim)
  const facts = aim === 'access' ? '' : 'El barrio que tienen registrado no es donde vivo.'
  const typed = { ...NOBODY, holderDocument: '1000000001', formKey, entityId, aim, facts }
  const filed = await fileRights(context, null, typed)
  if (!filed.ok) throw new Error(JSON.stringify(filed.errors))
  await eventually(async () => {
    if ((await stateOf(context, entityId, filed.id)).status === 'filed')
      throw new Error(`${filed.number} is not received`)
  }, 30)
  return filed
}

/** What whoever answers for data protection decides on one. */
export async function sayOfRights(
  context: AppContext,
  entityId: string,
  { id, verdict }: { id: string; verdict: RightsVerdict },
): Promise<void> {
  const keeper = await acts.actorOf(context, entityId, 'profesional_ogac')
  const { contentHash } = await stateOf(context, entityId, id)
  const said: Omit<RightsVerdictInput, 'requestId' | 'verdict' | 'contentHash'> = {
    ...{ text: 'Como dice la ley y como se le explicó.', purposes: [], corrections: [] },
    method: verdict === 'identify' ? 'document_shown' : null,
    denial: verdict === 'deny' ? 'unfounded' : null,
    delivery: verdict === 'attend' || verdict === 'deny' ? 'in_person' : null,
  }
  await decideRights(context, { ...keeper, provedAt: appNow() }, { requestId: id, verdict, contentHash, ...said })
}

async function stateOf(context: AppContext, entityId: string, id: string) {
  const request = await withEntity(context.db, entityId, (trx) => findRights(trx, id))
  if (!request) throw new Error(`request ${id} has no row`)
  return request.state
}

/** One consulta waits to be answered, one claim for the citizen. */
export async function liveRights(context: AppContext, entityId: string): Promise<void> {
  const asked = await askOne(context, entityId, 'access')
  if (!(await stateOf(context, entityId, asked.id)).isIdentified)
    await sayOfRights(context, entityId, { id: asked.id, verdict: 'identify' })
  const claimed = await askOne(context, entityId, 'correction')
  if ((await stateOf(context, entityId, claimed.id)).status === 'received')
    await sayOfRights(context, entityId, { id: claimed.id, verdict: 'require' })
}
