import { Alert, Heading, VStack } from '@navikt/ds-react'
import { useState } from 'react'
import { reportText as text } from '../../text/report.ts'
import type { Quotable } from './report-editor.tsx'
import { SectionEditor } from './section-editor.tsx'
import { WrittenWords } from './written-words.tsx'

interface Props extends Quotable {
  mine: string
  theirs: { base: string; html: string; savedBy: string; savedAt: string }
  /** Address of the section's page. */
  address: string
}

/** Both versions of a section; what was typed is saved over the other only when its author says so. */
export function TwoVersions({ mine, theirs, ...editor }: Props) {
  const [isSettled, setSettled] = useState(false)
  return (
    <VStack gap="space-16">
      {!isSettled && <Theirs {...theirs} />}
      <SectionEditor {...editor} key={theirs.base} value={mine} base={theirs.base} onSaved={() => setSettled(true)} />
    </VStack>
  )
}

/** What the other person saved, until one's own words stand in its place. */
function Theirs({ html, savedBy, savedAt }: Props['theirs']) {
  return (
    <>
      <Alert variant="warning" role="alert">
        <Heading level="2" size="xsmall">
          {text.conflictTitle}
        </Heading>
        {text.conflict(savedBy, savedAt)}
      </Alert>
      <section aria-labelledby="guardado">
        <Heading level="2" size="xsmall" id="guardado" spacing>
          {text.theirs}
        </Heading>
        <WrittenWords html={html} />
      </section>
    </>
  )
}
