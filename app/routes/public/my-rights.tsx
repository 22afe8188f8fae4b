import { BodyLong, Button, Heading, TextField, VStack } from '@navikt/ds-react'
import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { parseCode } from '../../../domain/verification-codes.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { Facts } from '../../components/facts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { myRightsText as words } from '../../text/my-rights.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export function loader({ request }: LoaderFunctionArgs) {
  const typed = new URL(request.url).searchParams.get('codigo')
  const code = typed === null ? null : parseCode(typed)
  if (code) throw redirect(`/mis-derechos/${code}`)
  return data({ typed }, { status: typed === null ? 200 : 422 })
}

/** What a citizen may ask of their data, in plain words, and the two ways on: ask, or see how it goes. */
export default function MyRights() {
  const ask = (
    <Button as={Link} to="/mis-derechos/nueva">
      {words.begin}
    </Button>
  )
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs home="/" crumbs={[{ label: words.crumb }]} />
        <PageHeader title={words.title} state={words.intro} action={ask} />
      </div>
      <Section id="que" title={words.rightsTitle}>
        <Facts facts={words.rights} layout="described" />
      </Section>
      <Section id="cuando" title={words.termsTitle}>
        <ul className="reading">
          {words.terms.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Section>
      <Section id="necesita" title={words.needTitle}>
        <BodyLong className="reading" spacing>
          {words.need}
        </BodyLong>
        <BodyLong className="reading">{words.inPerson}</BodyLong>
      </Section>
      <Follow />
    </VStack>
  )
}

function Follow() {
  const { typed } = useLoaderData<typeof loader>()
  return (
    <section aria-labelledby="seguir">
      <Heading level="2" size="medium" spacing id="seguir">
        {words.followTitle}
      </Heading>
      <Form method="get">
        <VStack gap="space-16" align="start">
          <BodyLong>{words.followIntro}</BodyLong>
          <TextField
            name="codigo"
            label={words.code}
            description={words.codeHelp}
            defaultValue={typed ?? ''}
            error={typed === null ? undefined : words.wrongCode}
            autoComplete="off"
            spellCheck={false}
          />
          <Button type="submit" variant="secondary">
            {words.follow}
          </Button>
        </VStack>
      </Form>
    </section>
  )
}
