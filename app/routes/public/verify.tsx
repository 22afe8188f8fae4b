import { Alert, BodyLong, Button, Heading, TextField, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { findAccessReceipt } from '../../../db/access-receipts.ts'
import { type Trx, withDocumentCode } from '../../../db/client.ts'
import { findDisposalReceipt } from '../../../db/disposal-receipts.ts'
import { findPublicDocument } from '../../../db/documents.ts'
import { findFigureCode } from '../../../db/figure-codes.ts'
import { findRightsReceipt } from '../../../db/rights-pages.ts'
import { findRiskReceipt } from '../../../db/risk-treatment-pages.ts'
import { findSummaryReceipt } from '../../../db/summary-receipts.ts'
import { parseCode } from '../../../domain/verification-codes.ts'
import { invalid, notFound } from '../../answer.server.ts'
import { AccessReceiptFacts } from '../../components/access/access-receipt.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DisposalReceiptFacts } from '../../components/disposal/receipt-facts.tsx'
import { errorOf, FormErrors } from '../../components/form-errors.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ReceiptFacts } from '../../components/results/receipt-facts.tsx'
import { RightsReceiptFacts } from '../../components/rights/receipt-facts.tsx'
import { RiskReceiptFacts } from '../../components/risks/receipt-facts.tsx'
import { DocumentFacts, Signature, Signers } from '../../components/signed-document.tsx'
import type { AppContext } from '../../context.server.ts'
import { readHashForm } from '../../file-hash.server.ts'
import { accessReceiptText } from '../../text/access.ts'
import { disposalReceiptText, disposedSentence } from '../../text/disposal.ts'
import { rightsReceiptText } from '../../text/my-rights.ts'
import { verifyText } from '../../text/open-data.ts'
import { receiptText } from '../../text/results.ts'
import { riskReceiptText } from '../../text/risk-treatment.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [
  { title: shellText.title(verifyText.title) },
  // Whoever holds the code may look; search engines need not.
  { name: 'robots', content: 'noindex' },
]

async function requireFound(context: AppContext, typed: string) {
  const code = parseCode(typed)
  const found = code && (await withDocumentCode(context.publicDb, code, (trx) => behindCode(trx, code)))
  if (!found) throw notFound(context.requestId, verifyText.unknown)
  if (found === 'figure') throw redirect(`/cifras/${code}`)
  return { code, ...found }
}

const NOTHING = { document: null, receipt: null, access: null, rights: null, risk: null, disposal: null }

/** The signed document of a code, a receipt, or a printed figure, which has a page of its own. */
async function behindCode(trx: Trx, code: string) {
  const document = await findPublicDocument(trx, code)
  if (document) return { ...NOTHING, document }
  const receipt = await findSummaryReceipt(trx, code)
  if (receipt) return { ...NOTHING, receipt }
  const access = await findAccessReceipt(trx, code)
  if (access) return { ...NOTHING, access }
  const rights = await findRightsReceipt(trx, code)
  if (rights) return { ...NOTHING, rights }
  const risk = await findRiskReceipt(trx, code)
  if (risk) return { ...NOTHING, risk }
  const disposal = await findDisposalReceipt(trx, code)
  if (disposal) return { ...NOTHING, disposal }
  return (await findFigureCode(trx, code)) ? ('figure' as const) : undefined
}

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { code, ...found } = await requireFound(context, params.codigo ?? '')
  if (params.codigo !== code) throw redirect(`/verificar/${code}`)
  return found
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const { document } = await requireFound(context, params.codigo ?? '')
  if (!document) throw notFound(context.requestId, verifyText.unknown)
  const { fileHash, typed, tooLarge } = await readHashForm(request)
  const refuse = (field: string, message: string) => invalid([{ field, message }], { hash: typed })
  if (tooLarge) return refuse('archivo', verifyText.tooLarge)
  if (!fileHash && typed === '') return refuse('archivo', verifyText.missing)
  if (!fileHash && !/^[0-9a-f]{64}$/.test(typed)) return refuse('huella', verifyText.wrongHash)
  const hash = fileHash ?? typed
  return data({ errors: undefined, values: { hash: typed }, result: { hash, same: hash === document.sha256 } })
}

