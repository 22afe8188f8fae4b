import { expect, it } from 'vitest'
import { queryOf } from '../../app/pages/templates.server.ts'
import { DEFAULT_LOOK, lookFields, templateContentInput } from '../../domain/report-look.ts'

it('the address of a sample says all that is on the form, a line left empty too', () => {
  const look = lookFields({ ...DEFAULT_LOOK, footer: 'Calle 14 # 2-49 & «sur»', cover: true })
  const query = queryOf({ ...look, name: 'Oficial', shield: 'none', readabilityTarget: '55', intent: 'ver' })
  const typed = Object.fromEntries(new URLSearchParams(query))
  expect(typed).toEqual({ ...look, name: 'Oficial', shield: 'none', readabilityTarget: '55' })
  expect(templateContentInput.safeParse(typed)).toMatchObject({ success: true, data: { header: '', cover: true } })
})
