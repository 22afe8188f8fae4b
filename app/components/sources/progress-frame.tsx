import { Button, HStack, VStack } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { sourceText } from '../../text/sources.ts'
import { useReload } from '../use-reload.ts'

interface Props {
  /** A bar where there is something to measure, else only a sign that it goes on. */
  mark: ReactNode
  /** How far it has come; read aloud as it changes. */
  words: string
  isEnding: boolean
  /** The form that ends it; absent where the reader may not. */
  end: { label: string; fields: Record<string, string> } | undefined
}

/** Work of the system on a source, which goes on whether or not anybody looks: how far it is, and the way to end it. */
export function ProgressFrame({ mark, words, isEnding, end }: Props) {
  useReload(true)
  return (
    <VStack gap="space-16" className="reading">
      {mark}
      <p className="progress-words" role="status">
        {isEnding ? sourceText.cancelling : words}
      </p>
      <HStack gap="space-16" wrap>
        {end && !isEnding && (
          <Form method="post">
            {Object.entries(end.fields).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <Button type="submit" variant="secondary">
              {end.label}
            </Button>
          </Form>
        )}
        <Button as={Link} to="." variant="tertiary" preventScrollReset>
          {sourceText.update}
        </Button>
      </HStack>
    </VStack>
  )
}
