// SPDX-License-Identifier: MIT
import Figures
import Testing

@Suite struct MarkedTextTests {
  private let text: MarkedText = "capacity *M* / *N*, *M*_{pt} & 10 %"

  @Test func rendersSymbolsAndSubscriptsInEachLanguage() {
    #expect(text.plain == "capacity M / N, M_pt & 10 %")
    #expect(text.html == "capacity <i>M</i> / <i>N</i>, <i>M</i><sub>pt</sub> &amp; 10 %")
    #expect(text.gnuplot == #"capacity {/:Italic M} / {/:Italic N}, {/:Italic M}_{pt} \& 10 %"#)
    #expect(text.latex == #"capacity $M$ / $N$, $M$$_{\mathrm{pt}}$ \& 10 \%"#)
  }

  @Test func greekBecomesLatexMathematics() {
    #expect((("*\u{3C3}*\u{B2}") as MarkedText).latex == #"$\sigma $$^2$"#)
  }

  @Test func backslashTakesTheNextCharacterLiterally() {
    #expect((#"2 \* 3"# as MarkedText).plain == "2 * 3")
  }

  @Test func verbatimTextIsEscapedEverywhere() {
    let hostile = MarkedText.verbatim("<b>*x*_{y}'\"")
    #expect(hostile.plain == "<b>*x*_{y}'\"")
    #expect(hostile.html == "&lt;b&gt;*x*_{y}&#39;&quot;")
    #expect(hostile.gnuplot == #"<b>*x*\_\{y\}'""#)
  }

  @Test("a mark with an accent behind it is one Character, and still escaped; control characters are shown")
  func accents() {
    let hostile = MarkedText.verbatim("\"\u{301} onload='\u{301}x' <\u{301}b> &\u{301}\u{1B}[2J\\\u{301}{\u{301}")
    let html = hostile.html.unicodeScalars
    #expect(!html.contains("\"") && !html.contains("'") && !html.contains("<") && !html.contains("\u{1B}"))
    #expect(hostile.html.contains("\\u{1b}[2J"))
    // A backslash and a brace, each escaped.
    #expect(
      hostile.latex.unicodeScalars.count { $0 == "\\" } == 3 && hostile.latex.unicodeScalars.count { $0 == "{" } == 2)
    #expect(hostile.gnuplot.unicodeScalars.count { $0 == "\\" } == 4)
  }
}
