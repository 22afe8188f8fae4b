import { BodyLong, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { Form, useNavigation, useSearchParams } from '@remix-run/react'
import { bogotaDate } from '../../domain/civil-dates.ts'
import { formatTime } from '../text/format.ts'
import { hourText as words } from '../text/publications.ts'
import { FormErrors } from './form-errors.tsx'
import { type Answer, errorsOf, fieldsOf } from './form-fields.tsx'
import { NativeField } from './native-field.tsx'
import { ProvedField } from './proved-field.tsx'

interface Props {
  releaseId: string
  publishAt: Date | string | null
  /** Approved already: it may also be published at once. */
  isApproved: boolean
  asksPassword: boolean
  answer: Answer | undefined
}

/** When a release becomes public: day and hour, at once, or not yet; with the password when it has to be given again. */
export function ReleaseHour({ releaseId, publishAt, isApproved, asksPassword, answer }: Props) {
  const [search] = useSearchParams()
  const busy = useNavigation().state === 'submitting'
  const errors = errorsOf('hora', answer)
  const field = fieldsOf('hora', answer, publishAt ? { date: bogotaDate(publishAt), time: formatTime(publishAt) } : {})
  return (
    <section className="card reading" aria-labelledby="hora">
      <Form method="post" noValidate key={`${search.get('hecho')} ${publishAt}`}>
        <VStack gap="space-16">
          <Heading level="2" size="small" id="hora">
            {words.title}
          </Heading>
          <FormErrors errors={errors} />
          <BodyLong>{words.waiting}</BodyLong>
          <input type="hidden" name="formulario" value="hora" />
          <input type="hidden" name="release" value={releaseId} />
          <HStack gap="space-16" wrap>
            <NativeField type="date" label={words.date} {...field('date')} />
            <NativeField type="time" label={words.time} {...field('time')} />
          </HStack>
          {asksPassword && <ProvedField form="hora" errors={errors} />}
          <HStack gap="space-16" wrap>
            <Button type="submit" name="choice" value="at" variant="secondary" loading={busy}>
              {publishAt ? words.change : words.give}
            </Button>
            {isApproved && (
              <Button type="submit" name="choice" value="now" variant="secondary" loading={busy}>
                {words.now}
              </Button>
            )}
            {publishAt && (
              <Button type="submit" name="choice" value="none" variant="tertiary" loading={busy}>
                {words.cancel}
              </Button>
            )}
          </HStack>
        </VStack>
      </Form>
    </section>
  )
}
