import { BodyLong, Button, HStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import { correctionText as words } from '../../text/corrections.ts'
import { HashShort } from '../hash-short.tsx'
import { type FileLine, ReleaseFiles } from '../release-files.tsx'
import { Section } from '../section.tsx'

interface Props {
  hash: string
  cycleId: string
  files: FileLine[]
  may: { submit: boolean; discard: boolean }
}

/** The files the correction would publish, and what its preparer may do with them. */
export function PreparedFiles({ hash, cycleId, files, may }: Props) {
  return (
    <Section id="archivos" title={words.files}>
      <BodyLong spacing>
        {words.hash}: <HashShort hash={hash} copy />
      </BodyLong>
      <ReleaseFiles files={files} address={(name) => `/ejercicios/${cycleId}/divulgacion/archivos/${name}`} />
      {(may.submit || may.discard) && (
        <Form method="post">
          <HStack gap="space-16" wrap>
            {may.submit && (
              <Button type="submit" name="formulario" value="envio">
                {words.submit}
              </Button>
            )}
            {may.discard && (
              <Button type="submit" name="formulario" value="descarte" variant="secondary" data-color="danger">
                {words.discard}
              </Button>
            )}
          </HStack>
        </Form>
      )}
    </Section>
  )
}
