import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { requireKept } from '../../../db/disposal-pages.ts'
import { findStepVersion } from '../../../db/step-versions.ts'
import { notFound } from '../../answer.server.ts'
import { HashShort } from '../../components/hash-short.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Snapshot } from '../../components/step/snapshot.tsx'
import { StepCrumbs } from '../../components/step/step-crumbs.tsx'
import { requireStepHead } from '../../pages/step-head.server.ts'
import { requireId, requireStepCode } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { shellText } from '../../text/shell.ts'
import { stepText } from '../../text/steps.ts'

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: shellText.title(page ? stepText.snapshotTitle(page.shown.n, page.code) : stepText.versions) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const code = requireStepCode(params.paso, context)
  const id = requireId(params.version, context)
  return await withActor(context.db, actor, async (trx) => {
    const head = await requireStepHead(trx, actor, cycleId, code, context)
    const version = await findStepVersion(trx, cycleId, id)
    if (version?.stepCode !== code) throw notFound(context.requestId)
    await requireKept(trx, id, ['content'])
    const { n, hash, snapshotHtml, frozenAt, frozenBy } = version
    return { ...head, shown: { n, hash, snapshotHtml, frozenAt, frozenBy } }
  })
}

export default function StepVersion() {
  const { cycle, code, shown } = useLoaderData<typeof loader>()
  return (
    <>
      <StepCrumbs cycle={cycle} code={code} here={stepText.version(shown.n)} />
      <VStack gap="space-24" className="reading-wide">
        <PageHeader
          title={stepText.snapshotTitle(shown.n, code)}
          state={stepText.snapshotState(shown.frozenBy, shown.frozenAt)}
          chips={<HashShort hash={shown.hash} copy />}
        />
        <Snapshot html={shown.snapshotHtml} />
      </VStack>
    </>
  )
}
