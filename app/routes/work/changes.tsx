import { Button, HStack, Select, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { Changes } from '../../components/step/changes.tsx'
import { StepCrumbs } from '../../components/step/step-crumbs.tsx'
import { requireChangesPage } from '../../pages/changes.server.ts'
import { requireId, requireStepCode } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { changesText as text } from '../../text/changes.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: shellText.title(text.title(page?.code ?? '')) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const place = { cycleId: requireId(params.ejercicio, context), code: requireStepCode(params.paso, context) }
  const search = new URL(request.url).searchParams
  const asked = { from: search.get('desde'), to: search.get('hasta') }
  return await withActor(context.db, actor, (trx) => requireChangesPage(trx, actor, place, asked, context))
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function StepChanges() {
  const page = useLoaderData<typeof loader>()
  const { cycle, code, changes, versions, from, to, base } = page
  const isAlone = from === to && versions.length < 2
  return (
    <>
      <StepCrumbs cycle={cycle} code={code} here={text.crumb} />
      <VStack gap="space-24" className="reading-wide">
        <PageHeader
          title={text.title(code)}
          state={isAlone ? text.alone : from === to ? text.same : text.count(changes.length)}
        />
        {isAlone ? (
          <div>
            <Button as={Link} to={base} variant="secondary">
              {text.toStep}
            </Button>
          </div>
        ) : (
          <Choice page={page} />
        )}
        {changes.length > 0 && <p className="quiet">{text.legend}</p>}
        <Changes changes={changes} />
      </VStack>
    </>
  )
}

/** Any two versions; the address says which, so that it can be sent to somebody. */
function Choice({ page }: { page: Page }) {
  const options = (
    <>
      <option value={page.draft}>{text.draft}</option>
      {page.versions.map(({ id, n, frozenAt, frozenBy }) => (
        <option key={id} value={id}>
          {text.version(n, frozenBy, frozenAt)}
        </option>
      ))}
    </>
  )
  return (
    <Form method="get" className="no-print" key={`${page.from} ${page.to}`}>
      <HStack gap="space-16" align="end" wrap>
        <Select name="desde" label={text.from} size="small" defaultValue={page.from}>
          {options}
        </Select>
        <Select name="hasta" label={text.to} size="small" defaultValue={page.to}>
          {options}
        </Select>
        <Button type="submit" size="small">
          {text.show}
        </Button>
        {page.reviewed && page.reviewed !== page.from && (
          <Button as={Link} to={`${page.base}/cambios`} variant="tertiary" size="small">
            {text.mine}
          </Button>
        )}
      </HStack>
    </Form>
  )
}
