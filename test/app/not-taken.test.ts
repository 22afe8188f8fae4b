/** What somebody wrote into a form that is gone from its page by the time it is sent (model.md §8). */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it, vi } from 'vitest'
import { NotTaken } from '../../app/components/not-taken.tsx'
import { notTakenText } from '../../app/text/parts.ts'

const MESSAGE = 'Otra persona ya respondió.'
const values = { formulario: 'cierre', note: 'Lo mismo.', statement: 'Lo mismo.', formKey: 'llave', clave: 'secreta' }
const shown = (forms: string[]) =>
  renderToStaticMarkup(
    createElement(NotTaken, {
      ...{ answer: { errors: [{ field: 'cierre-', message: MESSAGE }], values }, forms },
      written: ['note', 'statement', 'reason'],
    }),
  )

it('is given back field by field, with why, and nothing else that was sent', () => {
  const faults = vi.spyOn(console, 'error')
  const html = shown(['causas'])
  expect(html.split('Lo mismo.')).toHaveLength(3)
  for (const text of [MESSAGE, notTakenText.copy]) expect(html).toContain(text)
  for (const text of ['llave', 'secreta']) expect(html).not.toContain(text)
  expect(faults).not.toHaveBeenCalled()
})

it('is said in the form itself where that still stands', () => {
  expect(shown(['cierre'])).toBe('')
})
