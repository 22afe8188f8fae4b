import { Alert, BodyLong, Button, Textarea, VStack } from '@navikt/ds-react'
import type { RiskAnswer } from '../../pages/risk-forms.server.ts'
import type { RiskReview } from '../../pages/risk-review.server.ts'
import { riskReviewText as words } from '../../text/risk-review.ts'
import { AdminForm } from '../admin-form.tsx'
import { Facts } from '../facts.tsx'
import { fieldsOf } from '../form-fields.tsx'
import { Section } from '../section.tsx'
import { HeatMap } from './heat-map.tsx'
import { ZoneChip } from './zone-chip.tsx'

interface Props {
  answer: RiskAnswer
  review: RiskReview
  submit: string
  cancelTo: string
}

/** Typed where the risk is read over, or of this step alone. */
const OWN = ['description', 'formulario', 'paso']

/** A risk as it will stand: its wording, which is written here, where it stands and why, and what comes next. */
export function RiskReviewed({ answer, review, submit, cancelTo }: Props) {
  const field = fieldsOf('riesgo', answer)
  const kept = Object.fromEntries(Object.entries(answer.values).filter(([name]) => !OWN.includes(name)))
  return (
    <AdminForm
      code="riesgo"
      answer={answer}
      submit={submit}
      hidden={{ ...kept, paso: 'registrar' }}
      cancelTo={cancelTo}
      more={
        <Button type="submit" name="paso" value="corregir" variant="secondary">
          {words.back}
        </Button>
      }
    >
      <Section id="redaccion" title={words.wordingTitle}>
        <Textarea
          {...field('description')}
          label={words.wording}
          description={review.wordingHelp}
          minRows={3}
          maxRows={10}
        />
      </Section>
      <Section id="zona" title={words.placeTitle}>
        <VStack gap="space-24">
          <Place review={review} />
          <div className="map-one">
            <HeatMap caption={review.mapCaption} map={review.map} />
          </div>
        </VStack>
      </Section>
      <Section id="sigue" title={words.nextTitle}>
        <VStack gap="space-16">
          {review.left && <p>{review.left}</p>}
          <Alert variant={review.isWithin ? 'info' : 'warning'}>
            <BodyLong spacing>{review.appetite}</BodyLong>
            <ul className="bullets">
              {review.next.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </Alert>
        </VStack>
      </Section>
      <Section id="escrito" title={words.saidTitle}>
        <Facts
          facts={review.said.map(([label, value]) => [
            label,
            <span key={label} className="typed">
              {value}
            </span>,
          ])}
        />
      </Section>
    </AdminForm>
  )
}

/** Number, word and why of each: a zone is never its colour alone. */
function Place({ review: { probability, impact, zone } }: Pick<Props, 'review'>) {
  return (
    <dl className="place-parts">
      {(
        [
          [words.probability, probability],
          [words.impact, impact],
        ] as const
      ).map(([label, { name, percent, why }]) => (
        <div key={label} className="place-part">
          <dt>{label}</dt>
          <dd>
            <span className="place-part__value">
              <span className="figure-value">{name}</span>
              <span>{words.percent(percent)}</span>
            </span>
            <span className="block">{why}</span>
          </dd>
        </div>
      ))}
      <div className="place-part" data-zone={zone.code}>
        <dt>{words.zone}</dt>
        <dd>
          <span className="figure-value">
            <ZoneChip zone={zone} size="medium" />
          </span>
          <span className="block">{zone.rank}</span>
          <span className="block">{zone.why}</span>
        </dd>
      </div>
    </dl>
  )
}
