import { stepText } from '../../text/steps.ts'
import { CycleCrumbs } from '../cycle-crumbs.tsx'

interface Props {
  cycle: { id: string; name: string }
  code: string
  /** The page under the step's own. */
  here: string
}

export function StepCrumbs({ cycle, code, here }: Props) {
  return (
    <CycleCrumbs
      cycle={cycle}
      crumbs={[{ label: stepText.crumb(code), to: `/ejercicios/${cycle.id}/pasos/${code}` }, { label: here }]}
    />
  )
}
