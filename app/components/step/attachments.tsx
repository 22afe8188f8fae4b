import { TrashIcon } from '@navikt/aksel-icons'
import { BodyShort, Button, Heading, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import { attachmentsText } from '../../text/attachments.ts'
import { disposalText } from '../../text/disposal.ts'
import { HashShort } from '../hash-short.tsx'
import { NativeField } from '../native-field.tsx'

export interface ShownFile {
  id: string
  name: string
  sha256: string
  bytes: number
  addedBy: string
}

interface Props {
  files: ShownFile[]
  mayChange: boolean
  error?: string
  base: string
  filesAt: string
}

/** Files of a step with the hash that is signed with it; one at a time, by a plain form. */
export function Attachments({ files, mayChange, error, base, filesAt }: Props) {
  const { state, formMethod, formEncType } = useNavigation()
  const busy = state !== 'idle' && formMethod === 'POST' && formEncType === 'multipart/form-data'
  return (
    <section className="card" aria-labelledby="archivos">
      <Heading level="2" size="xsmall" id="archivos" spacing>
        {attachmentsText.title}
      </Heading>
      {files.length === 0 && <BodyShort className="quiet">{attachmentsText.none}</BodyShort>}
      <ul className="files">
        {files.map((file) => (
          <li key={file.id}>
            <div>
              <a href={`${filesAt}/${file.id}`}>{file.name || disposalText.goneFile}</a>
              <p className="quiet">{attachmentsText.line(file.bytes, file.addedBy)}</p>
              <HashShort hash={file.sha256} purpose={attachmentsText.hashOf} />
            </div>
            {mayChange && (
              <Form method="post" action={base} preventScrollReset>
                <input type="hidden" name="archivo" value={file.id} />
                <Button
                  type="submit"
                  name="intent"
                  value="quitar-archivo"
                  variant="tertiary"
                  size="small"
                  data-color="danger"
                  icon={<TrashIcon title={attachmentsText.removeNamed(file.name)} />}
                />
              </Form>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <Form method="post" action={base} encType="multipart/form-data" preventScrollReset noValidate>
          <VStack gap="space-12">
            <NativeField
              type="file"
              size="small"
              id="archivo"
              name="archivo"
              label={attachmentsText.label}
              description={attachmentsText.help}
              error={error}
            />
            <div>
              <Button type="submit" variant="secondary" size="small" loading={busy}>
                {attachmentsText.add}
              </Button>
            </div>
          </VStack>
        </Form>
      )}
    </section>
  )
}
