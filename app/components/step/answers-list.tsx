import { Heading, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { ReviewLine } from '../../../domain/forms.ts'
import { reviewText, stepText } from '../../text/steps.ts'

interface Props {
  lines: ReviewLine[]
  /** Page of the form: each answer gets its way back to the field. */
  changeAt?: string
  level?: '2' | '3'
}

/** What was answered, group by group, as a person reads it. */
export function AnswersList({ lines, changeAt, level = '2' }: Props) {
  const groups = [...new Set(lines.map((line) => line.groupCode))]
  return (
    <VStack gap="space-24">
      {groups.map((code) => {
        const own = lines.filter((line) => line.groupCode === code)
        return (
          <section className="card" key={code} aria-labelledby={`${code}-leer`}>
            <Heading level={level} size="small" spacing id={`${code}-leer`}>
              {own[0]?.group}
            </Heading>
            <dl className="answers">
              {own.map((line) => (
                <div className="answers__row" key={line.key}>
                  <dt>{line.label}</dt>
                  <dd className="typed">{line.value || <span className="quiet">{stepText.notAnswered}</span>}</dd>
                  {changeAt && (
                    <dd className="answers__change">
                      <Link to={`${changeAt}#${line.path}`} aria-label={reviewText.changeOf(line.label)}>
                        {reviewText.change}
                      </Link>
                    </dd>
                  )}
                </div>
              ))}
            </dl>
          </section>
        )
      })}
    </VStack>
  )
}
