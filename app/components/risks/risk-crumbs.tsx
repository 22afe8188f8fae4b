import { risksText } from '../../text/risks.ts'
import { Breadcrumbs, type Crumb } from '../breadcrumbs.tsx'

interface Props {
  /** Code of the risk whose page the way passes. */
  risk?: string
  crumbs: Crumb[]
}

/** The way to a page on risks, which always passes their map. */
export function RiskCrumbs({ risk, crumbs }: Props) {
  const ofRisk = risk === undefined ? [] : [{ label: risk, to: `/riesgos/${risk}` }]
  return <Breadcrumbs crumbs={[{ label: risksText.title, to: '/riesgos' }, ...ofRisk, ...crumbs]} />
}
