/** What the mail of Monday says of a week of reading: nothing, one person, several. */
import { expect, it } from 'vitest'
import { unusualReadingMail } from '../../app/text/reading-mail.ts'

const mail = (unusual: number) => unusualReadingMail({ week: '2026-03-02', reads: 1, unusual })

it('says in whole sentences what was found, and what is to be done about it', () => {
  const nothing = mail(0)
  expect(nothing.subject).toBe('Lecturas de datos personales: nada inusual')
  expect(nothing.body).toContain('se vieron datos de ciudadanos 1 vez. No se encontró nada inusual.')
  expect(nothing.body).toContain('No tiene que hacer nada.')
  for (const [unusual, people] of [
    [1, 'una persona'],
    [3, '3 personas'],
  ] as const) {
    const { subject, body } = mail(unusual)
    expect(subject).toBe(`Lecturas de datos personales: lecturas inusuales de ${people}`)
    expect(body).toContain(`Se encontraron lecturas inusuales de ${people}.`)
    expect(body).toContain('Inusual no quiere decir indebido')
  }
})
