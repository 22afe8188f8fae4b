import type { ConsentText } from '../../domain/capture-forms.ts'

/**
 * What is read out or handed over before anything is asked (Ley 1581 de 2012, arts. 6, 8, 9 and 12; circular
 * 4173.010.22.2.1020.000150: the information is voluntary). A text that changes is a new version beside the earlier ones.
 */
export const CONSENT_TEXTS: readonly ConsentText[] = [
  {
    version: 1,
    paragraphs: [
      'La entidad le pide datos para conocer a quienes atiende y mejorar sus trámites, servicios y canales (Ley 1581 de 2012).',
      'Entregarlos es voluntario: la atención que usted vino a pedir no depende de ello. Puede no responder cualquier pregunta.',
      'Usted puede conocer, actualizar y corregir sus datos, pedir prueba de esta autorización, revocarla y pedir que se borren, sin costo, en cualquier punto de atención.',
    ],
    purposes: [
      {
        code: 'caracterizacion',
        title: 'Caracterización',
        text: '¿Autoriza que la entidad registre sus datos para caracterizar a la ciudadanía y publicar resultados en los que nadie se puede identificar?',
      },
      {
        code: 'sensibles',
        title: 'Datos sensibles',
        text: '¿Autoriza que se le pregunte por datos sensibles, como grupo étnico, discapacidad o identidad de género? No está obligado a autorizarlo.',
      },
      {
        code: 'contacto',
        title: 'Contacto',
        text: '¿Autoriza que la entidad lo contacte para contarle de su oferta institucional?',
      },
    ],
  },
]

/** The text in use: the last. */
export const CONSENT = CONSENT_TEXTS.at(-1) as ConsentText

export function findConsentText(version: number): ConsentText | undefined {
  return CONSENT_TEXTS.find((text) => text.version === version)
}
