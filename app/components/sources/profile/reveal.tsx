import { Alert, Button, Select, Textarea, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import { REVEAL_PURPOSES } from '../../../../domain/profiles.ts'
import { profileText, purposeNames } from '../../../text/profile.ts'
import { errorOf, FormErrors, type ShownError } from '../../form-errors.tsx'
import { Section } from '../../section.tsx'

interface Props {
  personal: { column: string; label: string }[]
  errors: ShownError[] | undefined
  values: { column: string; purpose: string; reason: string } | undefined
  /** What was just revealed; it is in this answer and nowhere else. */
  revealed: { column: string; cells: string[] } | null | undefined
}

/** A few cells of one personal column, against a purpose and a reason. */
export function Reveal({ personal, errors, values, revealed }: Props) {
  const busy = useNavigation().state === 'submitting'
  return (
    <Section id="revelar" title={profileText.reveal}>
      <VStack gap="space-24" className="reading">
        {revealed && <Revealed {...revealed} />}
        <p>{profileText.revealWhy}</p>
        <Form method="post" noValidate>
          <VStack gap="space-16">
            <FormErrors errors={errors} />
            <Select
              id="columna"
              name="columna"
              label={profileText.revealColumn}
              defaultValue={values?.column ?? ''}
              error={errorOf(errors, 'columna')}
            >
              <option value="">{profileText.choose}</option>
              {personal.map(({ column, label }) => (
                <option key={column} value={column}>
                  {label}
                </option>
              ))}
            </Select>
            <Select
              id="finalidad"
              name="finalidad"
              label={profileText.purpose}
              defaultValue={values?.purpose ?? ''}
              error={errorOf(errors, 'finalidad')}
            >
              <option value="">{profileText.choose}</option>
              {REVEAL_PURPOSES.map((code) => (
                <option key={code} value={code}>
                  {purposeNames[code]}
                </option>
              ))}
            </Select>
            <Textarea
              id="motivo"
              name="motivo"
              label={profileText.reason}
              description={profileText.reasonHelp}
              defaultValue={values?.reason ?? ''}
              error={errorOf(errors, 'motivo')}
              maxLength={500}
            />
            <div>
              <Button type="submit" variant="secondary" loading={busy}>
                {profileText.show}
              </Button>
            </div>
          </VStack>
        </Form>
      </VStack>
    </Section>
  )
}

function Revealed({ column, cells }: { column: string; cells: string[] }) {
  return (
    <Alert variant="info">
      <p>{profileText.shown(column)}</p>
      {cells.length === 0 ? (
        <p>{profileText.shownEmpty}</p>
      ) : (
        <ol>
          {cells.map((cell, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: cells may repeat, and their order is that of the file
            <li key={i}>{cell}</li>
          ))}
        </ol>
      )}
      <p>{profileText.shownOnce}</p>
    </Alert>
  )
}
