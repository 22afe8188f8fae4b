/**
 * What whoever enters citizens' data accepts for each vigencia before anything is granted (Ley 1581 de 2012; Cali, circular
 * 4173.010.22.2.1020.000150: the six verbs and the duty of custody). A text that changes is a new version.
 */
export interface ConfidentialityText {
  version: number
  title: string
  paragraphs: string[]
}

export const CONFIDENTIALITY: ConfidentialityText = {
  version: 1,
  title: 'Compromiso de confidencialidad y tratamiento de datos personales',
  paragraphs: [
    'Conozco que los datos de la ciudadanía que voy a registrar son personales y que su tratamiento se rige por la Ley 1581 de 2012: los uso solo para las funciones de mi cargo y para la caracterización.',
    'Me obligo a no revelar, divulgar, exhibir, comunicar, utilizar ni emplear la información confidencial a la que acceda, ni dentro ni fuera de la entidad, salvo lo que la ley ordene.',
    'Respondo por la custodia de esa información y por evitar su divulgación no autorizada a otras dependencias o entidades; no presto mi cuenta ni mi contraseña.',
    'Informo a cada persona que entregar sus datos es voluntario y para qué se usan, antes de registrarlos.',
  ],
}
