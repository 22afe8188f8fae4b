/** The citizen of the canaries recorded by a clerk, and asking for a correction of their data: by the commands of the product. */
import { fileRights } from '../../app/commands/file-rights.server.ts'
import { DEMO_CITIZENS, type DemoCitizen } from '../../catalog/demo/citizens.ts'
import { newId } from '../../db/ids.ts'
import { liveAccesses } from '../../scripts/demonstration/access.ts'
import { captured } from '../../scripts/demonstration/capture.ts'
import { CITIZEN } from './canaries.ts'
import type { Life, Product } from './lived-in.ts'

export interface Planted {
  record: string
  request: string
}

/** What a clerk types of the citizen, page by page of the form F004. */
export function citizenAnswers(): DemoCitizen {
  const like = DEMO_CITIZENS[1]
  if (!like) throw new Error('the demonstration has no citizens')
  return {
    given: ['caracterizacion', 'contacto'],
    answers: {
      ...like.answers,
      identificacion: { tipo_documento: 'CC', numero_documento: CITIZEN.document, nombre: CITIZEN.name },
      geograficas: { ...like.answers.geograficas, comuna: CITIZEN.address, barrio: CITIZEN.neighbourhood },
      contacto: { correo: CITIZEN.mail, telefono: CITIZEN.phone },
    },
  }
}

/** What the citizen types to ask for a correction. */
export const rightsTyped = (entityId: string) => ({
  ...{ formKey: newId(), entityId, aim: 'correction', quality: 'holder', facts: CITIZEN.words },
  ...{ holderName: CITIZEN.name, holderDocumentType: 'CC', holderDocument: CITIZEN.document },
  ...{ email: CITIZEN.mail, phone: CITIZEN.phone, address: CITIZEN.address },
})

export async function plantCitizen({ context }: Product, { entityId }: Life): Promise<Planted> {
  const { granted: grantId } = await liveAccesses(context, entityId)
  const record = await captured(context, entityId, { grantId, key: 'canary', citizen: citizenAnswers() })
  const filed = await fileRights(context, null, rightsTyped(entityId))
  if (!filed.ok) throw new Error(JSON.stringify(filed.errors))
  return { record, request: filed.id }
}
