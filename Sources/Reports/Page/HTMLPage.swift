// SPDX-License-Identifier: MIT

/// A self-contained HTML page: its title, what its style adds to the report's, and its sections, empty ones left out.
struct HTMLPage {
  let title: String
  var style = ""
  let sections: [String]

  var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(HTMLText.escaped(title))</title>
    <style>
    \(ReportStyle.sheet)\(style.isEmpty ? "" : "\n" + style)
    </style>
    </head>
    <body>
    \(sections.filter { !$0.isEmpty }.joined(separator: "\n\n"))
    </body>
    </html>

    """
  }
}
