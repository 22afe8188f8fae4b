import { Alert, Heading } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { OwnAct } from '../../db/act-pages.ts'
import { grantText } from '../text/access.ts'
import { runActText } from '../text/control-runs.ts'
import { actText, noticesText } from '../text/decisions.ts'
import { disposalText } from '../text/disposal.ts'
import { refusalSentence } from '../text/refusals.ts'
import { reviewActText } from '../text/reviews.ts'
import { requestText } from '../text/rights.ts'
import { acceptanceText } from '../text/risk-treatment.ts'

/** What became of acts that were left "En trámite": still on their way, or refused later. */
export function OwnActs({ acts }: { acts: OwnAct[] }) {
  if (acts.length === 0) return null
  const isBad = acts.some((act) => act.status === 'refused')
  return (
    <Alert variant={isBad ? 'warning' : 'info'}>
      <Heading level="2" size="xsmall" spacing>
        {noticesText.title}
      </Heading>
      <ul className="links">
        {acts.map((act) => (
          <li key={act.id}>
            {sentenceOf(act)} <Link to={placeOf(act)}>{SEE[act.about]}</Link>
          </li>
        ))}
      </ul>
    </Alert>
  )
}

const SEE: Record<OwnAct['about'], string> = {
  ...{ cycle: noticesText.see, access: grantText.see, rights: requestText.see },
  disposal: disposalText.see,
  ...{ risk: acceptanceText.see, run: runActText.see, review: reviewActText.see },
}

function askedOf(act: OwnAct): string {
  if (act.about === 'cycle') return actText.asked(act.kind, act.stepCode)
  if (act.about === 'access') return grantText.asked[act.kind]
  if (act.about === 'risk') return acceptanceText.asked[act.kind]
  if (act.about === 'disposal') return disposalText.asked[act.kind]
  if (act.about === 'run') return runActText.asked[act.kind]
  return act.about === 'rights' ? requestText.asked[act.kind] : reviewActText[act.kind]
}

function sentenceOf(act: OwnAct): string {
  const asked = askedOf(act)
  if (act.status === 'refused') return noticesText.refused(asked, act.name, refusalSentence(act.reasonCode ?? ''))
  return noticesText.pending(asked, act.name)
}

/** The receipt of an act on a cycle, or the page of the access, the request, the risk or the review. */
function placeOf(act: OwnAct): string {
  if (act.about === 'cycle') return `/ejercicios/${act.cycleId}/actos/${act.id}`
  if (act.about === 'access') return `/accesos/${act.grantId}`
  if (act.about === 'rights') return `/derechos/${act.rightsId}`
  if (act.about === 'risk') return `/riesgos/${act.riskCode}/tratamiento`
  if (act.about === 'disposal') return `/disposicion/${act.disposalId}`
  if (act.about === 'run') return `/riesgos/${act.runRisk}/controles/${act.runControl}/ejecuciones/${act.runStart}`
  return act.listId ? `/accesos/revision/${act.listId}` : `/accesos/campanas/${act.campaignId}`
}
