import { administrationText } from '../text/administration.ts'
import { Breadcrumbs, type Crumb } from './breadcrumbs.tsx'

/** The way to a page of the administration, whose first page it always passes. */
export function AdminCrumbs({ crumbs }: { crumbs: Crumb[] }) {
  return <Breadcrumbs crumbs={[{ label: administrationText.title, to: '/administracion' }, ...crumbs]} />
}
