import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { releaseText as words } from '../../text/publications.ts'
import { Section } from '../section.tsx'

interface Props {
  release: { id: string; heldReason: string | null }
  hasCorrection: boolean
  replacement: { releaseId: string | null; isPublic: boolean } | null
  /** Whoever may prepare it again, by their duties. */
  preparers: string
  may: { prepare: boolean }
}

/** Why a release was held, whose turn it is, and the way to what takes its place. */
export function Held({ release: { id, heldReason }, hasCorrection, replacement, preparers, may }: Props) {
  const taken = replacement?.isPublic ? replacement.releaseId : null
  const [next, name] = taken
    ? [words.held.isReplaced, words.replacedBy]
    : hasCorrection
      ? [words.held.inPreparation, words.seeAgain]
      : may.prepare
        ? [words.held.next, words.prepareAgain]
        : [words.held.othersPrepare(preparers), null]
  return (
    <Section id="retenida" title={words.held.title}>
      <VStack gap="space-16" align="start">
        {heldReason && (
          <Alert variant="warning" className="reading">
            {words.heldReasons[heldReason] ?? heldReason}
          </Alert>
        )}
        <BodyLong className="reading">{next}</BodyLong>
        {name && (
          <Button
            as={Link}
            to={`/publicaciones/${taken ?? `${id}/correccion`}`}
            variant={!taken && may.prepare ? 'primary' : 'secondary'}
          >
            {name}
          </Button>
        )}
      </VStack>
    </Section>
  )
}
