import { Alert, BodyLong, Heading } from '@navikt/ds-react'
import { returnedText } from '../../text/steps.ts'

interface Props {
  returned: { positionName: string; at: Date; observations: { section: string; body: string }[] }
  groups: { code: string; title: string }[]
}

/** Why the step came back: the observations, each leading to the part it is about. */
export function Returned({ returned, groups }: Props) {
  const titleOf = (section: string) => groups.find((group) => group.code === section)?.title ?? returnedText.general
  return (
    <Alert variant="warning">
      <Heading level="2" size="xsmall" spacing>
        {returnedText.title}
      </Heading>
      <BodyLong>{returnedText.by(returned.positionName, returned.at)}</BodyLong>
      <ul className="observations">
        {returned.observations.map((one) => (
          <li key={`${one.section} ${one.body}`}>
            <a href={`#${one.section}`}>{titleOf(one.section)}</a>
            <p className="typed">{one.body}</p>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
