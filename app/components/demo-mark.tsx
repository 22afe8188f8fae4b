import { Tag } from '@navikt/ds-react'
import { shellText } from '../text/shell.ts'

/** Stands in the top bar wherever INSTALLATION=demo. */
export function DemoMark() {
  return (
    <Tag variant="warning" size="small" title={shellText.demoNotice}>
      {shellText.demo}
    </Tag>
  )
}
