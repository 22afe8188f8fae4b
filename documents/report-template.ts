/**
 * The report's layout in Typst. It holds no text of anybody: everything printed arrives as `/report.json`, whose strings
 * Typst shows as they are, so nothing a person typed can become markup.
 */
export const REPORT_TEMPLATE = `
#let d = json("/report.json")
#let w = d.words
#let accent = rgb(d.look.colour)
#let quiet = rgb("#4b5563")
#let line-colour = rgb("#c5ccd6")

#set document(title: d.title, author: d.entity, date: none)
#let tint = rgb(d.look.tint)
#let base = d.look.textSize * 1pt
// Sizes of headings follow the text.
#let sized(points) = base * points / 10.5

#set text(lang: "es", region: "CO", size: base, font: d.page.typeface)
#set par(justify: false, leading: 0.62em, spacing: 0.9em)
// A word too long for its line breaks anywhere, so that nothing runs off the page; hashes and addresses stay to be copied.
#let copied = regex("^([0-9a-fA-F]+|https?:.*)$")
#let breaking(body) = {
  show regex("\\\\S{40,}"): word => if word.text.match(copied) != none { word } else { word.text.clusters().map(box).join() }
  body
}
#show: if d.longWords { breaking } else { body => body }
#set page(
  width: d.page.width * 1mm,
  height: d.page.height * 1mm,
  // As a picture every page would get its white ground at the place of the first, above what that shows.
  fill: none,
  margin: (top: d.page.top * 1mm, bottom: d.page.bottom * 1mm, x: d.page.side * 1mm),
  header: {
    set text(size: 8.5pt, fill: quiet)
    grid(
      columns: (if d.shield == none { 0pt } else { 16mm }, 1fr, auto),
      column-gutter: (if d.shield == none { 0pt } else { 4mm }, 8mm),
      align: (center + horizon, left + horizon, right + horizon),
      if d.shield != none { image(d.shield, height: 15mm, width: 16mm, fit: "contain", alt: d.entity) },
      stack(spacing: 5pt, ..(if d.look.header != "" { (d.look.header,) } else { () }), text(fill: accent, weight: "bold", d.entity), d.process, d.title),
      stack(
        spacing: 5pt,
        [#w.code: #d.code],
        [#w.version: #d.version],
        ..(if d.date != "" { ([#w.date: #d.date],) } else { () }),
        // What asks where it stands is laid out anew in each pass: only this.
        context [#w.page #counter(page).display() #w.of #counter(page).final().first()],
      ),
    )
    v(-4pt)
    line(length: 100%, stroke: 0.6pt + accent)
  },
  footer: {
    set text(size: 8pt, fill: quiet)
    line(length: 100%, stroke: 0.4pt + line-colour)
    v(-4pt)
    if d.look.footer != "" { d.look.footer; linebreak() }
    if d.verification == none { w.draftNote } else {
      grid(columns: (1fr, auto), [#w.verificationCode: #d.verification.code], d.verification.url)
    }
    if d.demoNote != none { v(-2pt); text(weight: "bold", d.demoNote) }
  },
)
// Headings, figures and tables come with their numbers: Typst's own are known only once everything is laid out, which would
// then be done again. A heading carries its number as its supplement.
#set heading(numbering: none, supplement: none)
#set figure(numbering: none)
#let named-heading(it) = if it.supplement in (none, []) { it.body } else {
  context {
    let number = [#it.supplement#h(0.3em)]
    let indent = measure(number).width
    block(inset: (left: indent), { h(-indent); number; it.body })
  }
}
#show heading.where(level: 1): it => block(above: 1.6em, below: 0.8em, sticky: true, text(size: sized(13.5), fill: accent, named-heading(it)))
#show heading.where(level: 2): it => block(above: 1.3em, below: 0.7em, sticky: true, text(size: sized(11.5), fill: accent, named-heading(it)))
#show heading.where(level: 3): it => block(above: 1.2em, below: 0.6em, sticky: true, text(size: base, named-heading(it)))
// A drawn line rather than letters: a list of contents is no text of dots, and each would be set by itself.
#set outline.entry(fill: line(length: 100%, stroke: (paint: quiet, thickness: 0.6pt, dash: (0.6pt, 2.4pt))))
#show outline.entry: it => link(it.element.location(), it.indented(it.element.supplement, it.inner()))
// What stands in a block of its own is laid out once, though page numbers make every page be put together again.
#let part(title, number, body) = block(above: 2.24em, width: 100%, {
  heading(level: 1, supplement: number, title)
  body
})
#show figure.where(kind: table): set block(breakable: true)
#show figure.caption: it => block(sticky: true, text(size: 9pt, fill: quiet, it))
#show figure.where(kind: table): set figure.caption(position: top)
#set table(
  stroke: (bottom: 0.5pt + line-colour, rest: none),
  fill: (x, y) => if y == 0 { tint },
  inset: (x: 5pt, y: 4.5pt),
)
#show table.cell.where(y: 0): set text(weight: "bold")

#let run(r) = if r.text == "\\n" { linebreak() } else {
  let shown = [#r.text]
  if r.bold { shown = strong(shown) }
  if r.italic { shown = emph(shown) }
  if r.href != none { link(r.href, text(fill: accent, shown)) } else { shown }
}
#let runs(list) = list.map(run).join()
#let listing(l) = {
  let items = l.items.map(item => { runs(item.runs); item.below.map(listing).join() })
  if l.ordered { enum(..items) } else { list(..items) }
}
#let numbers(t) = {
  let many = t.header.len()
  set text(size: if many > 9 { 6.5pt } else if many > 6 { 8pt } else { 9pt })
  figure(
    kind: table,
    caption: t.caption,
    table(
      columns: (if many > 6 { 1.8fr } else { 2.8fr },) + (1fr,) * (many - 1),
      align: (left,) + (right,) * (many - 1),
      table.header(..t.header.map(one => [#one])),
      ..t.rows.flatten().map(one => [#one]),
    ),
  )
  if t.note != none { par(text(size: 8.5pt, fill: quiet, t.note)) }
}
// One word of a chart, beside the place it belongs to; only what is turned needs a box to be turned in.
#let lettered(word, width, unit) = {
  let (side, from) = (start: (left, 0), middle: (center, width / 2), end: (right, width)).at(word.anchor)
  let (x, y) = ((word.x - from) * unit, word.y * unit)
  let shown = text(
    size: word.size * unit,
    weight: if word.bold { "bold" } else { "regular" },
    fill: rgb(word.colour),
    top-edge: "baseline",
    bottom-edge: "baseline",
    word.text,
  )
  if word.turn == 0 { place(top + side, dx: x, dy: y, shown) } else {
    place(top + left, dx: x, dy: y, rotate(word.turn * 1deg, origin: top + side, box(width: width * unit, align(side, shown))))
  }
}
#let drawing(f) = {
  if f.svg != none {
    let unit = if f.tall { (d.page.height - 92) * 1mm / f.height } else { (d.page.width - 2 * d.page.side) * 1mm / f.width }
    figure(caption: f.caption, block(width: f.width * unit, height: f.height * unit, {
      image(f.svg, alt: f.alt, width: 100%, height: 100%)
      // The alternative text and the table below say what they say.
      pdf.artifact(for word in f.words { lettered(word, f.width, unit) })
    }))
  }
  if f.table != none { numbers(f.table) }
  if f.problem != none { par(f.problem) }
  if f.source != none { par(text(size: 7.5pt, fill: quiet, f.source)) }
}
#let block-of(b) = {
  if b.kind == "paragraph" { par(runs(b.runs)) }
  if b.kind == "heading" { heading(level: b.level, supplement: b.number, runs(b.runs)) }
  if b.kind == "list" { listing(b.list) }
  if b.kind == "quote" { quote(block: true, b.paragraphs.map(one => par(runs(one))).join()) }
  if b.kind == "table" {
    set text(size: 9pt)
    table(columns: b.header.len(), align: left, table.header(..b.header.map(runs)), ..b.rows.map(row => row.map(runs)).flatten())
  }
  if b.kind == "figure" { drawing(b.figure) }
}
#let grid-of(header, rows, widths) = {
  set text(size: 9pt)
  table(columns: widths, align: left, table.header(..header.map(one => [#one])), ..rows.flatten().map(one => [#one]))
}

#let named(size) = {
  show title: set text(size: size, weight: "bold", fill: accent)
  title(d.title)
}
#if d.look.cover {
  page(header: none, {
    if d.look.header != "" { text(size: 11pt, fill: quiet, d.look.header) }
    v(1fr)
    if d.shield != none { block(below: 2em, image(d.shield, height: 34mm, width: 60mm, fit: "contain", alt: d.entity)) }
    line(length: 40%, stroke: 2pt + accent)
    v(4pt)
    named(28pt)
    v(6pt)
    text(size: 15pt, weight: "bold", d.entity)
    linebreak()
    text(size: 11pt, fill: quiet, d.process)
    v(2fr)
    for f in d.facts { text(size: 10pt, [#strong(f.at(0)): #f.at(1)]); linebreak() }
    v(1fr)
  })
} else {
  block(below: 1.2em, {
    text(size: 11pt, fill: quiet, d.entity)
    v(2pt)
    named(20pt)
  })
}
#block(fill: tint, inset: 10pt, radius: 3pt, width: 100%, {
  set text(size: 9.5pt)
  grid(columns: (auto, 1fr), column-gutter: 12pt, row-gutter: 6pt, ..d.facts.map(f => (strong(f.at(0)), [#f.at(1)])).flatten())
})
#if d.demoNote != none {
  block(stroke: (left: 3pt + rgb("#b0702a")), inset: (left: 10pt, y: 6pt), text(weight: "bold", d.demoNote))
}

#if d.unfinished != none {
  block(below: 1.2em, {
    par(strong(d.unfinished.title))
    grid-of(d.unfinished.header, d.unfinished.rows, (1.2fr, 4fr, 1.7fr, 1.5fr, 1.3fr))
  })
}

#if d.look.contents {
  outline(title: w.contents, depth: 1)
  pagebreak(weak: true)
}

#for s in d.sections {
  part(s.title, s.number, {
    for b in s.blocks { block-of(b) }
    if s.rows != none { grid-of(s.header, s.rows, s.widths.map(x => x * 1fr)) }
  })
}

#if d.verification != none {
  block(breakable: d.signatures.len() > 12, width: 100%, {
  heading(level: 1, supplement: d.signed.signatures, w.signatures)
  par(w.signatureNote)
  grid-of(w.signatureColumns, d.signatures, (0.8fr, 2fr, 1.4fr, 1.3fr))
  heading(level: 1, supplement: d.signed.verification, w.verification)
  block(stroke: 0.8pt + accent, radius: 3pt, inset: 12pt, width: 100%, breakable: false, {
    par[#w.verify:]
    par(link(d.verification.url, text(fill: accent, d.verification.url)))
    par[#w.verificationCode: #text(font: "DejaVu Sans Mono", weight: "bold", d.verification.code)]
    par(w.contentHash + ":")
    par(text(font: "DejaVu Sans Mono", size: 7.5pt, d.verification.contentHash))
  })
})
}
`