export default function Verify() {
  const found = useLoaderData<typeof loader>()
  const { document, receipt, access, rights, risk, disposal } = found
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs
          home="/"
          crumbs={[{ label: verifyText.startTitle, to: '/verificar' }, { label: crumbOf(found) }]}
        />
        {document && <PageHeader title={verifyText.title} state={verifyText.state(document.title, document.entity)} />}
        {access && <PageHeader title={receiptText.title} state={accessReceiptText.state(access.entity)} />}
        {receipt && (
          <PageHeader
            title={receiptText.title}
            state={receiptText.state(receipt.kind, receipt.agency, receipt.entity)}
          />
        )}
        {rights && (
          <PageHeader
            title={rightsReceiptText.title}
            state={rightsReceiptText[rights.act ? 'decided' : 'filed'](rights.entity)}
          />
        )}
        {risk && <PageHeader title={riskReceiptText.title} state={riskReceiptText.state(risk.entity)} />}
        {disposal && <PageHeader title={receiptText.title} state={disposalReceiptText.state(disposal.entity)} />}
      </div>
      {document && <Document document={document} />}
      {receipt && <ReceiptFacts receipt={receipt} />}
      {access && <AccessReceiptFacts receipt={access} />}
      {rights && <RightsReceiptFacts receipt={rights} />}
      {risk && <RiskReceiptFacts receipt={risk} />}
      {disposal && <DisposalReceiptFacts receipt={disposal} />}
    </VStack>
  )
}

function crumbOf({ document, rights, risk, disposal }: Awaited<ReturnType<typeof loader>>): string {
  if (document) return verifyText.crumb
  if (risk) return riskReceiptText.crumb
  if (disposal) return disposalReceiptText.crumb
  return rights ? rightsReceiptText.crumb : receiptText.crumb
}

type Found = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['document']>

function Document({ document }: { document: Found }) {
  return (
    <>
      {document.receipt && <Signature signer={document.receipt} document={document} />}
      {document.eliminated && (
        <Alert variant="info">{disposedSentence(document.eliminated.minutes, document.eliminated.on)}</Alert>
      )}
      <DocumentFacts document={document} />
      <Signers signers={document.signers} />
      <Compare />
    </>
  )
}

function Compare() {
  const answer = useActionData<typeof action>()
  const result = answer && 'result' in answer ? answer.result : undefined
  return (
    <section className="reading" id="comparar">
      <VStack gap="space-16">
        <Heading level="2" size="medium">
          {verifyText.compare}
        </Heading>
        {result && <Result {...result} />}
        <BodyLong>{verifyText.compareIntro}</BodyLong>
        <FormErrors errors={answer?.errors} />
        <Form method="post" encType="multipart/form-data" reloadDocument>
          <VStack gap="space-20" align="start">
            <TextField
              id="archivo"
              name="archivo"
              // The library's field takes any input type at run time; its type list leaves files out.
              type={'file' as 'text'}
              accept="application/pdf,.pdf"
              label={verifyText.upload}
              error={errorOf(answer?.errors, 'archivo')}
            />
            <TextField
              id="huella"
              name="huella"
              label={verifyText.hash}
              description={verifyText.hashHelp}
              defaultValue={answer?.values.hash ?? ''}
              error={errorOf(answer?.errors, 'huella')}
              autoComplete="off"
              spellCheck={false}
              className="wide"
            />
            <Button type="submit">{verifyText.submit}</Button>
          </VStack>
        </Form>
      </VStack>
    </section>
  )
}

function Result({ same, hash }: { same: boolean; hash: string }) {
  return (
    <Alert variant={same ? 'success' : 'error'} role="status">
      <Heading level="3" size="small">
        {same ? verifyText.yes : verifyText.no}
      </Heading>
      <p>{same ? verifyText.yesWhy : verifyText.noWhy}</p>
      <p className="breakable">{verifyText.computed(hash)}</p>
    </Alert>
  )
}
