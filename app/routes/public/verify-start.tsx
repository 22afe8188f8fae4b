import { BodyLong, Button, Heading, TextField, VStack } from '@navikt/ds-react'
import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { parseCode } from '../../../domain/verification-codes.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { verifyText } from '../../text/open-data.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(verifyText.startTitle) }]

export function loader({ request }: LoaderFunctionArgs) {
  const typed = new URL(request.url).searchParams.get('codigo')
  const code = typed === null ? null : parseCode(typed)
  if (code) throw redirect(`/verificar/${code}`)
  return data({ typed }, { status: typed === null ? 200 : 422 })
}

export default function VerifyStart() {
  const { typed } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24" className="reading">
      <div>
        <Breadcrumbs home="/" crumbs={[{ label: verifyText.startTitle }]} />
        <Heading level="1" size="large">
          {verifyText.startTitle}
        </Heading>
      </div>
      <BodyLong>{verifyText.startIntro}</BodyLong>
      <Form method="get">
        <VStack gap="space-16" align="start">
          <TextField
            name="codigo"
            label={verifyText.code}
            description={verifyText.codeHelp}
            defaultValue={typed ?? ''}
            error={typed === null ? undefined : verifyText.wrongCode}
            autoComplete="off"
            spellCheck={false}
          />
          <Button type="submit">{verifyText.search}</Button>
        </VStack>
      </Form>
    </VStack>
  )
}
