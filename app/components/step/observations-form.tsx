import { Textarea, VStack } from '@navikt/ds-react'
import { decisionText } from '../../text/decisions.ts'

interface Props {
  groups: { code: string; title: string }[]
  typed: Record<string, string>
}

/** One text per group of the form, named `observacion.<grupo>`. */
export function ObservationsForm({ groups, typed }: Props) {
  return (
    <VStack gap="space-16">
      {groups.map((group) => (
        <Textarea
          key={group.code}
          id={`observacion.${group.code}`}
          name={`observacion.${group.code}`}
          label={decisionText.observationOn(group.title)}
          size="small"
          minRows={2}
          defaultValue={typed[group.code]}
        />
      ))}
    </VStack>
  )
}
