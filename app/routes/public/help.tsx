import type { MetaFunction } from '@remix-run/node'
import { TextPage } from '../../components/text-page.tsx'
import { helpPage } from '../../text/public.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(helpPage.title) }]

export default function Help() {
  return <TextPage {...helpPage} />
}
