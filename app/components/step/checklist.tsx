import { CheckmarkCircleFillIcon, CircleIcon } from '@navikt/aksel-icons'
import { BodyShort, Heading } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { Progress } from '../../../domain/readiness.ts'
import { gapSentence } from '../../text/gaps.ts'
import { checklistText } from '../../text/steps.ts'

const SHOWN_PER_GROUP = 4

/** What is done and what is missing, by the same function that guards the submission. */
export function Checklist({ progress, formAt }: { progress: Progress; formAt?: string }) {
  const isReady = progress.done === progress.total
  return (
    <section className="card" aria-labelledby="verificacion">
      <Heading level="2" size="xsmall" id="verificacion">
        {checklistText.title}
      </Heading>
      <BodyShort className="quiet">
        {isReady
          ? formAt === undefined
            ? checklistText.complete
            : checklistText.ready
          : checklistText.progress(progress.done, progress.total)}
      </BodyShort>
      <ul className="checklist">
        {progress.groups.map((group) => (
          <li key={group.code}>
            {group.done ? (
              <CheckmarkCircleFillIcon className="checklist__done" title={checklistText.done} />
            ) : (
              <CircleIcon title={checklistText.missing} />
            )}
            <div>
              {formAt === undefined ? group.title : <Link to={`${formAt}#${group.code}`}>{group.title}</Link>}
              <Missing gaps={group.missing} formAt={formAt} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Missing({ gaps, formAt }: { gaps: Progress['groups'][number]['missing']; formAt?: string }) {
  if (gaps.length === 0) return null
  const said = gaps.map((gap) => ({ path: gap.path, sentence: gapSentence(gap) }))
  const rest = said.length - SHOWN_PER_GROUP
  return (
    <ul className="checklist__missing">
      {said.slice(0, SHOWN_PER_GROUP).map(({ path, sentence }) => (
        <li key={`${path} ${sentence}`}>
          {formAt === undefined ? sentence : <Link to={`${formAt}#${path}`}>{sentence}</Link>}
        </li>
      ))}
      {rest > 0 && <li>{checklistText.rest(rest)}</li>}
    </ul>
  )
}
