import { cyclesText } from '../text/cycles.ts'
import { Breadcrumbs, type Crumb } from './breadcrumbs.tsx'

interface Props {
  cycle: { id: string; name: string }
  /** What follows the cycle's own page. */
  crumbs: Crumb[]
}

/** The way to a page of a cycle, which always passes the list of cycles and the cycle itself. */
export function CycleCrumbs({ cycle: { id, name }, crumbs }: Props) {
  return (
    <Breadcrumbs
      crumbs={[{ label: cyclesText.title, to: '/ejercicios' }, { label: name, to: `/ejercicios/${id}` }, ...crumbs]}
    />
  )
}
