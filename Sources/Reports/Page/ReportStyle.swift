// SPDX-License-Identifier: MIT

/// The style sheet of the report: a readable column, light or dark after the reader's choice, made for print too.
enum ReportStyle {
  static let sheet = """
    :root { color-scheme: light dark;
      --text: #1b1b1b; --soft: #5a5a5a; --paper: #ffffff; --rule: #d4d4cf; --tint: #f1f1ec; }
    @media (prefers-color-scheme: dark) {
      :root { --text: #e4e4df; --soft: #a6a6a0; --paper: #191a1c; --rule: #3d3f42; --tint: #25272a; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 53rem; background: var(--paper); color: var(--text);
      font: 1.0625rem/1.55 "STIX Two Text", STIX, STIXGeneral, "Times New Roman", serif; }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.3rem; margin: 2.5rem 0 .6rem; padding-top: .6rem; border-top: 1px solid var(--rule); }
    h3 { font-size: 1.08rem; margin: 1.6rem 0 .4rem; }
    p.headline { font-size: 1.13rem; }
    figure { margin: 1.6rem 0 2rem; break-inside: avoid; }
    figure svg { display: block; width: 100%; height: auto; margin: 0 auto; background: #fff; border-radius: 4px; }
    figure svg text, figure svg tspan { font-family: "STIX Two Text", STIX, STIXGeneral, "Times New Roman", serif; }
    figure img { display: block; max-width: 100%; height: auto; background: #fff; border-radius: 4px;
      image-rendering: pixelated; }
    table.notes { width: 100%; table-layout: fixed; margin-top: .35rem; font-size: .84rem; }
    table.notes td { padding: 0 .1rem; text-align: center; border: 0; }
    figcaption { margin-top: .6rem; font-size: .93rem; line-height: 1.45; color: var(--soft); }
    figcaption b { color: var(--text); }
    .wide { overflow-x: auto; margin: .6rem 0 1.2rem; }
    table { border-collapse: collapse; font-size: .9rem; line-height: 1.35;
      font-variant-numeric: tabular-nums lining-nums; }
    th, td { padding: .22rem .9rem .22rem 0; text-align: left; vertical-align: top; }
    thead th { border-bottom: 1.5px solid var(--text); font-weight: 600; vertical-align: bottom; }
    tbody tr + tr > * { border-top: 1px solid var(--rule); }
    table.curve td, table.curve th { white-space: nowrap; padding-right: .75rem; font-size: .84rem; }
    table.pairs th { font-weight: 600; white-space: nowrap; }
    table.pairs td { overflow-wrap: anywhere; }
    pre { background: var(--tint); padding: .8rem 1rem; overflow-x: auto;
      font-size: .85rem; line-height: 1.4; border-radius: 4px; }
    a { color: inherit; }
    @media print {
      :root { --text: #000; --soft: #333; --paper: #fff; --rule: #bbb; --tint: #f4f4f4; }
      @page { margin: 18mm 16mm; }
      body { max-width: none; padding: 0; font-size: 10.5pt; }
      h2, h3 { break-after: avoid; }
      figure { margin: .8rem 0 1rem; }
      figure:not(.tall) svg { max-height: 9.2cm; }
      .wide { overflow: visible; }
      table { font-size: 8.5pt; }
      tr { break-inside: avoid; }
      thead { display: table-header-group; }
      pre { white-space: pre-wrap; }
    }
    """
}
