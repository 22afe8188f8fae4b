import { BodyLong, Heading } from '@navikt/ds-react'
import { formText } from '../../text/forms.ts'

export interface LeftOverLine {
  key: string
  group: string
  label: string
  /** Version of the form it was typed in. */
  form: number
  value: string
}

/** What was typed in an earlier form and has no field in this one: shown as typed, to be copied. */
export function LeftOverList({ lines }: { lines: LeftOverLine[] }) {
  if (lines.length === 0) return null
  return (
    <section className="card" aria-labelledby="sin-campo">
      <Heading level="2" size="small" id="sin-campo">
        {formText.noField}
      </Heading>
      <BodyLong className="quiet" spacing>
        {formText.leftOverIntro}
      </BodyLong>
      <dl className="answers">
        {lines.map((line) => (
          <div className="answers__row" key={line.key}>
            <dt>
              {line.group}: {line.label} <span className="quiet">({formText.leftOverForm(line.form)})</span>
            </dt>
            <dd className="typed">{line.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
