/** What the risk maps that came as a file became, and where a risk came from. */
import { sql } from 'kysely'
import { declaredOf } from '../domain/risk-map-import.ts'
import { type Methodology, methodologyKeyText } from '../domain/risk-methodology.ts'
import { type Place, placeAt, type RatedControl } from '../domain/risks.ts'
import type { Trx } from './client.ts'
import { loadMethodology } from './methodologies.ts'

/** A risk as an accepted map registered it, whatever became of it since. */
export interface ImportedRisk {
  /** On which it begins. */
  line: number
  code: string
  description: string
  methodology: Methodology
  inherent: Place
  declared: Place
  controls: number
}

/** What an accepted map registered, in the order of its lines. */
export async function listImportedRisks(
  trx: Trx,
  { entityId, importId }: { entityId: string; importId: string },
): Promise<ImportedRisk[]> {
  const found = await sql<ImportedRow>`
    select min(l.line) as line, r.code, a.methodology, a.methodology_n as n, a.typology, a.description, a.probability, a.impact,
      coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'type', c.type, 'implementation', c.implementation,
        'criteria', c.criteria) order by c.n) filter (where c.id is not null), '[]') as controls
    from risk_import_line l join risk r on r.id = l.risk_id join risk_assessment a on a.risk_id = r.id and a.n = 1
      left join risk_control c on c.id = l.control_id
    where l.import_id = ${importId} group by r.id, a.id order by 1`.execute(trx)
  const versions = new Map<string, Methodology>()
  const risks: ImportedRisk[] = []
  for (const { line, code, description, controls, ...row } of found.rows) {
    const key = { code: row.methodology, n: row.n }
    const name = methodologyKeyText(key)
    const methodology = versions.get(name) ?? (await loadMethodology(trx, entityId, key))
    versions.set(name, methodology)
    const inherent = placeAt(methodology, row.probability, row.impact)
    const declared = declaredOf(methodology, inherent, controls, row.typology)
    risks.push({ line, code, description, methodology, inherent, declared, controls: controls.length })
  }
  return risks
}

interface ImportedRow {
  line: number
  code: string
  methodology: string
  n: number
  typology: string
  description: string
  probability: number
  impact: number
  controls: Omit<RatedControl, 'evidence'>[]
}

/** The map a risk came from, and the first of its lines; undefined where it was registered on its form. */
export async function findOriginOfRisk(
  trx: Trx,
  riskId: string,
): Promise<{ importId: string; fileName: string; line: number } | undefined> {
  const found = await sql<{ importId: string; fileName: string; line: number }>`
    select i.id as "importId", i.file_name as "fileName", min(l.line) as line
    from risk_import_line l join risk_import i on i.id = l.import_id
    where l.risk_id = ${riskId} group by i.id, i.file_name`.execute(trx)
  return found.rows[0]
}
