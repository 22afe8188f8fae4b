import type { MetaFunction } from '@remix-run/node'
import { TextPage } from '../../components/text-page.tsx'
import { accessibilityPage } from '../../text/public.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(accessibilityPage.title) }]

export default function Accessibility() {
  return <TextPage {...accessibilityPage} />
}
