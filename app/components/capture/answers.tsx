import { Heading, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { YES_NO } from '../../../catalog/value-words.ts'
import { type CaptureField, DECLINED } from '../../../domain/capture-forms.ts'
import { listOf, type ScalarValue } from '../../../domain/forms.ts'
import { pageText, reviewText } from '../../text/capture.ts'

interface ShownPage {
  code: string
  title: string
  fields: { field: CaptureField; value: ScalarValue | undefined }[]
}

interface Props {
  pages: ShownPage[]
  /** Address of a page, where its answers can be changed. */
  changeAt?: (page: string) => string
}

/** Questions beside what was answered, page by page. */
export function CaptureAnswers({ pages, changeAt }: Props) {
  return (
    <VStack gap="space-24">
      {pages.map((page) => (
        <section key={page.code} aria-labelledby={`respuestas-${page.code}`}>
          <Heading level="2" size="small" spacing id={`respuestas-${page.code}`}>
            {page.title}
          </Heading>
          <dl className="answers">
            {page.fields.map(({ field, value }) => (
              <div key={field.code} className="answers__row">
                <dt>{field.label}</dt>
                <dd>{said(field, value)}</dd>
                {changeAt && (
                  <dd className="answers__change">
                    <Link
                      to={`${changeAt(page.code)}#${page.code}.${field.code}`}
                      aria-label={reviewText.changeOf(field.label)}
                    >
                      {reviewText.change}
                    </Link>
                  </dd>
                )}
              </div>
            ))}
          </dl>
        </section>
      ))}
    </VStack>
  )
}

function said(field: CaptureField, value: ScalarValue | undefined): string {
  const choices = 'choices' in field ? field.choices : field.kind === 'yesno' ? YES_NO : []
  const words = listOf(value).map((one) => {
    if (one === DECLINED) return pageText.decline
    return choices.find(({ code }) => code === one)?.label ?? one
  })
  return words.length === 0 ? '—' : words.join(', ')
}
