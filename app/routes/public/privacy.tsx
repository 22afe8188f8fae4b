import type { MetaFunction } from '@remix-run/node'
import { TextPage } from '../../components/text-page.tsx'
import { privacyPage } from '../../text/public.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(privacyPage.title) }]

export default function Privacy() {
  return <TextPage {...privacyPage} />
}
