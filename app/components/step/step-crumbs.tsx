import { cyclesText } from '../../text/cycles.ts'
import { stepText } from '../../text/steps.ts'
import { Breadcrumbs } from '../breadcrumbs.tsx'

interface Props {
  cycle: { id: string; name: string }
  code: string
  /** The page under the step's own. */
  here: string
}

export function StepCrumbs({ cycle, code, here }: Props) {
  return (
    <Breadcrumbs
      crumbs={[
        { label: cyclesText.title, to: '/ejercicios' },
        { label: cycle.name, to: `/ejercicios/${cycle.id}` },
        { label: stepText.crumb(code), to: `/ejercicios/${cycle.id}/pasos/${code}` },
        { label: here },
      ]}
    />
  )
}
