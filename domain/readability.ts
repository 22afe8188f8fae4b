/**
 * How easily a Spanish text reads. Fernández Huerta, «Medidas sencillas de lecturabilidad», Consigna 214, 1959:
 * L = 206,84 − 60 · P − 1,02 · F, with P syllables per word and F words per sentence. INFLESZ (Barrio-Cantalejo and others,
 * Anales del Sistema Sanitario de Navarra 31(2), 2008) is Szigriszt-Pazos' 206,835 − 62,3 · P − F with its five grades.
 */

export interface Readability {
  words: number
  sentences: number
  /** Fernández Huerta, 0 to 100, higher is easier. */
  fernandezHuerta: number
  /** Szigriszt-Pazos, on which the INFLESZ grades stand. */
  inflesz: number
  grade: InfleszGrade
}

export type InfleszGrade = 'muy_dificil' | 'algo_dificil' | 'normal' | 'bastante_facil' | 'muy_facil'

/** Grades of INFLESZ by their lower limit, exclusive. */
const GRADES: [above: number, grade: InfleszGrade][] = [
  [80, 'muy_facil'],
  [65, 'bastante_facil'],
  [55, 'normal'],
  [40, 'algo_dificil'],
]

/** «Normal» of INFLESZ: what a reader of average schooling understands. */
export const DEFAULT_READABILITY_TARGET = 55

/** Too few words say nothing about a text. */
const FEWEST_WORDS = 20

/** Null under twenty words. Each line is a sentence at least; numbers in digits count as words of one syllable. */
export function readabilityOf(text: string): Readability | null {
  const words = text.match(/[\p{L}\p{N}]+(?:[.,'’-][\p{L}\p{N}]+)*/gu) ?? []
  if (words.length < FEWEST_WORDS) return null
  const sentences = text.split(/[.!?;:…]+(?=\s|$)|\n+/).filter((sentence) => /[\p{L}]/u.test(sentence)).length
  const perWord = words.reduce((sum, word) => sum + syllablesOf(word), 0) / words.length
  const perSentence = words.length / Math.max(1, sentences)
  const inflesz = bounded(206.835 - 62.3 * perWord - perSentence)
  return {
    words: words.length,
    sentences,
    fernandezHuerta: bounded(206.84 - 60 * perWord - 1.02 * perSentence),
    inflesz,
    grade: GRADES.find(([above]) => inflesz > above)?.[1] ?? 'muy_dificil',
  }
}

const bounded = (value: number) => Math.round(Math.min(100, Math.max(0, value)) * 10) / 10

/**
 * Syllables of a Spanish word: one for each vowel, less those that make one sound with their neighbour (a closed vowel
 * without accent beside another); the silent `u` of que, qui, gue, gui counts nothing.
 */
export function syllablesOf(word: string): number {
  const sounds = word
    .toLowerCase()
    .normalize('NFC')
    .replace(/qu(?=[eiéí])/g, 'q')
    .replace(/gu(?=[eiéí])/g, 'g')
    .replace(/y(?![aeiouáéíóúü])/g, 'i')
  const groups = sounds.match(/[aeiouáéíóúü](?:h?[aeiouáéíóúü])*/g) ?? []
  return Math.max(
    1,
    groups.reduce((sum, group) => sum + nuclei(group.replaceAll('h', '')), 0),
  )
}

/** Two open vowels part, and so does an accented closed one beside an open one (hiato). */
function nuclei(vowels: string): number {
  let count = 1
  for (let i = 1; i < vowels.length; i += 1) {
    const [before, here] = [vowels[i - 1] ?? '', vowels[i] ?? '']
    const isOpen = (one: string) => 'aeoáéó'.includes(one)
    const isHiatus = (isOpen(before) && isOpen(here)) || 'íú'.includes(before) || 'íú'.includes(here) || before === here
    if (isHiatus) count += 1
  }
  return count
}
