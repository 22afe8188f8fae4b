/** The data source of step 3 and the files of step 7, as people send them from the pages. */
import { DEMO_FILE_NAME, DEMO_SENTENCE } from '../../catalog/demo/city-file.ts'
import type { Answer, Visitor } from './http.ts'

const sourcesPath = (cycleId: string) => `/ejercicios/${cycleId}/fuentes`

/** The contract of a source, attached by Profesional TIC (MM-GAC-P-008, step 3). */
export function attachSource(visitor: Visitor, cycleId: string, ownerAgency: string): Promise<Answer> {
  const contract = {
    ...{ name: 'Comunicaciones recibidas 2024', ownerAgency, legalBasis: 'Ley 1755 de 2015', sensitivity: 'sensible' },
    ...{ periodFrom: '2024-01-01', periodTo: '2024-12-31', demoNote: DEMO_SENTENCE },
  }
  return visitor.fillIn(`${sourcesPath(cycleId)}/nueva`, 'legalBasis', contract)
}

export function uploadFile(
  visitor: Visitor,
  cycleId: string,
  sourceId: string,
  content: Uint8Array<ArrayBuffer>,
): Promise<Answer> {
  return visitor.upload(`${sourcesPath(cycleId)}/${sourceId}`, DEMO_FILE_NAME, content)
}

/** Confirms what the page proposes for each column, which starts the import. */
export function importFile(visitor: Visitor, cycleId: string, sourceId: string): Promise<Answer> {
  return visitor.fillIn(`${sourcesPath(cycleId)}/${sourceId}`, 'columna.0.codigo', {})
}

/** Makes the exact files that step 7 publishes. */
export function prepareFiles(visitor: Visitor, cycleId: string): Promise<Answer> {
  return visitor.post(`/ejercicios/${cycleId}/divulgacion`, [])
}
