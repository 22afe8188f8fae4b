import { BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { AddFactor, BeginFactor, ConfirmedFactor, RecoveryCodes } from '../../components/second-factor.tsx'
import { actOnOwnFactor, loadOwnFactor } from '../../pages/own-account.server.ts'
import { requireActor } from '../../session.server.ts'
import { ownAccountText, factorText as words } from '../../text/account.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadOwnFactor(context, await requireActor(request, context))
}

export async function action({ request, context }: ActionFunctionArgs) {
  return await actOnOwnFactor(request, context, await requireActor(request, context))
}

export default function SecondFactor() {
  const { factor, isRequired, isMissing, asksPassword } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const errors = answer?.errors
  const isOn = factor?.isConfirmed === true
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: ownAccountText.title, to: '/cuenta' }, { label: words.title }]} />
        <PageHeader
          title={words.title}
          state={isOn ? words.on(factor.recoveryLeft) : factor ? words.begun : words.off}
        />
        <DoneNotice sentences={words.done} />
        {isRequired && <BodyLong className="reading">{words.required}</BodyLong>}
      </div>
      {answer?.codes ? (
        <RecoveryCodes codes={answer.codes} />
      ) : (
        <>
          {!factor && <BeginFactor asksPassword={asksPassword} errors={errors} isPrimary={isMissing} />}
          {factor?.key && <AddFactor of={factor.key} errors={errors} />}
          {isOn && <ConfirmedFactor asksPassword={asksPassword} errors={errors} />}
        </>
      )}
    </VStack>
  )
}
