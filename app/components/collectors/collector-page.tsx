import type { ReactNode } from 'react'
import { auditText } from '../../text/audit.ts'
import { AdminCrumbs } from '../admin-crumbs.tsx'
import { AdministrationSections } from '../administration-sections.tsx'
import { Breadcrumbs, type Crumb } from '../breadcrumbs.tsx'

interface Props {
  /** Whoever administers comes by the administration, control interno by the audit. */
  hasSections: boolean
  crumbs: Crumb[]
  children: ReactNode
}

/** Frame of the pages about collectors, with the way each came. */
export function CollectorPage({ hasSections, crumbs, children }: Props) {
  if (hasSections)
    return (
      <>
        <AdministrationSections />
        <AdminCrumbs crumbs={crumbs} />
        {children}
      </>
    )
  return (
    <>
      <Breadcrumbs crumbs={[{ label: auditText.title, to: '/auditoria' }, ...crumbs]} />
      {children}
    </>
  )
}
