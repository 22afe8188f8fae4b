import { Alert, Heading } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { OwnAct } from '../../db/act-pages.ts'
import { grantText } from '../text/access.ts'
import { actText, noticesText } from '../text/decisions.ts'
import { refusalSentence } from '../text/refusals.ts'

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
            {sentenceOf(act)} <Link to={placeOf(act)}>{act.about === 'cycle' ? noticesText.see : grantText.see}</Link>
          </li>
        ))}
      </ul>
    </Alert>
  )
}

function sentenceOf(act: OwnAct): string {
  const asked = act.about === 'cycle' ? actText.asked(act.kind, act.stepCode) : grantText.asked[act.kind]
  if (act.status === 'refused') return noticesText.refused(asked, act.name, refusalSentence(act.reasonCode ?? ''))
  return noticesText.pending(asked, act.name)
}

/** The receipt of an act on a cycle, or the page of the access. */
function placeOf(act: OwnAct): string {
  return act.about === 'cycle' ? `/ejercicios/${act.cycleId}/actos/${act.id}` : `/accesos/${act.grantId}`
}
